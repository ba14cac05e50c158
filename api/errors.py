"""The one error shape, `{"error": {"code", "message", "field"?}}`, and everything that is turned into it.

Problem                     whose fault it is
├── MALFORMED           400     the caller's: not JSON
├── UNAUTHORIZED        401     the caller's: no staff token, or a wrong one
├── TOKEN_NEEDED        401     the host's: no token of a student, or one that is not as it must be
├── TOKEN_EXPIRED       401     nobody's: the student's token is too old, and nothing else is wrong with it
├── FORBIDDEN_ORIGIN    403     the host's, or a thief's: a page that may not ask, or not with this token
├── FORBIDDEN_HOST      403     the operator's, or a thief's: open doors under a name that is not this machine's own
├── NOT_FOUND           404     the caller's: no such address, no such passage
├── WRONG_METHOD        405     the caller's: GET for POST
├── BUSY                409     nobody's: another ingestion or publication is under way (Busy)
├── CONFLICT            409     the caller's: not now, or not after what has happened meanwhile
├── WITHDRAWN           410     the course's: it no longer holds the passage
├── TOO_LARGE           413     the caller's: a body over 64 kB
├── WRONG_TYPE          415     the caller's: a body that does not say it is JSON
├── INVALID             422     the caller's: a field that is not what it should be
├── TOO_MANY            429     the caller's: more questions or attempts than the limits allow
├── INTERNAL            500     ours: nobody thought of it
├── NOT_READY           503     the operator's: nothing to answer from (any OperatorError)
└── UNAVAILABLE         503     the operator's: what is remembered cannot be reached (MemoryUnavailable)
"""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Mount

from knowledge_base.errors import Busy, OperatorError
from tutor.errors import MemoryUnavailable

logger = logging.getLogger(__name__)


class ErrorDetail(BaseModel):
    """`code` is for programs, `message` for people, `field` names what is wrong in the request."""

    code: str
    message: str
    field: str | None = None


class ErrorBody(BaseModel):
    """`title` stands beside the error of a withdrawn passage only."""

    error: ErrorDetail
    title: str | None = None


@dataclass(frozen=True)
class Problem:
    """One kind of trouble: its status, its code, and what it says when nothing better is known."""

    status: int
    code: str
    message: str


MALFORMED = Problem(400, "malformed_json", 'The body is not valid JSON. Send an object such as {"question": "What is an orbit?"}.')
UNAUTHORIZED = Problem(401, "unauthorized", "A staff token is needed. Send the header Authorization: Bearer TOKEN; the server's operator has it.")
TOKEN_NEEDED = Problem(
    401, "unauthorized", "A token is needed. Send the header Authorization: Bearer TOKEN, with one that the course player's server has signed."
)
TOKEN_EXPIRED = Problem(401, "token_expired", "The token has expired. Get a new one from the server that signs them.")
FORBIDDEN_ORIGIN = Problem(
    403, "forbidden_origin", "Pages of this origin may not ask here. The operator names those that may in NAVIGATOR_ALLOWED_ORIGINS."
)
FORBIDDEN_HOST = Problem(
    403,
    "forbidden_host",
    "Without tokens this server answers its own machine alone, as localhost or 127.0.0.1. For others its operator sets NAVIGATOR_AUTH=token.",
)
NOT_FOUND = Problem(404, "not_found", "There is nothing at this address. /docs lists what there is.")
WRONG_METHOD = Problem(405, "method_not_allowed", "This address is not asked this way. The Allow header says how it is.")
BUSY = Problem(409, "busy", "Another ingestion or publication is under way. Wait until it is done, then try again.")
CONFLICT = Problem(409, "conflict", "Something has happened meanwhile that this does not fit. Look again, then decide.")
WITHDRAWN = Problem(410, "withdrawn", "This passage is no longer part of the course.")
TOO_LARGE = Problem(413, "too_large", "The body is larger than 64 kB. Send a shorter question, or fewer messages before it.")
WRONG_TYPE = Problem(415, "unsupported_media_type", "The body must be JSON. Send it with the header Content-Type: application/json.")
INVALID = Problem(422, "invalid", "A field of the request is not what it should be.")
TOO_MANY = Problem(429, "too_many_requests", "Too many attempts. The Retry-After header says in how many seconds to try again.")
INTERNAL = Problem(500, "internal", "Something went wrong on our side. Try again in a moment.")
NOT_READY = Problem(503, "not_ready", "no release is published yet: run navigator ingest content")
UNAVAILABLE = Problem(503, "unavailable", "What is kept of the conversations cannot be reached just now. Try again in a moment.")

_BY_STATUS = {problem.status: problem for problem in (MALFORMED, NOT_FOUND, WRONG_METHOD, INTERNAL)}
_LONGEST_FIELD = 100
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# What is wrong with a field, by pydantic's name for it; with the figures that pydantic gives.
_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not known: leave it out or check its spelling",
    "string_type": "must be text",
    "text": "{msg}",  # our own check, see fields.py
    "literal_error": "must be {expected}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}


class Refused(HTTPException):
    """A request that gets `problem` for an answer. FastAPI lets its own exceptions through while a body is read, hence the base."""

    def __init__(self, problem: Problem, message: str | None = None, *, title: str | None = None, field: str | None = None) -> None:
        super().__init__(problem.status)
        self.problem = problem
        self.message = message
        self.title = title
        self.field = field


def error_response(problem: Problem, message: str | None = None, *, field: str | None = None, title: str | None = None) -> JSONResponse:
    """The answer to a request in trouble; `message` replaces the problem's own."""
    body = ErrorBody(error=ErrorDetail(code=problem.code, message=message or problem.message, field=field), title=title)
    return JSONResponse(body.model_dump(exclude_none=True), problem.status)


def detail_of(error: Exception) -> ErrorDetail:
    """The same trouble inside of an answer that has begun, where its status can be told no more."""
    match error:
        case Refused():
            return ErrorDetail(code=error.problem.code, message=error.message or error.problem.message, field=error.field)
        case MemoryUnavailable():
            problem, message = UNAVAILABLE, UNAVAILABLE.message
        case OperatorError():
            problem, message = NOT_READY, str(error)
        case _:
            problem, message = INTERNAL, INTERNAL.message
    return ErrorDetail(code=problem.code, message=message)


def documented(*problems: Problem) -> dict[int | str, dict[str, Any]]:
    """The problems as FastAPI writes them into the OpenAPI document, each with its example."""
    return {problem.status: _document(problem) for problem in problems}


def _document(problem: Problem) -> dict[str, Any]:
    example = ErrorBody(error=ErrorDetail(code=problem.code, message=problem.message)).model_dump(exclude_none=True)
    return {"model": ErrorBody, "description": problem.message, "content": {"application/json": {"example": example}}}


async def _refused(_request: Request, refused: Refused) -> Response:
    response = error_response(refused.problem, refused.message, title=refused.title, field=refused.field)
    response.headers.update(refused.headers or {})
    return response


async def _http(request: Request, error: HTTPException) -> Response:
    """What Starlette and FastAPI raise themselves: an unknown address, a wrong method, a body that cannot be read."""
    response = error_response(_BY_STATUS.get(error.status_code, INTERNAL))
    response.headers.update(error.headers or {})
    if error.status_code == WRONG_METHOD.status and (allowed := _allowed(request)):
        response.headers["Allow"] = allowed
    return response


def _allowed(request: Request) -> str:
    """Every method of this address: one route of several that have it tells of its own alone."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    return ", ".join(method for method in METHODS if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes))


async def _busy(_request: Request, error: Busy) -> Response:
    return error_response(BUSY, f"{error}.")


async def _not_ready(_request: Request, error: OperatorError) -> Response:
    return error_response(NOT_READY, str(error))


async def _unavailable(_request: Request, error: MemoryUnavailable) -> Response:
    logger.error("%s", error)  # it names hosts and files, which callers need not know
    return error_response(UNAVAILABLE)


async def _invalid(_request: Request, error: RequestValidationError) -> Response:
    """The first thing that is wrong; an unknown field before a missing one, since it may be that one misspelt."""
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    if first["type"] == "json_invalid":
        return error_response(MALFORMED)
    _where, *names = first["loc"]
    if not names:
        return error_response(INVALID, 'The body must be a JSON object such as {"question": "What is an orbit?"}.')
    field = _printable(".".join(map(str, names)))
    reason = _REASONS.get(first["type"], "is not valid").format(msg=first["msg"], **first.get("ctx", {}))
    return error_response(INVALID, f"The field {field!r} {reason}.", field=field)


def _printable(name: str) -> str:
    """A field's name as the caller wrote it, fit for JSON: a lone surrogate is not."""
    return name[:_LONGEST_FIELD].encode("utf-8", "replace").decode("utf-8")


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    Refused: _refused,
    HTTPException: _http,
    Busy: _busy,
    MemoryUnavailable: _unavailable,
    OperatorError: _not_ready,
    RequestValidationError: _invalid,
}
