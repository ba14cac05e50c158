"""POST /v1/ask: one question, one JSON answer."""

from email.message import Message
from typing import Annotated

from fastapi import APIRouter, Depends, Header

from api.callers import asking
from api.doors import Doors
from api.errors import INTERNAL, INVALID, MALFORMED, NOT_FOUND, NOT_READY, TOO_LARGE, WRONG_TYPE, Refused, documented
from api.standing import Caller
from api.wire import Answered, Asked


def routes(doors: Doors) -> APIRouter:
    """The door to the tutor."""
    router = APIRouter(tags=["tutor"])
    errors = documented(MALFORMED, NOT_FOUND, TOO_LARGE, WRONG_TYPE, INVALID, INTERNAL, NOT_READY)

    @router.post("/v1/ask", dependencies=[Depends(says_json)], responses=errors)
    async def ask(asked: Asked, caller: Annotated[Caller, Depends(asking(doors))]) -> Answered:
        """One question, one answer: grounded in the course with citations, or a refusal that names the nearest lessons."""
        return Answered.of(await doors.tutor.ask(asked.as_question(caller)))

    return router


async def says_json(content_type: Annotated[str, Header(include_in_schema=False)] = "") -> None:
    """Refuses a body that does not say that it is JSON: a form on another site could send one without asking."""
    header = Message()
    header["content-type"] = content_type
    if header.get_content_type() != "application/json":
        raise Refused(WRONG_TYPE)
