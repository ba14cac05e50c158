"""A lesson's check questions: listed without their answers, hinted at, marked."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from api.ask import says_json
from api.callers import asking, caller_of
from api.doors import Doors
from api.errors import INTERNAL, INVALID, MALFORMED, NOT_FOUND, NOT_READY, TOO_LARGE, WRONG_TYPE, Refused, documented
from api.fields import Name, Words
from api.wire import Cited, Told
from tutor.errors import NotHere
from tutor.practice.types import CheckKind, Verdict
from tutor.types import Language

InLanguage = Annotated[Language, Query(description="The language of the questions")]


class ToldCheck(Told):
    """One check question. `unit` is the unit that a number is asked in; `level` is 1 (recall), 2 (understand) or 3 (apply)."""

    check_id: str
    lesson: str
    language: Language
    kind: CheckKind
    question: str
    choices: tuple[str, ...]
    unit: str | None
    level: int


class Checks(BaseModel):
    """A lesson's check questions in their order."""

    release: str
    checks: list[ToldCheck]


class Hint(BaseModel):
    """A line that helps without telling the answer."""

    hint: str


class Reply(BaseModel):
    """What a student replies to a check question: a choice by its letter or words, a number with its unit, or words."""

    model_config = ConfigDict(extra="forbid", strict=True)

    language: Language
    reply: Words
    last_try: bool = False


class Marked(Told):
    """The mark. `answer`, `explanation` and `citation` tell the answer; they are null while a wrong reply may be tried again."""

    verdict: Verdict
    said: str | None
    answer: str | None
    explanation: str | None
    citation: Cited | None


def routes(doors: Doors) -> APIRouter:
    """The doors to practice."""
    router = APIRouter(tags=["practice"])
    errors = documented(NOT_FOUND, INVALID, INTERNAL, NOT_READY)
    marking_errors = documented(MALFORMED, TOO_LARGE, WRONG_TYPE)

    @router.get("/v1/lessons/{lesson}/checks", dependencies=[Depends(caller_of(doors))], responses=errors)
    async def checks(lesson: Name, language: InLanguage) -> Checks:
        """A lesson's check questions without their answers; none where it has none in this language. 404 for a lesson that is not there."""
        shelves = await doors.catalogue.shelves()
        if not any(lesson in lessons for lessons in shelves.lessons.values()):
            raise Refused(NOT_FOUND, f"There is no lesson {lesson!r}: GET /v1/lessons lists those there are.")
        asked = await doors.practice.questions(lesson, language)
        return Checks(release=shelves.release, checks=[ToldCheck.model_validate(one) for one in asked])

    @router.get("/v1/checks/{check_id}/hint", dependencies=[Depends(caller_of(doors))], responses=errors)
    async def hint(check_id: Name, language: InLanguage) -> Hint:
        """What helps with a check question without giving its answer away."""
        try:
            return Hint(hint=await doors.practice.hint(check_id, language))
        except NotHere as error:
            raise _unknown(error) from error

    @router.post("/v1/checks/{check_id}/mark", dependencies=[Depends(says_json), Depends(asking(doors))], responses=errors | marking_errors)
    async def mark(check_id: Name, reply: Reply) -> Marked:
        """Marks a reply, which may be in either language; a right one, and any on the last try, is told the answer with its source."""
        try:
            return Marked.model_validate(await doors.practice.mark(check_id, reply.language, reply.reply, last_try=reply.last_try))
        except NotHere as error:
            raise _unknown(error) from error

    return router


def _unknown(error: NotHere) -> Refused:
    message = str(error)
    return Refused(NOT_FOUND, f"{message[0].upper()}{message[1:]}.")
