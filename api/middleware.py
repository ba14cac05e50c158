"""What lies around every request: headers, a last resort, and a bound on bodies."""

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import INTERNAL, TOO_LARGE, Refused, error_response

LARGEST_BODY = 64 * 1024  # bytes
UPLOADS = ("POST", "/v1/documents")

HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

logger = logging.getLogger(__name__)


class Frame:
    """Puts the security headers on every response, and turns what nobody foresaw into a 500 without detail, logged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_framed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            await self.app(scope, receive, send_framed)
        except Exception:
            logger.exception("%s %r failed", scope["method"], scope["path"])
            if started:
                raise  # too late for another answer: the server cuts the connection
            await error_response(INTERNAL)(scope, receive, send_framed)


class BodyLimit:
    """Refuses a body over 64 kB: by its announced length, or when reading it comes to more. Uploads are bounded where they are received."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (scope["method"], scope["path"]) == UPLOADS:
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http" and announced(scope) > LARGEST_BODY:
            await error_response(TOO_LARGE)(scope, receive, send)
            return
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST_BODY:
                raise Refused(TOO_LARGE)
            return message

        await self.app(scope, receive_bounded, send)


def announced(scope: Scope) -> int:
    """The body's length in bytes as its header states it; 0 when it does not."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0
