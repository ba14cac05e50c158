"""Who asks. With open doors nobody signs in: a random value in a cookie tells one browser from another, and is nowhere kept as it is."""

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import nullcontext

from starlette.requests import Request
from starlette.responses import Response

from api.doors import Doors
from api.standing import OPEN, Caller

COOKIE = "navigator_caller"
KEPT_S = 30 * 24 * 3600  # counted anew with every question
_OURS = re.compile(r"[\w-]{43}", re.ASCII)


def caller_of(doors: Doors) -> Callable[[Request], Awaitable[Caller]]:
    """A dependency: the caller whom the request names, without a pseudonym when it names none or nothing is remembered."""

    async def caller(request: Request) -> Caller:
        return _open_caller(doors, _value(request))

    return caller


def asking(doors: Doors) -> Callable[[Request, Response], AsyncIterator[Caller]]:
    """The same for a door at which questions are asked: callers become known, and within their limits until the answer is sent."""
    known = _becoming_known(doors)

    async def caller(request: Request, response: Response) -> AsyncIterator[Caller]:
        one = await known(request, response)
        async with doors.limits.admitted(request, one) if doors.limits is not None else nullcontext():
            yield one

    return caller


def _becoming_known(doors: Doors) -> Callable[[Request, Response], Awaitable[Caller]]:
    """The cookie is set, or set on."""

    async def caller(request: Request, response: Response) -> Caller:
        if doors.memory is None:
            return Caller()
        value = _value(request) or secrets.token_urlsafe(32)
        # Lax: another site's page cannot speak as the student. A player on another site gets tokens instead.
        response.set_cookie(COOKIE, value, max_age=KEPT_S, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return _open_caller(doors, value)

    return caller


def _open_caller(doors: Doors, value: str | None) -> Caller:
    return Caller(pseudonym=doors.memory.caller(OPEN, value)) if doors.memory is not None and value is not None else Caller()


def _value(request: Request) -> str | None:
    """The cookie's value if it is one of ours: another's could be guessed."""
    value = request.cookies.get(COOKIE, "")
    return value if _OURS.fullmatch(value) else None
