"""A tiny app whose one door is limited: headers say who asks from where, and an answer stays under way until the test lets it go."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.responses import StreamingResponse

from api.counting import Counts, OwnCounts
from api.errors import HANDLERS
from api.limits import Limits, Rates
from api.standing import Caller
from tutor.pseudonyms import Pseudonyms

NONE = Rates(subject_minute=0, subject_day=0, tenant_minute=0, address_minute=0, subject_at_once=0, address_at_once=0, wrong_tokens_minute=0)


def limits_of(counts: Counts | None = None, **rates: int) -> Limits:
    """These limits and no other, counted in this process unless told otherwise."""
    return Limits(replace(NONE, **rates), counts or OwnCounts(), Pseudonyms(b"k" * 32).caller)


class Limited:
    """`ask` and `guess` at the door, as anybody from anywhere; `app` may be served for real, where /stream ends when `go` is set."""

    def __init__(self, counts: Counts | None = None, **rates: int) -> None:
        self.limits = limits_of(counts, **rates)
        self.go = asyncio.Event()
        self.app = FastAPI(exception_handlers=HANDLERS)
        self.app.add_api_route("/", self._answer, dependencies=[Depends(self._asking)])
        self.app.add_api_route("/slow", self._slow, dependencies=[Depends(self._asking)])
        self.app.add_api_route("/broken", self._broken, dependencies=[Depends(self._asking)])
        self.app.add_api_route("/stream", self._stream, dependencies=[Depends(self._asking)])
        self.app.add_api_route("/guess", self._guess)

    async def ask(self, subject: str = "anna", *, path: str = "/", address: str = "192.0.2.1", **headers: str) -> httpx2.Response:
        """What the door says to one question."""
        transport = httpx2.ASGITransport(self.app, client=(address, 50_000), raise_app_exceptions=False)
        headers = {name.replace("_", "-"): value for name, value in {"subject": subject, "tenant": "school", **headers}.items()}
        async with httpx2.AsyncClient(transport=transport, base_url="http://tutor") as client:
            return await client.get(path, headers=headers)

    async def guess(self, address: str) -> int:
        """The status of a wrong token from there."""
        return (await self.ask(path="/guess", address=address)).status_code

    async def _asking(self, request: Request) -> AsyncIterator[None]:
        headers = request.headers
        locale = headers.get("locale")
        caller = Caller(headers["tenant"], headers["subject"] or None, language="zh" if locale == "zh" else "en" if locale == "en" else None)
        async with self.limits.admitted(request, caller):
            yield

    async def _answer(self) -> str:
        return "because"

    async def _slow(self) -> str:
        await self.go.wait()
        return "because"

    async def _broken(self) -> str:
        raise ZeroDivisionError

    async def _stream(self) -> StreamingResponse:
        async def events() -> AsyncIterator[str]:
            yield ": open\n\n"
            while True:
                await asyncio.sleep(0.02)
                yield ": ping\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    async def _guess(self, request: Request) -> None:
        await self.limits.wrong_token(request)
