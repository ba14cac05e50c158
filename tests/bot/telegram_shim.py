"""A Bot API server for tests: strict where the emulator behind it is lax, whole where it has gaps.

The emulator keeps the messages, the queue of updates and the students' side. Here every request is written down and
checked against the schema, the emulator's replies are brought into the Bot API's shape, getUpdates polls long and keeps
what was not confirmed, and faults happen on demand.
"""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram_rules import Schema, visible

SIMPLE = frozenset({"sendChatAction", "setMyCommands", "deleteWebhook"})  # they answer True


@dataclass(frozen=True)
class Call:
    """One request of a bot, as it came; `at` is in seconds of the monotonic clock."""

    token: str
    method: str
    form: dict[str, str]
    at: float


@dataclass(frozen=True)
class Fault:
    """What to answer instead of doing what was asked."""

    status: int
    description: str
    retry_after: int | None = None

    def response(self) -> Response:
        """The fault in the Bot API's shape."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return JSONResponse(body, status_code=self.status)


@dataclass
class Shim:
    """The server's state, which tests read and set. It knows only the bots in `tokens`."""

    upstream: str
    schema: Schema
    tokens: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    violations: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[tuple[str, str], deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    pending: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def app(self) -> Starlette:
        """The server as an ASGI application."""
        return Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"])], lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[dict[str, Any]]:
        async with httpx2.AsyncClient(base_url=self.upstream, trust_env=False) as client:
            yield {"client": client}

    async def _serve(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        self.calls.append(Call(token, method, form, time.monotonic()))
        if token not in self.tokens:
            return Fault(401, "Unauthorized").response()
        if faults := self.faults[token, method]:
            return faults.popleft().response()
        try:
            result = await self._do(request, method, self._checked(token, method, form))
        except ValueError as error:
            return Fault(400, f"Bad Request: {error}").response()
        return JSONResponse({"ok": True, "result": result})

    def _checked(self, token: str, method: str, form: dict[str, str]) -> dict[str, str]:
        """The request with its text as a reader sees it; Telegram counts a text's length after parsing."""
        if form.get("parse_mode") == "HTML":
            form = {**form, "text": visible(form["text"])}
        if "text" in form:
            form = {**form, "text": form["text"].strip()}
        if problems := self.schema.problems(method, form):
            self.violations += [(token, problem) for problem in problems]
            raise ValueError("; ".join(problems))
        return form

    async def _do(self, request: Request, method: str, form: dict[str, str]) -> Any:
        if method == "getMe":
            return {**(await self._upstream(request, form)), "is_bot": True}
        if method == "sendMessage":
            return await self._send_message(request, form)
        if method == "getUpdates":
            return await self._get_updates(request, form)
        if method in SIMPLE:
            return True
        raise ValueError(f"this server has no {method}")

    async def _upstream(self, request: Request, form: dict[str, str]) -> Any:
        response = await request.state.client.post(request.url.path, json=form)
        return response.json()["result"]

    async def _send_message(self, request: Request, form: dict[str, str]) -> dict[str, Any]:
        sent = await self._upstream(request, form)
        chat_id = int(form["chat_id"])
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        return {"message_id": sent["message_id"], "date": sent["date"] // 1000, "chat": chat, "text": form["text"]}

    async def _get_updates(self, request: Request, form: dict[str, str]) -> list[dict[str, Any]]:
        pending = self.pending[request.path_params["token"]]
        pending[:] = [update for update in pending if update["update_id"] >= int(form.get("offset", 0))]
        allowed = set(json.loads(form["allowed_updates"]))
        deadline = time.monotonic() + int(form.get("timeout", 0))
        while True:
            pending += await self._upstream(request, {})
            wanted = [update for update in pending if update.keys() & allowed]
            if wanted or time.monotonic() >= deadline or await request.is_disconnected():
                return wanted
            await asyncio.sleep(0.03)
