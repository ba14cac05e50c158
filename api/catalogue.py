"""GET /v1/lessons and /v1/missions: what the course holds, for players and bots that list it."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Header, Query
from pydantic import BaseModel
from starlette.responses import Response

from api.callers import caller_of
from api.doors import Doors
from api.errors import INTERNAL, INVALID, NOT_FOUND, NOT_READY, Refused, documented
from api.fields import Name
from api.wire import Told
from tutor.types import GradeBand, Language

InLanguage = Annotated[Language | None, Query(description="Only what is in this language; without it both, English first")]
IfNoneMatch = Annotated[str | None, Header(description="The ETag of a list received before")]
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "The list with this ETag still holds: there is no body."}}


class ListedLesson(Told):
    """A lesson in one language. `lesson` names it in every language, `goals` are what one learns there, `sections` its headings in order.

    `unit` and `order` say where it stands in the course, `questions` are some that it answers, to begin with, `checks` counts its check questions,
    `url` leads into the course player.
    """

    lesson: str
    doc_id: str
    title: str
    language: Language
    unit: str | None
    order: int | None
    grade_band: GradeBand | None
    goals: tuple[str, ...]
    sections: tuple[str, ...]
    questions: tuple[str, ...]
    checks: int
    url: str | None


class ListedMission(Told):
    """A mission, vehicle or programme in one language: `mission` names it in every language, `about` is one sentence, `launched` a date."""

    mission: str
    doc_id: str
    title: str
    language: Language
    about: str
    launched: str | None
    url: str | None


class Lessons(BaseModel):
    """The lessons by unit and order; those without a unit behind, by title."""

    release: str
    lessons: list[ListedLesson]


class Missions(BaseModel):
    """The missions by launch; those without one behind, by title."""

    release: str
    missions: list[ListedMission]


def routes(doors: Doors) -> APIRouter:
    """The doors to the lists."""
    router = APIRouter(tags=["course"], dependencies=[Depends(caller_of(doors))])
    answers = documented(INVALID, INTERNAL, NOT_READY) | UNCHANGED

    @router.get("/v1/lessons", responses=answers, response_model=Lessons)
    async def lessons(language: InLanguage = None, if_none_match: IfNoneMatch = None) -> Response:
        """The lessons of the published release. Its ETag sent back as `If-None-Match` saves sending the same list again."""
        shelves = await doors.catalogue.shelves()
        listed = [ListedLesson.model_validate(one) for one in _in(shelves.lessons, language)]
        return _list(Lessons(release=shelves.release, lessons=listed), if_none_match)

    @router.get("/v1/lessons/{lesson}", responses=documented(NOT_FOUND, INVALID, INTERNAL, NOT_READY))
    async def one_lesson(lesson: Name, language: Annotated[Language, Query(description="The language of the lesson")]) -> ListedLesson:
        """One lesson by its name; 404 where there is none of that name in this language."""
        found = (await doors.catalogue.shelves()).lessons[language].get(lesson)
        if found is None:
            raise Refused(NOT_FOUND, f"There is no lesson {lesson!r} in this language: GET /v1/lessons lists those there are.")
        return ListedLesson.model_validate(found)

    @router.get("/v1/missions", responses=answers, response_model=Missions)
    async def missions(language: InLanguage = None, if_none_match: IfNoneMatch = None) -> Response:
        """The missions, vehicles and programmes of the published release; with an ETag as the lessons are."""
        shelves = await doors.catalogue.shelves()
        listed = [ListedMission.model_validate(one) for one in _in(shelves.missions, language)]
        return _list(Missions(release=shelves.release, missions=listed), if_none_match)

    return router


def _in(shelves: Mapping[Language, Mapping[str, Any]], language: Language | None) -> list[Any]:
    """The entries of one language, or of both."""
    return [entry for one in get_args(Language) if language in (None, one) for entry in shelves[one].values()]


def _list(told: BaseModel, known: str | None) -> Response:
    """The list, or 304 where the caller has it already."""
    body = told.model_dump_json().encode()
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if known is not None and tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
