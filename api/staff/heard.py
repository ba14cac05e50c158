"""What students asked in vain, and what they thought of answers."""

import datetime as dt

from fastapi import APIRouter

from api.doors import Doors
from api.wire import Told
from tutor.types import Kind, Language


class ToldGap(Told):
    """Refused questions that are alike; `wording` only when three callers asked, `topic` is the nearest document's title."""

    doc_id: str | None
    topic: str | None
    count: int
    callers: int
    newest: dt.datetime
    languages: tuple[Language, ...]
    wording: str | None


class ToldTally(Told):
    """How many answers about one document helped and how many did not; without a document, all others."""

    doc_id: str | None
    topic: str | None
    helpful: int
    unhelpful: int


class ToldComment(Told):
    """One judgement of an answer; its comment is masked, and who gave it is not told."""

    at: dt.datetime
    helpful: bool
    comment: str | None
    kind: Kind
    language: Language
    doc_id: str | None
    topic: str | None


class Gaps(Told):
    """Newest first. `kept` is false where the server keeps no conversations."""

    kept: bool
    gaps: tuple[ToldGap, ...] = ()


class ToldFeedback(Told):
    """Tallies, those with most unhelpful answers first, and the newest judgements. `kept` is false where the server keeps none."""

    kept: bool = True
    tallies: tuple[ToldTally, ...] = ()
    comments: tuple[ToldComment, ...] = ()


def routes(doors: Doors) -> APIRouter:
    """The doors to what was heard."""
    router = APIRouter()

    @router.get("/v1/gaps")
    async def gaps() -> Gaps:
        """What students asked and the course has no answer to, grouped by likeness, newest first."""
        if doors.memory is None:
            return Gaps(kept=False)
        return Gaps(kept=True, gaps=tuple(ToldGap.model_validate(gap) for gap in await doors.memory.gaps()))

    @router.get("/v1/feedback")
    async def feedback() -> ToldFeedback:
        """What students thought of answers, by the document that these rest on."""
        return ToldFeedback.model_validate(await doors.memory.feedback()) if doors.memory else ToldFeedback(kept=False)

    return router
