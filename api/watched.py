"""A request gets an id, which its answer and log lines carry, a line in the log, and is counted. None of that tells who asked, or what."""

import logging
import re
import secrets
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-Id"
UNROUTED = "none"  # the route of what no door is for; the path may hold anything
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds: what goes well there is not told

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_EVENTS = "text/event-stream"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Served:
    """A request that is over: `route` is a template such as ``/v1/passages/{passage_id}``; `seconds` last until the end of its answer."""

    method: str
    route: str
    status: int
    seconds: float


class Watch(Protocol):
    """Who counts requests; a call neither waits nor fails."""

    def served(self, request: Served) -> None:
        """A request is over."""
        ...

    def streaming(self, change: int) -> None:
        """So many event streams more, or fewer, are open."""
        ...


@dataclass(frozen=True)
class _Request:
    id: str
    scope: Scope

    @property
    def route(self) -> str:
        """Of a file of a page its folder: a page is mounted, and has no route for each of its files."""
        mounted = self.scope.get("root_path")
        route = self.scope.get("route") or (f"{mounted}/*" if mounted else UNROUTED)
        return str(getattr(route, "path", route))


_CURRENT: ContextVar[_Request | None] = ContextVar("request", default=None)


def request_fields() -> Mapping[str, str]:
    """What a log line says of the request under way: its id; nothing outside of one."""
    request = _CURRENT.get()
    return {"request": request.id} if request is not None else {}


def current_route() -> str | None:
    """The route of the request under way, also in tasks that it began; None outside of one."""
    request = _CURRENT.get()
    return request.route if request is not None else None


def of_tenant(scope: Scope, tenant: str) -> None:
    """Notes for the log whose student asks; the tenant is a school, not a person."""
    scope["navigator.tenant"] = tenant


class Watched:
    """The app with every request watched. The id in a request's header is taken over from a proxy that the server believes."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Request(_id(scope), scope)
        began, status, streams = time.perf_counter(), 500, False

        async def send_watched(message: Message) -> None:
            nonlocal status, streams
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request.id
                status = message["status"]
                if not streams and headers.get("content-type", "").startswith(_EVENTS):
                    streams = True
                    self._watch.streaming(1)
            await send(message)

        token = _CURRENT.set(request)
        try:
            await self._app(scope, receive, send_watched)
        finally:
            if streams:
                self._watch.streaming(-1)
            self._tell(request, status, time.perf_counter() - began)
            _CURRENT.reset(token)

    def _tell(self, request: _Request, status: int, seconds: float) -> None:
        method = request.scope["method"] if request.scope["method"] in METHODS else "OTHER"
        told: dict[str, object] = {"method": method, "route": request.route, "status": status, "ms": round(seconds * 1000, 1)}
        if "navigator.tenant" in request.scope:
            told["tenant"] = request.scope["navigator.tenant"]
        level = logging.DEBUG if request.route in PROBES and status < 400 else logging.INFO
        logger.log(level, "%s %s %d in %.1f ms%s", *list(told.values())[:4], f" for {told['tenant']}" if "tenant" in told else "", extra=told)
        self._watch.served(Served(method, request.route, status, seconds))


def _id(scope: Scope) -> str:
    """The proxy's, if there is one and it is harmless, else a new one."""
    given = Headers(scope=scope).get(REQUEST_ID, "")
    # No connection has the port 0: uvicorn gives it to an address that a proxy has told, having seen that the proxy is to be believed.
    through_proxy = scope.get("client") is not None and scope["client"][1] == 0
    return given if through_proxy and _HARMLESS.fullmatch(given) else secrets.token_hex(8)
