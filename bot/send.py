"""Send to Telegram as it wants to be sent to: wait when told to, show that something comes, fall back to plain text."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import TypeVar

from telegram import LinkPreviewOptions, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.markup import plain

Sent = TypeVar("Sent")
Sleep = Callable[[float], Awaitable[None]]

TYPING_EVERY_S = 4.0  # clients show the action for five seconds

_TRIES = 5
_PAUSE_S = 1.0


async def reply(message: Message, markup: str) -> None:
    """Reply to `message` with HTML, as plain text if Telegram cannot read it; in groups the reply quotes the message."""
    send = partial(message.reply_text, link_preview_options=LinkPreviewOptions(is_disabled=True), allow_sending_without_reply=True)
    try:
        await patiently(partial(send, markup, parse_mode=ParseMode.HTML))
    except BadRequest as error:
        if "entities" not in error.message.lower():
            raise
        await patiently(partial(send, plain(markup)))


async def patiently(send: Callable[[], Awaitable[Sent]], *, sleep: Sleep = asyncio.sleep) -> Sent:
    """Send, waiting as long as Telegram says, and again after a broken connection; the fifth failure is raised.

    A message whose receipt was lost on the way comes twice: better than never.
    """
    for _ in range(_TRIES - 1):
        try:
            return await send()
        except RetryAfter as error:
            await sleep(_seconds(error))
        except BadRequest:
            raise
        except NetworkError:
            await sleep(_PAUSE_S)
    return await send()


@asynccontextmanager
async def typing(message: Message, *, every_s: float = TYPING_EVERY_S) -> AsyncIterator[None]:
    """Show "typing..." in the message's chat, from now until the end of the block."""
    task = asyncio.create_task(_keep_typing(message, every_s))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_typing(message: Message, every_s: float) -> None:
    while True:
        with suppress(TelegramError):  # a missed one harms nobody
            await message.reply_chat_action(ChatAction.TYPING)
        await asyncio.sleep(every_s)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
