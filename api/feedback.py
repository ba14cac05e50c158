"""POST /v1/feedback: whether an answer helped."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from api.ask import says_json
from api.callers import caller_of
from api.doors import Doors
from api.errors import INTERNAL, INVALID, MALFORMED, NOT_FOUND, TOO_LARGE, UNAVAILABLE, WRONG_TYPE, Refused, documented
from api.fields import Name, Words
from api.standing import Caller


class Judged(BaseModel):
    """What the caller thinks of one answer."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"answer_id": "q9Zt2mXkV1c0aB3d", "helpful": False, "comment": "I still do not know why."}]},
    )

    answer_id: Name
    helpful: bool
    comment: Words | None = None


class Noted(BaseModel):
    """The judgement that is now kept."""

    answer_id: str
    helpful: bool


def routes(doors: Doors) -> APIRouter:
    """The door for judgements."""
    router = APIRouter(tags=["tutor"])
    errors = documented(MALFORMED, NOT_FOUND, TOO_LARGE, WRONG_TYPE, INVALID, INTERNAL, UNAVAILABLE)

    @router.post("/v1/feedback", dependencies=[Depends(says_json)], responses=errors)
    async def feedback(judged: Judged, caller: Annotated[Caller, Depends(caller_of(doors))]) -> Noted:
        """Says whether an answer helped. Said again, it replaces what was said before. 404 for an answer that is not the caller's own."""
        memory, who = doors.memory, caller.pseudonym
        if memory is None or who is None or not await memory.judge(who, judged.answer_id, helpful=judged.helpful, comment=judged.comment):
            raise Refused(NOT_FOUND, "No answer of yours has this id, or it is no longer kept. Ask again, then judge the new answer.")
        return Noted(answer_id=judged.answer_id, helpful=judged.helpful)

    return router
