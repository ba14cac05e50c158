"""What lies around every page: the address that it has to be asked at, and what a browser may load and run there."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Frame:
    """Sends whoever asks for another host to `origin`, and lets pages run their own files and those of `api`, nothing else."""

    def __init__(self, app: ASGIApp, *, origin: str, api: str) -> None:
        self.app = app
        self._origin = origin
        self._headers = {
            "Content-Security-Policy": f"default-src 'none'; script-src 'self' {api}; connect-src 'self' {api}; style-src 'self'; img-src 'self'; "
            "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        if Headers(scope=scope).get("host") != self._origin.partition("://")[2]:
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{self._origin}{scope['path']}{'?' if query else ''}{query}")(scope, receive, send_framed)
            return
        await self.app(scope, receive, send_framed)
