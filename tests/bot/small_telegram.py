"""A Bot API server small enough to see through: it keeps messages, delivers updates, and fails when told to. No emulator needed."""

import asyncio
import json
import socket
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "666:AAhush"
NOTHING: Mapping[str, Any] = MappingProxyType({})
ME = {"id": 666, "is_bot": True, "first_name": "Navigator", "username": "TestNameBot"}


@dataclass(frozen=True)
class Call:
    """One request, as it came; `at` in seconds of the monotonic clock."""

    method: str
    form: dict[str, str]
    at: float


@dataclass(frozen=True)
class Fault:
    """What to answer instead."""

    status: int
    description: str
    parameters: dict[str, int] | None = None


@dataclass
class SmallTelegram:
    """What the bot asked and how its messages read now, by their ids."""

    calls: list[Call] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    unknown: set[str] = field(default_factory=set)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    messages: dict[int, str] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    url: str = ""

    def of(self, *methods: str) -> list[Call]:
        """The requests of these kinds, in order."""
        return [call for call in self.calls if call.method in methods]

    def fails(self, method: str, status: int, description: str, **parameters: int) -> None:
        """Makes the next request of this kind fail."""
        self.faults[method].append(Fault(status, description, parameters or None))

    @asynccontextmanager
    async def running(self) -> AsyncIterator["SmallTelegram"]:
        """On loopback, in this event loop."""
        app = Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["POST"])])
        server = uvicorn.Server(uvicorn.Config(app, ws="none", lifespan="off", log_level="critical"))
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            serving = asyncio.create_task(server._serve(sockets=[listening]))
            try:
                yield self
            finally:
                server.should_exit = server.force_exit = True
                await serving

    async def _serve(self, request: Request) -> Response:
        method, form = request.path_params["method"], dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        self.calls.append(Call(method, form, time.monotonic()))
        if method in self.gates:
            await self.gates[method].wait()
        fault = self.faults[method].popleft() if self.faults[method] else None
        if request.path_params["token"] not in self.tokens:
            fault = Fault(401, "Unauthorized")
        elif method in self.unknown:
            fault = Fault(404, "Not Found")
        if fault is not None:
            body = {"ok": False, "error_code": fault.status, "description": fault.description}
            return JSONResponse(body | ({"parameters": fault.parameters} if fault.parameters else {}), status_code=fault.status)
        return JSONResponse({"ok": True, "result": await self._result(method, form)})

    async def _result(self, method: str, form: dict[str, str]) -> Any:
        if method == "getMe":
            return ME
        if method == "getUpdates":
            return await self._updates(int(form.get("offset", 0)), float(form.get("timeout", 0)))
        if method in ("sendMessage", "editMessageText"):
            number = int(form.get("message_id") or next(self.numbers))
            self.messages[number] = form["text"]
            chat = int(form["chat_id"])
            return {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"}, "text": form["text"]}
        if method == "deleteMessage":
            del self.messages[int(form["message_id"])]
        return True

    async def _updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        deadline = time.monotonic() + seconds
        while True:
            self.updates[:] = [update for update in self.updates if update["update_id"] >= offset]
            if self.updates or time.monotonic() >= deadline:
                return list(self.updates)
            await asyncio.sleep(0.02)


async def until(check: Callable[[], object], *, within_s: float = 8.0) -> None:
    """Waits until `check` holds; TimeoutError when it does not in time."""
    async with asyncio.timeout(within_s):
        while not check():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def message(
    number: int = 1, text: str | None = None, more: Mapping[str, Any] = NOTHING, /, *, user: int = 7, chat: int | None = None
) -> dict[str, Any]:
    """An update with a message of somebody, in their private chat or in a group."""
    place = {"id": chat or user, "type": "private" if chat is None else "supergroup"}
    sender = {"id": user, "is_bot": False, "first_name": "Wanda", "language_code": "en"}
    said = {"message_id": 1000 + number, "date": 1, "chat": place, "from": sender} | ({"text": text} if text is not None else {})
    return {"update_id": number, "message": said | dict(more)}


def press(number: int, action: str, *, label: str | None = "A label", user: int = 7, under: int = 50) -> dict[str, Any]:
    """An update with a press of a button; without a label Telegram no longer shows the message that it stood under."""
    place = {"id": user, "type": "private"}
    shown: dict[str, Any] = {"message_id": under, "date": 0, "chat": place}
    if label is not None:
        keys = [[{"text": "Another", "callback_data": "another"}], [{"text": label, "callback_data": action}]]
        shown |= {"date": 1, "from": ME, "text": "Choose", "reply_markup": {"inline_keyboard": keys}}
    query = {"id": f"q{number}", "chat_instance": "x", "data": action, "message": shown}
    return {"update_id": number, "callback_query": query | {"from": {"id": user, "is_bot": False, "first_name": "Wanda", "language_code": "zh-hans"}}}


def forms(calls: list[Call], *names: str) -> list[tuple[str, ...]]:
    """Of each request these fields."""
    return [tuple(call.form.get(name, "") for name in names) for call in calls]


def buttons(call: Call) -> list[list[dict[str, str]]]:
    """The rows of buttons that came with a message."""
    rows: list[list[dict[str, str]]] = json.loads(call.form["reply_markup"])["inline_keyboard"]
    return rows
