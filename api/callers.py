"""Who asks. With open doors a random value in a cookie tells browsers apart; with tokens, whom the token names. Neither is kept as it is."""

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from api.doors import Doors
from api.errors import FORBIDDEN_ORIGIN, TOKEN_EXPIRED, TOKEN_NEEDED, Problem, Refused
from api.standing import Caller
from api.tokens import BadToken, Claims, Page, TokenExpired, Tokens, WrongOrigin
from api.watched import of_tenant
from api.wire import Asked

COOKIE = "navigator_caller"
KEPT_S = 30 * 24 * 3600  # counted anew with every question
_OURS = re.compile(r"[\w-]{43}", re.ASCII)
_BEARER = HTTPBearer(
    auto_error=False, scheme_name="token", bearerFormat="JWT", description="A token of at most 15 minutes, signed by the server of the course player"
)


def caller_of(doors: Doors) -> Callable[..., Awaitable[Caller]]:
    """A dependency: the caller whom the request names. With open doors perhaps without a pseudonym; with tokens 401 or 403 unless a good one came."""
    tokens = doors.access.tokens
    return _open(doors) if tokens is None else _vouched(doors, tokens)


def asking(doors: Doors) -> Callable[..., AsyncIterator[Caller]]:
    """The same for a door at which questions are asked, within limits until the answer is sent: with open doors the cookie is set, or set on."""
    known = _becoming_known(doors)

    async def caller(request: Request, caller: Annotated[Caller, Depends(known)]) -> AsyncIterator[Caller]:
        async with doors.limits.admitted(request, caller) if doors.limits is not None else nullcontext():
            yield caller

    return caller


def asking_again(doors: Doors) -> Callable[..., AsyncIterator[Caller]]:
    """The same for a door that tells a turn again: that costs nothing, else a child on a shaky line would spend questions on one answer."""
    known = _becoming_known(doors)

    async def caller(request: Request, asked: Asked, caller: Annotated[Caller, Depends(known)]) -> AsyncIterator[Caller]:
        again = doors.turns.has(asked, caller)
        async with doors.limits.admitted(request, caller, again=again) if doors.limits is not None else nullcontext():
            yield caller

    return caller


def _becoming_known(doors: Doors) -> Callable[..., Awaitable[Caller]]:
    if doors.access.tokens is not None or doors.memory is None:
        return caller_of(doors)

    async def caller(request: Request, response: Response) -> Caller:
        return _known(doors, request, response)

    return caller


def _open(doors: Doors) -> Callable[..., Awaitable[Caller]]:
    async def caller(request: Request) -> Caller:
        value = _value(request)
        return _remembered(doors, Caller(), value) if value is not None else Caller()

    return caller


def _vouched(doors: Doors, tokens: Tokens) -> Callable[..., Awaitable[Caller]]:
    async def caller(request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Caller:
        if bearer is None:
            raise _unauthorized(TOKEN_NEEDED)
        try:
            claims = tokens.checked(bearer.credentials, _page(request))
        except WrongOrigin as error:
            raise Refused(FORBIDDEN_ORIGIN, str(error)) from error
        except TokenExpired as error:
            raise _unauthorized(TOKEN_EXPIRED, str(error)) from error
        except BadToken as error:
            if doors.limits is not None:
                await doors.limits.wrong_token(request)
            raise _unauthorized(TOKEN_NEEDED, str(error)) from error
        of_tenant(request.scope, claims.iss)
        return _remembered(doors, _standing(claims), claims.sub)

    return caller


def _known(doors: Doors, request: Request, response: Response) -> Caller:
    value = _value(request) or secrets.token_urlsafe(32)
    # Lax: another site's page cannot speak as the student. A player on another site gets tokens instead.
    response.set_cookie(COOKIE, value, max_age=KEPT_S, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return _remembered(doors, Caller(), value)


def _standing(claims: Claims) -> Caller:
    return Caller(
        claims.iss,
        course=claims.course,
        lesson=claims.lesson,
        grade_band=claims.grade_band,
        language=claims.language,
        position_s=claims.position_s,
    )


def _remembered(doors: Doors, caller: Caller, subject: str) -> Caller:
    """The caller under a pseudonym, where there is a memory."""
    if doors.memory is None:
        return caller
    conversation, pseudonym = doors.memory.conversation, doors.memory.caller(caller.tenant, subject)
    return replace(caller, pseudonym=pseudonym, owns=lambda wanted: conversation(pseudonym, wanted) == wanted)


def _page(request: Request) -> Page:
    headers = request.headers
    own = headers.get("sec-fetch-site") == "same-origin"
    return Page(headers.get("origin"), headers.get("host") if own else None)


def _unauthorized(problem: Problem, message: str | None = None) -> Refused:
    refused = Refused(problem, message)
    refused.headers = {"WWW-Authenticate": "Bearer" if message is None else 'Bearer error="invalid_token"'}
    return refused


def _value(request: Request) -> str | None:
    """The cookie's value if it is one of ours: another's could be guessed."""
    value = request.cookies.get(COOKIE, "")
    return value if _OURS.fullmatch(value) else None
