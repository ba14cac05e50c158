"""The bot behind a webhook: a plain ASGI door that Telegram posts updates to, for a web server to stand in front of its own."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.port import Desk
from bot.telegram.intake import Intake
from bot.telegram.outlet import Bot
from bot.telegram.session import base_of, ended, offer_commands, open_bot, tell_what_is_off, token_refused
from bot.telegram.translate import ALLOWED_UPDATES
from bot.telegram.updates import readable
from tutor.inbox import Inbox

log = logging.getLogger(__name__)

LARGEST_UPDATE = 1024 * 1024  # bytes; a message with the one it replies to comes near 64 kB
ROUTE = "telegram webhook"  # what logs and figures call the address, which an operator may keep to themselves
SECRET_HEADER = b"x-telegram-bot-api-secret-token"

_PAUSES_S = (1.0, 2.0, 5.0, 10.0)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def secret_of(key: bytes, token: str) -> str:
    """The word by which Telegram shows that it is Telegram: the same for every server with this key, and telling nothing of it."""
    return hmac.new(key, b"\x1ftelegram webhook\x1f" + token.encode(), hashlib.sha256).hexdigest()


class Refused(Exception):
    """A request that is not taken: its status, and why."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Webhook:
    """Takes Telegram's updates at `path` while it is ``running``; answers 200 only once they are written down."""

    def __init__(self, desk: Desk, *, inbox: Inbox, token: str, url: str, secret: str, api_url: str | None = None, grace_s: float = 8.0) -> None:
        self.path = urlsplit(url).path or "/"
        self._desk, self._inbox = desk, inbox
        self._token, self._api = token, base_of(api_url)
        self._url, self._secret = url, secret
        self._grace_s = grace_s
        self._bot: Bot | None = None
        self._intake: Intake | None = None

    def before(self, app: App) -> App:
        """`app` with this door in front of it."""

        async def both(scope: Scope, receive: Receive, send: Send) -> None:
            ours = scope["type"] == "http" and scope["path"] == self.path
            if ours:
                scope["route"] = ROUTE
            await (self if ours else app)(scope, receive, send)

        return both

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Registers with Telegram, however long that takes to answer, and takes updates; at the end what was begun is delivered."""
        self._bot = bot = open_bot(self._token, self._api)
        beginning = asyncio.create_task(self._begin(bot))
        try:
            yield
        finally:
            await ended(beginning)
            if self._intake is not None:
                intake, self._intake = self._intake, None
                await intake.drain(self._grace_s)
            await bot.shutdown()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._take(scope, receive)
        except Refused as refused:
            error = {"error": {"code": refused.code, "message": refused.message}}
            await _respond(send, refused.status, json.dumps(error).encode())
        else:
            await _respond(send, 200, b"{}")

    async def _take(self, scope: Scope, receive: Receive) -> None:
        if scope["method"] != "POST":
            raise Refused(405, "method_not_allowed", "updates are posted")
        given = dict(scope["headers"]).get(SECRET_HEADER, b"")
        if not hmac.compare_digest(given, self._secret.encode()):
            raise Refused(403, "forbidden", "the secret token is not the one that was agreed on")
        if self._intake is None:
            raise Refused(503, "not_ready", "the bot is starting or stopping: deliver again")
        body = await _body(receive)
        try:
            update = readable(json.loads(body))
        except (ValueError, RecursionError):
            update = None
        if update is None:
            raise Refused(400, "bad_request", "the body is no update")
        await self._intake.take([Update.de_json(update, self._bot)])

    async def _begin(self, bot: Bot) -> None:
        """Once Telegram answers: who we are, where to post to, what was left unanswered. A refused token ends it."""
        try:
            await self._until_answered(bot.initialize)
            self._intake = intake = Intake(self._desk, bot=bot, inbox=self._inbox)
            await intake.look()
            await self._until_answered(partial(bot.set_webhook, self._url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES))
        except InvalidToken:
            log.error("%s", token_refused(self._api))
            return
        except BadRequest as error:
            log.error("Telegram refuses the webhook (%s): set NAVIGATOR_BOT_WEBHOOK_URL to an address that it can reach", error.message)
            return
        log.info("the bot listens to Telegram as @%s, at %s", bot.username, self._url)
        tell_what_is_off(bot.bot)
        await offer_commands(bot, self._desk)
        await intake.keep_looking()

    async def _until_answered(self, ask: Callable[[], Awaitable[object]]) -> None:
        """Asks until Telegram is there. Raises InvalidToken and BadRequest."""
        for number in count():
            try:
                await ask()
                return
            except (InvalidToken, BadRequest):
                raise
            except TelegramError as error:
                if number == 0:
                    log.warning("no Telegram at %r (%s): the API serves, the bot waits for it", self._api, type(error).__name__)
                await asyncio.sleep(_PAUSES_S[min(number, len(_PAUSES_S) - 1)])


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "bad_request", "the body is not whole")
        body += message.get("body", b"")
        if len(body) > LARGEST_UPDATE:
            raise Refused(413, "too_large", f"an update has at most {LARGEST_UPDATE} bytes")
        if not message.get("more_body", False):
            return bytes(body)


async def _respond(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
