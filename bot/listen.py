"""What a Telegram message asks, whether it speaks to the bot, and which conversation it belongs to."""

import hashlib
import hmac
import re

from telegram import Message, MessageEntity


def is_for_bot(message: Message) -> bool:
    """Whether a message of a group speaks to the bot: it replies to the bot, or mentions it."""
    bot = message.get_bot()
    earlier = message.reply_to_message
    if earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot.id:
        return True
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    return bot.name.lower() in (mention.lower() for mention in mentions)


def words_of(message: Message) -> str:
    """A message's text, or what is written under its picture."""
    return (message.text or message.caption or "").strip()


def words_after_command(message: Message) -> str:
    """The text after the command that begins the message."""
    return (message.text or "")[message.entities[0].length :].strip()


def words_besides_mention(message: Message) -> str:
    """A message's text without the bot's name."""
    name = re.escape(message.get_bot().name)
    return re.sub(rf"{name}(?![A-Za-z0-9_])", "", words_of(message), flags=re.IGNORECASE).strip()


def conversation_of(message: Message, *, key: bytes) -> str:
    """One id for each chat and topic, from which nobody without `key` can tell the chat."""
    topic = message.message_thread_id if message.is_topic_message else None
    return hmac.new(key, f"{message.chat_id}/{topic}".encode(), hashlib.sha256).hexdigest()[:32]
