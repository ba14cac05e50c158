"""Run the bot by polling: start it or say what is in the way, and stop it when the answers it began are delivered."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.errors import TelegramUnreachable, TokenRefused
from bot.handlers import App, Asks, CallerOf, Handlers
from bot.send import patiently
from bot.turns import TurnPerChat
from bot.words import WORDS

log = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org"


async def run(tutor: Asks, *, token: str, api_url: str | None = None, caller_of: CallerOf | None = None, grace_s: float = 20.0) -> None:
    """Answer students until cancelled, SIGTERM or SIGINT; the answers begun by then have `grace_s` seconds to be delivered.

    `api_url` is the base of a Bot API server, None means Telegram's own; without `caller_of` nobody is remembered.
    Raises TelegramUnreachable or TokenRefused.
    """
    _quieten_vendors()
    url = (api_url or TELEGRAM).rstrip("/")
    ended = asyncio.Event()
    updates = _UpdatesRequest(ended)
    with _blaming(url):
        app = _build(Handlers(tutor, key=token.encode(), caller_of=caller_of), token=token, url=url, updates=updates)
    try:
        with _blaming(url):
            await _start(app)
        with _signals(ended):
            await ended.wait()
    finally:
        await _stop(app, grace_s)
    if updates.refused:
        raise _token_refused(url)


class _UpdatesRequest(HTTPXRequest):
    """Polls, and tells when the token is refused: the updater then stops polling without a word to anybody."""

    def __init__(self, ended: asyncio.Event) -> None:
        super().__init__(connection_pool_size=1)
        self._ended = ended
        self.refused = False

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self.refused = True
            self._ended.set()
        return status, payload


def _build(handlers: Handlers, *, token: str, url: str, updates: HTTPXRequest) -> App:
    builder = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    app = builder.get_updates_request(updates).concurrent_updates(TurnPerChat()).build()
    handlers.register(app)
    return app


async def _start(app: App) -> None:
    await app.initialize()
    await patiently(lambda: app.bot.set_my_commands(WORDS["en"].commands))
    await patiently(lambda: app.bot.set_my_commands(WORDS["zh"].commands, language_code="zh"))
    await app.start()
    if app.updater is not None:
        await app.updater.start_polling(allowed_updates=[Update.MESSAGE], error_callback=_poll_failed)
    log.info("the bot listens to Telegram")


async def _stop(app: App, grace_s: float) -> None:
    if app.updater is not None and app.updater.running:
        with suppress(TelegramError):  # a refused token is raised here once more
            await app.updater.stop()
    if app.running:
        try:
            async with asyncio.timeout(grace_s):
                await app.stop()
        except TimeoutError:
            log.warning("stopped with answers undelivered after %g s", grace_s)
    await app.shutdown()
    await app.bot.shutdown()  # the application forgets it when its start failed


@contextmanager
def _blaming(url: str) -> Iterator[None]:
    """Turn Telegram's errors at the start into ours, which say what to do; none shows the token."""
    try:
        yield
    except InvalidToken:
        raise _token_refused(url) from None  # the vendor's message holds the token
    except TelegramError as error:
        raise TelegramUnreachable(
            f"no Telegram at {url!r} ({type(error).__name__}): check the network, or NAVIGATOR_TELEGRAM_API_URL, and start again"
        ) from error


def _token_refused(url: str) -> TokenRefused:
    return TokenRefused(
        f"{url!r} refuses the bot's token: set NAVIGATOR_TELEGRAM_TOKEN to the one from @BotFather, "
        "and NAVIGATOR_TELEGRAM_API_URL only if you run a Bot API server"
    )


@contextmanager
def _signals(ended: asyncio.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set `ended`; a second one, while the bot stops, acts as it always does."""
    loop = asyncio.get_running_loop()
    handled = (signal.SIGTERM, signal.SIGINT)
    # Windows, and any thread but the main one, can only be cancelled.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        for number in handled:
            loop.add_signal_handler(number, ended.set)
    try:
        yield
    finally:
        with suppress(NotImplementedError):
            for number in handled:
                loop.remove_signal_handler(number)


def _poll_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process polls with this bot's token: stop one of the two")
    else:
        log.warning("Telegram did not answer (%s), trying again", type(error).__name__)


def _quieten_vendors() -> None:
    """httpx logs every address, which holds the token; telegram's debug lines hold whole messages."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
