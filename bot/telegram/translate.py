"""Telegram's updates into what a person did; None for what is nobody's: edits, channels, other bots, what a group says among itself."""

import re
import unicodedata

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.telegram.markup import whole
from bot.telegram.note import Kind, Note

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
OPENED = "hello"  # what /start brings along when somebody comes from an inline query: nothing to open

_COMMAND = re.compile(r"[/／](?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]+))?(?:\s+(?P<words>.*))?", re.DOTALL)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


def noted(update: Update, me: User) -> Note | None:
    """What somebody did for the bot `me` to answer."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    return _message(update.message, me) if update.message is not None else None


def _message(message: Message, me: User) -> Note | None:
    if _is_nobodys(message, me):
        return None
    text = whole(message.text or "").strip()
    command = _COMMAND.fullmatch(text)
    if command is not None:
        return _command(message, command, me)
    if message.chat.type != ChatType.PRIVATE and not _speaks_to(message, me):
        return None
    words = _without_mention(text or whole(message.caption or "").strip(), me)
    return _of(message, "text", words) if _visible(words) else _of(message, "unreadable")


def _is_nobodys(message: Message, me: User) -> bool:
    """Whether it is of a channel, of another bot, a card of our own that somebody sent, or no message of a person at all."""
    sender = message.from_user
    if sender is None or sender.is_bot or message.sender_chat is not None or message.chat.type not in (ChatType.PRIVATE, *_GROUPS):
        return True
    return (message.via_bot is not None and message.via_bot.id == me.id) or not (message.text or message.effective_attachment or message.caption)


def _command(message: Message, command: re.Match[str], me: User) -> Note | None:
    name, addressed = command["name"].lower(), command["bot"]
    if addressed is not None and addressed.lower() != (me.username or "").lower():
        return None
    words = (command["words"] or "").strip()
    return _of(message, "command", name, "" if (name, words) == ("start", OPENED) else words)


def _speaks_to(message: Message, me: User) -> bool:
    """Whether a message of a group replies to the bot, or mentions it."""
    earlier = message.reply_to_message
    if earlier is not None and earlier.from_user is not None and earlier.from_user.id == me.id:
        return True
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    mentions = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    name = f"@{me.username}".lower()
    return any(mention.lower() == name or (entity.user is not None and entity.user.id == me.id) for entity, mention in mentions.items())


def _without_mention(words: str, me: User) -> str:
    return re.sub(rf"@{re.escape(me.username or '@')}(?![A-Za-z0-9_])", "", words, flags=re.IGNORECASE).strip()


def _visible(words: str) -> bool:
    """Whether there is anything to see in `words`: zero-width characters alone say nothing."""
    return any(unicodedata.category(character) not in _INVISIBLE for character in words)


def _of(message: Message, kind: Kind, text: str = "", more: str | None = None) -> Note:
    sender = message.from_user
    assert sender is not None
    return Note(
        chat=message.chat_id,
        private=message.chat.type == ChatType.PRIVATE,
        user=sender.id,
        message=message.message_id,
        kind=kind,
        text=text,
        more=more or None,
        thread=message.message_thread_id if message.is_topic_message else None,
        code=sender.language_code,
    )


def _press(query: CallbackQuery) -> Note | None:
    """A press of a button under one of our messages, whose text is read from the message while Telegram still shows it to us."""
    message = query.message
    if message is None or not query.data or query.from_user.is_bot or message.chat.type not in (ChatType.PRIVATE, *_GROUPS):
        return None
    seen = message if isinstance(message, Message) else None
    return Note(
        chat=message.chat.id,
        private=message.chat.type == ChatType.PRIVATE,
        user=query.from_user.id,
        message=message.message_id,
        kind="press",
        text=whole(query.data),
        more=_label(seen, query.data) if seen is not None else None,
        thread=seen.message_thread_id if seen is not None and seen.is_topic_message else None,
        code=query.from_user.language_code,
        query=query.id,
    )


def _label(message: Message, action: str) -> str | None:
    rows = message.reply_markup.inline_keyboard if message.reply_markup is not None else ()
    return next((button.text for row in rows for button in row if button.callback_data == action), None)
