"""POST /v1/ask: one question, one JSON answer."""

import asyncio
import contextlib
from email.message import Message
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from starlette.requests import Request

from api.callers import asking_again
from api.doors import Doors
from api.errors import CONFLICT, INTERNAL, INVALID, MALFORMED, NOT_FOUND, NOT_READY, TOO_LARGE, WRONG_TYPE, Refused, documented
from api.events import told
from api.standing import Caller
from api.turns import Turn
from api.wire import Answered, Asked
from tutor.types import Answer


def routes(doors: Doors) -> APIRouter:
    """The door to the tutor."""
    router = APIRouter(tags=["tutor"])
    errors = documented(MALFORMED, NOT_FOUND, CONFLICT, TOO_LARGE, WRONG_TYPE, INVALID, INTERNAL, NOT_READY)

    @router.post("/v1/ask", dependencies=[Depends(says_json)], responses=errors)
    async def ask(request: Request, asked: Asked, caller: Annotated[Caller, Depends(asking_again(doors))]) -> Answered:
        """One question, one answer: grounded in the course with citations, or a refusal that names the nearest lessons.

        The same `client_message_id` within ten minutes gives the same answer again, as it does at /v1/chat.
        """
        turn = doors.turns.of(asked, caller, lambda: told(doors.tutor.stream(asked.as_question(caller))))
        return Answered.of(await answer_of(turn, request))

    return router


async def answer_of(turn: Turn, request: Request) -> Answer:
    """The whole answer, read for as long as whoever asked is there."""
    with contextlib.ExitStack() as reading:
        reading.enter_context(turn.read())
        watching = asyncio.create_task(_leave_with(request, reading))
        try:
            return await turn.answer()
        finally:
            watching.cancel()


async def _leave_with(request: Request, reading: contextlib.ExitStack) -> None:
    """Once whoever asked has gone, nobody reads the turn any more: the server itself lets an answer be made for nobody."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    reading.close()


async def says_json(content_type: Annotated[str, Header(include_in_schema=False)] = "") -> None:
    """Refuses a body that does not say that it is JSON: a form on another site could send one without asking."""
    header = Message()
    header["content-type"] = content_type
    if header.get_content_type() != "application/json":
        raise Refused(WRONG_TYPE)
