"""Run the bot by polling: start it or say what is in the way, and stop it when the answers it began are delivered."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.port import Desk
from bot.telegram.flood import seconds_of
from bot.telegram.intake import Intake
from bot.telegram.outlet import Bot
from bot.telegram.session import base_of, blaming, ended, offer_commands, open_bot, tell_what_is_off, token_refused
from bot.telegram.translate import ALLOWED_UPDATES
from tutor.inbox import Inbox

log = logging.getLogger(__name__)

POLL_S = 10

_PAUSES_S = (1.0, 2.0, 5.0, 10.0)


async def run(desk: Desk, *, inbox: Inbox, token: str, api_url: str | None = None, grace_s: float = 20.0) -> None:
    """Answers students until cancelled, SIGTERM or SIGINT; the answers begun by then have `grace_s` seconds to be delivered.

    `api_url` is the base of a Bot API server, None means Telegram's own. Raises TelegramUnreachable or TokenRefused.
    """
    url = base_of(api_url)
    bot = open_bot(token, url)
    try:
        with blaming(url):
            await bot.initialize()
            await bot.delete_webhook()
        tell_what_is_off(bot.bot)
        intake = Intake(desk, bot=bot, inbox=inbox)
        await intake.look()
        beside = [asyncio.create_task(work) for work in (intake.keep_looking(), offer_commands(bot, desk))]
        try:
            await _until_stopped(_Poll(bot, intake, url))
        finally:
            await ended(*beside)
            await intake.drain(grace_s)
    finally:
        await bot.shutdown()


async def _until_stopped(poll: "_Poll") -> None:
    """Polls until a signal, which ends it as cancelling does, but is no error."""
    polling = asyncio.create_task(poll.keep_on())
    log.info("the bot listens to Telegram as @%s, by polling", poll.name)
    try:
        with _signals(polling):
            await asyncio.wait([polling])
        if not polling.cancelled():
            await polling
    finally:
        await ended(polling)
        await poll.confirm()


class _Poll:
    """Fetches updates and hands them in; those handed in are confirmed with the next fetch, so that none is lost between."""

    def __init__(self, bot: Bot, intake: Intake, url: str) -> None:
        self._bot, self._intake, self._url = bot, intake, url
        self._next: int | None = None

    @property
    def name(self) -> str:
        """The bot's name in Telegram."""
        return self._bot.username

    async def keep_on(self) -> None:
        """For ever. Raises TokenRefused; a Telegram that is away is waited for."""
        failures = 0
        while True:
            try:
                updates = await self._fetched(POLL_S)
            except InvalidToken:
                raise token_refused(self._url) from None
            except TelegramError as error:
                failures += 1
                _tell(error, first=failures == 1)
                await asyncio.sleep(seconds_of(error) if isinstance(error, RetryAfter) else _PAUSES_S[min(failures, len(_PAUSES_S)) - 1])
                continue
            if failures:
                log.info("Telegram answers again")
            failures = 0
            if updates:
                await self._intake.take(updates)
                self._next = updates[-1].update_id + 1

    async def confirm(self) -> None:
        """Tells Telegram what was handed in, so that it is not delivered to the next life."""
        if self._next is not None:
            with suppress(TelegramError):
                await self._fetched(0)

    async def _fetched(self, seconds: int) -> tuple[Update, ...]:
        return await self._bot.get_updates(offset=self._next, timeout=seconds, allowed_updates=ALLOWED_UPDATES)


def _tell(error: TelegramError, *, first: bool) -> None:
    if isinstance(error, Conflict):
        log.error("this bot's token is in use elsewhere, by another navigator bot or the webhook of navigator serve: stop one of the two")
    elif first:
        log.warning("Telegram did not answer (%s), trying again", type(error).__name__)


@contextmanager
def _signals(polling: "asyncio.Task[None]") -> Iterator[None]:
    """Let SIGTERM and SIGINT end `polling`; a second one, while the bot stops, acts as it always does."""
    loop = asyncio.get_running_loop()
    handled = (signal.SIGTERM, signal.SIGINT)
    # Windows, and any thread but the main one, can only be cancelled.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        for number in handled:
            loop.add_signal_handler(number, polling.cancel)
    try:
        yield
    finally:
        with suppress(NotImplementedError):
            for number in handled:
                loop.remove_signal_handler(number)
