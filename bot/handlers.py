"""What the bot does with each kind of message: commands, questions, and whatever it cannot read."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from traceback import extract_tb
from typing import Any, Protocol

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationHandlerStop, CommandHandler, ContextTypes, MessageHandler, TypeHandler, filters

from bot.listen import conversation_of, is_for_bot, words_after_command, words_besides_mention, words_of
from bot.render import render
from bot.send import patiently, reply, typing
from bot.turns import RecentIds
from bot.words import WORDS, Words, language_of
from tutor.types import Answer, Question

log = logging.getLogger(__name__)

LONGEST_QUESTION = 2000
ANSWER_WITHIN_S = 90.0

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
CallerOf = Callable[[int], str]  # a user's number to the pseudonym under which the tutor remembers the user


class Asks(Protocol):
    """The tutor as this door sees it."""

    async def ask(self, question: Question) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True)
class Handlers:
    """One method for each kind of message. `key` hides which chat a conversation belongs to, `caller_of` who writes."""

    tutor: Asks
    key: bytes
    caller_of: CallerOf | None = None
    seen: RecentIds = field(default_factory=RecentIds)

    def register(self, app: App) -> None:
        """Make `app` hand its messages to these handlers. Edited messages are nobody's."""
        message, private = filters.UpdateType.MESSAGE, filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        app.add_handler(TypeHandler(Update, self._once), group=-1)
        app.add_handler(CommandHandler("start", _on(self._start), message))
        app.add_handler(CommandHandler("help", _on(self._help), message))
        app.add_handler(CommandHandler("ask", _on(self._command), message))
        app.add_handler(MessageHandler(private & filters.COMMAND, _on(self._help)))
        app.add_handler(MessageHandler(private & (filters.TEXT | filters.CAPTION), _on(self._private)))
        app.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, _on(self._unreadable)))
        app.add_handler(MessageHandler(message & filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND, _on(self._overheard)))
        app.add_error_handler(_failed)

    async def _once(self, update: Update, _: Context) -> None:
        if not self.seen.add(update.update_id):
            raise ApplicationHandlerStop

    async def _start(self, message: Message) -> None:
        await _say(message, _words(message).start)

    async def _help(self, message: Message) -> None:
        await _say(message, _words(message).help)

    async def _unreadable(self, message: Message) -> None:
        await _say(message, _words(message).only_text)

    async def _command(self, message: Message) -> None:
        await self._answer(message, words_after_command(message))

    async def _private(self, message: Message) -> None:
        await self._answer(message, words_of(message))

    async def _overheard(self, message: Message) -> None:
        if is_for_bot(message):
            await self._answer(message, words_besides_mention(message))

    async def _answer(self, message: Message, text: str) -> None:
        if not text:
            await _say(message, _words(message).ask_something)
        elif len(text) > LONGEST_QUESTION:
            await _say(message, _words(message).too_long)
        else:
            await self._ask(message, text)

    async def _ask(self, message: Message, text: str) -> None:
        sender = message.from_user
        caller = self.caller_of(sender.id) if self.caller_of is not None and sender is not None else None
        question = Question(text=text, conversation_id=conversation_of(message, key=self.key), caller=caller)
        async with typing(message), asyncio.timeout(ANSWER_WITHIN_S):
            answer = await self.tutor.ask(question)
        for part in render(answer):
            await reply(message, part)


def _on(act: Callable[[Message], Awaitable[None]]) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def callback(update: Update, _: Context) -> None:
        if update.message is not None:
            await act(update.message)

    return callback


async def _failed(update: object, context: Context) -> None:
    """Log what went wrong without anything a student wrote; apologise, unless it is Telegram that failed."""
    error = context.error
    log.error("an update was not answered: %s", _outline(error))
    if isinstance(update, Update) and update.message is not None and not isinstance(error, TelegramError):
        with suppress(TelegramError):  # raised here, it would be logged together with the first error's message
            await _say(update.message, _words(update.message).apology)


def _outline(error: BaseException | None) -> str:
    """An error's type and place, and its causes'; its message may hold a student's words."""
    if error is None:
        return "unknown"
    frames = extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    cause = error.__cause__ or error.__context__
    return f"{type(error).__qualname__}{place}" + (f", from {_outline(cause)}" if cause is not None else "")


async def _say(message: Message, text: str) -> None:
    await patiently(lambda: message.reply_text(text, allow_sending_without_reply=True))


def _words(message: Message) -> Words:
    return WORDS[language_of(message.from_user.language_code if message.from_user is not None else None)]
