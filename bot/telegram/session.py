"""One bot at one Bot API server: who it is, which commands it offers, and whose fault it is when that cannot be had."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from telegram import User
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.errors import TelegramUnreachable, TokenRefused
from bot.port import Desk
from bot.telegram.flood import Flood
from bot.telegram.outlet import Bot, patiently
from bot.telegram.updates import UpdatesRequest

log = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org"

_AT_ONCE = 64  # requests
_ANSWERS_WITHIN_S = 10.0


def open_bot(token: str, url: str) -> Bot:
    """The bot, which does not know yet who it is; TokenRefused when the token cannot be one."""
    _quieten_vendors()
    request = HTTPXRequest(connection_pool_size=_AT_ONCE, read_timeout=_ANSWERS_WITHIN_S, pool_timeout=_ANSWERS_WITHIN_S)
    with blaming(url):
        return ExtBot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=request,
            get_updates_request=UpdatesRequest(connection_pool_size=1),
            rate_limiter=Flood(),
        )


def base_of(api_url: str | None) -> str:
    """The address of the Bot API server, Telegram's own when none is given."""
    return (api_url or TELEGRAM).rstrip("/")


def tell_what_is_off(me: User) -> None:
    """Tells the operator what students cannot do as the bot is set up at @BotFather."""
    if me.can_read_all_group_messages is False:
        log.info("in groups @%s gets commands and replies, and no mentions: /setprivacy at @BotFather changes that", me.username)
    if me.supports_inline_queries is False:
        log.info("@%s has no inline mode: /setinline at @BotFather switches it on", me.username)


async def offer_commands(bot: Bot, desk: Desk) -> None:
    """Registers the desk's commands in both languages; what goes wrong is logged, and keeps nobody from asking."""
    try:
        await patiently(lambda: bot.set_my_commands(desk.commands("en")))
        await patiently(lambda: bot.set_my_commands(desk.commands("zh"), language_code="zh"))
    except TelegramError as error:
        log.warning("the commands could not be registered (%s): they work all the same", type(error).__name__)


@contextmanager
def blaming(url: str) -> Iterator[None]:
    """Turns Telegram's errors into ours, which say what to do; none shows the token."""
    try:
        yield
    except InvalidToken:
        raise token_refused(url) from None  # the vendor's message holds the token
    except TelegramError as error:
        raise TelegramUnreachable(
            f"no Telegram at {url!r} ({type(error).__name__}): check the network, or NAVIGATOR_TELEGRAM_API_URL, and start again"
        ) from error


def token_refused(url: str) -> TokenRefused:
    """Telegram does not know the token."""
    return TokenRefused(
        f"{url!r} refuses the bot's token: set NAVIGATOR_TELEGRAM_TOKEN to the one from @BotFather, "
        "and NAVIGATOR_TELEGRAM_API_URL only if you run a Bot API server"
    )


async def ended(*tasks: asyncio.Task[None]) -> None:
    """Cancels tasks and waits until they are over."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


def _quieten_vendors() -> None:
    """httpx logs every address, which holds the token; the others' lines, critical ones too, may hold whole messages. What they raise we tell."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("telegram", "pylatexenc"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
