"""Where the bot speaks: one chat, with what Telegram may refuse there handled. Nothing here raises a vendor's error but a refused token."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.telegram.flood import PREVIEW, Sleep
from bot.telegram.markup import plain

log = logging.getLogger(__name__)

Bot = ExtBot[str]
Sent = TypeVar("Sent")

_PAUSES_S = (1.0, 2.0, 4.0, 8.0, *([10.0] * 59))  # after which a Telegram that does not answer is given up: ten minutes
_DELETE_WITHIN_S = 5.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def patiently(send: Callable[[], Awaitable[Sent]], *, sleep: Sleep = asyncio.sleep) -> Sent:
    """Sends, and again when the connection breaks, for ten minutes; then NetworkError.

    A message whose receipt was lost on the way comes twice: better than never.
    """
    for pause in _PAUSES_S:
        try:
            return await send()
        except BadRequest:
            raise
        except NetworkError:
            await sleep(pause)
    return await send()


@dataclass
class Outlet:
    """One chat and thread of it; `answers` is the message that a group sees quoted. Once the chat takes nothing more, it is `gone`."""

    bot: Bot
    chat: int
    thread: int | None = None
    answers: int | None = None
    gone: bool = False

    async def send(self, markup: str, keyboard: InlineKeyboardMarkup | None = None) -> int | None:
        """The id of the message, None when it could not be delivered. As plain text, then without buttons, where Telegram refuses it."""
        forms = ((markup, ParseMode.HTML, keyboard), (plain(markup), None, keyboard), (plain(markup), None, None))
        for text, mode, buttons in forms:
            try:
                message = await self._delivered(partial(self._send, text, parse_mode=mode, reply_markup=buttons))
            except BadRequest:
                continue
            self.answers = None  # only the first of several messages quotes
            return message.message_id if message is not None else None
        log.error("a message was not delivered: Telegram refuses it")
        return None

    async def edit(self, message: int, markup: str, keyboard: InlineKeyboardMarkup | None = None) -> bool:
        """Whether the message now reads so; False when it cannot be edited any more."""
        change = partial(self._edit, message=message)
        for text, mode in ((markup, ParseMode.HTML), (plain(markup), None)):
            try:
                return await self._delivered(partial(change, text, parse_mode=mode, reply_markup=keyboard)) is not None
            except BadRequest as error:
                if "not modified" in error.message.lower():
                    return True
                if "can't parse entities" not in error.message.lower():
                    return False
        return False

    async def delete(self, message: int) -> None:
        """Takes a message of ours away, if it can still be."""
        if not self.gone:
            with suppress(TimeoutError):
                async with asyncio.timeout(_DELETE_WITHIN_S):
                    await self._quietly(self.bot.delete_message(self.chat, message))

    async def type(self) -> None:
        """Shows "typing..." for five seconds."""
        await self._quietly(self.bot.send_chat_action(self.chat, ChatAction.TYPING, message_thread_id=self.thread, rate_limit_args=PREVIEW))

    async def begin(self, text: str) -> int | None:
        """A first half of an answer as a message; None when there is no room for it just now."""
        message = await self._quietly(self._send(text, rate_limit_args=PREVIEW))
        return message.message_id if message is not None else None

    async def grow(self, message: int, text: str) -> None:
        """More of it in the same message, if there is room."""
        await self._quietly(self._edit(text, message=message, rate_limit_args=PREVIEW))

    async def draft(self, number: int, text: str) -> bool | None:
        """The answer so far as a draft, if there is room. False where Telegram takes no draft, None where it knows none at all."""
        try:
            await self.bot.send_message_draft(self.chat, number, text, message_thread_id=self.thread, rate_limit_args=PREVIEW)
        except (InvalidToken, EndPointNotFound):  # a method that is not known answers as a wrong token does
            return None
        except (BadRequest, Forbidden):
            return False
        except TelegramError:
            return True
        return True

    def _send(self, text: str, **more: object) -> Awaitable[Message]:
        reply = ReplyParameters(self.answers, allow_sending_without_reply=True) if self.answers is not None else None
        common = {"message_thread_id": self.thread, "reply_parameters": reply, "link_preview_options": _NO_PREVIEW}
        return self.bot.send_message(self.chat, text, **common, **more)  # type: ignore[arg-type]

    def _edit(self, text: str, *, message: int, **more: object) -> Awaitable[Message | bool]:
        return self.bot.edit_message_text(text, self.chat, message, link_preview_options=_NO_PREVIEW, **more)  # type: ignore[arg-type]

    async def _delivered(self, send: Callable[[], Awaitable[Sent]]) -> Sent | None:
        """What `send` gives, None where nothing more can be delivered. Raises BadRequest, and InvalidToken."""
        if self.gone:
            return None
        try:
            return await patiently(send)
        except ChatMigrated as moved:
            self.chat = moved.new_chat_id
            return await self._delivered(send)
        except Forbidden:
            self.gone = True
            log.info("a chat takes no more messages")
        except BadRequest as error:
            if self.thread is None or "thread not found" not in error.message.lower():
                raise
            self.thread = None
            return await self._delivered(send)
        except InvalidToken:
            raise
        except TelegramError as error:
            self.gone = True
            log.error("a message was not delivered: %s", type(error).__name__)
        return None

    async def _quietly(self, sending: Awaitable[Sent]) -> Sent | None:
        try:
            return await sending
        except TelegramError:  # a preview that is missing harms nobody
            return None
