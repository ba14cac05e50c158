"""A Bot API server for tests: strict where the emulator behind it is lax, whole where it has gaps.

The emulator keeps the messages, the queue of what students do, and their side. Here every request is written down and checked
against the schema, the emulator's replies are brought into the Bot API's shape, updates are polled for or pushed, messages are
metered, and faults happen on demand.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any
from urllib.parse import parse_qsl

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram_account import Account, Call
from telegram_faults import DOWN, NO_METHOD, UNAUTHORIZED, Fault, Refused, bad_request
from telegram_methods import METHODS, Request
from telegram_rules import Schema
from telegram_updates import LOOK_EVERY_S, Pusher, get_updates


@dataclass(frozen=True)
class Emulator:
    """The emulator, asked in one bot's name."""

    client: httpx2.AsyncClient
    token: str

    async def call(self, method: str, form: dict[str, str]) -> Any:
        """The result of one of its methods."""
        response = await self.client.post(f"/bot{self.token}/{method}", json=form)
        return response.json()["result"]


@dataclass
class Shim:
    """The server's state, which tests read and set. It knows only the bots in `tokens`."""

    upstream: str
    schema: Schema
    tokens: set[str] = field(default_factory=set)
    accounts: dict[str, Account] = field(default_factory=lambda: defaultdict(Account))
    down_until: float = 0.0

    def app(self) -> Starlette:
        """The server as an ASGI application."""
        return Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"])], lifespan=self._lifespan)

    def fails_for(self, seconds: float) -> None:
        """Answers everything with 500 for so long."""
        self.down_until = time.monotonic() + seconds

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[dict[str, Any]]:
        async with httpx2.AsyncClient(base_url=self.upstream, trust_env=False) as client:
            pushing = asyncio.create_task(self._push(client))
            try:
                yield {"client": client}
            finally:
                pushing.cancel()

    async def _push(self, client: httpx2.AsyncClient) -> None:
        async with httpx2.AsyncClient(trust_env=False) as outside:
            pusher = Pusher(outside)
            while True:
                for token, account in list(self.accounts.items()):
                    await pusher.push(account, Emulator(client, token))
                await asyncio.sleep(LOOK_EVERY_S)

    async def _serve(self, request: HttpRequest) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        form = dict(parse_qsl((await request.body()).decode() or request.url.query, keep_blank_values=True))
        account = self.accounts[token]
        call = Call(method, form, time.monotonic())
        account.calls.append(call)
        try:
            if token not in self.tokens:
                raise Refused(UNAUTHORIZED)
            self._stand_in_the_way(account, call)
            self._check(account, call)
            result = await self._do(request, Request(account, Emulator(request.state.client, token), form), method)
        except Refused as refused:
            call.fault = refused.fault
            return refused.fault.response()
        return JSONResponse({"ok": True, "result": result})

    def _stand_in_the_way(self, account: Account, call: Call) -> None:
        """Faults that a test ordered, and the limits of floods."""
        if time.monotonic() < self.down_until:
            raise Refused(DOWN)
        if call.method in account.unknown_methods:
            raise Refused(NO_METHOD)
        if faults := account.faults[call.method]:
            raise Refused(faults.popleft())
        flood = account.meter.count(call.method, call.form.get("chat_id", ""))
        if flood is not None and account.stops_floods:
            wait = ceil(flood.wait_s)
            raise Refused(Fault(429, f"Too Many Requests: retry after {wait}", retry_after=wait))

    def _check(self, account: Account, call: Call) -> None:
        try:
            problems = self.schema.problems(call.method, call.form)
        except ValueError as error:
            raise bad_request(str(error)) from error
        if call.method not in METHODS and call.method != "getUpdates":
            problems.append(f"{call.method}: not known here")
        if problems:
            account.violations += problems
            raise bad_request("; ".join(problems))

    async def _do(self, http: HttpRequest, request: Request, method: str) -> Any:
        if method == "getUpdates":
            return await get_updates(request, http.is_disconnected)
        return await METHODS[method](request)
