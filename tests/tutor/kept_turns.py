"""Turns to be remembered, made up, and what the tutor would have answered."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace

from tutor.remembered import Judgement, Turn
from tutor.types import Answer, Citation, Kind, Suggestion

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
CITATION = Citation(
    n=1,
    passage_id="p1",
    doc_id="rockets.en",
    title="How rockets work",
    section="Stages",
    page=3,
    position_s=1.5,
    url="https://player.example/?doc=rockets.en",
    quote="Rockets drop their empty stages.",
    language="en",
    as_of="2026-05-24",
    score=0.9,
)
ANSWER = Answer(
    answer_id="a1",
    conversation_id="talk",
    kind="grounded",
    text="Rockets drop their empty stages. [1]",
    language="en",
    citations=(CITATION,),
    confidence=0.9,
    suggestions=(),
    engine="extract",
    release="r1",
    timings_ms={},
    notice=None,
)
_numbers: Iterator[int] = itertools.count(100)


def answer(kind: Kind = "grounded", **changes: object) -> Answer:
    """An answer with an id of its own; only a grounded one cites, and a refusal suggests the lesson on rockets."""
    made = replace(ANSWER, answer_id=f"a{next(_numbers)}", kind=kind)
    if kind != "grounded":
        made = replace(made, citations=(), text="That is not in the course.")
    if kind == "refused":
        made = replace(made, suggestions=(Suggestion("How rockets work", "rockets.en"),))
    return replace(made, **changes)  # type: ignore[arg-type]


def turn(given: Answer | None = None, *, caller: str = "anna", question: str = "Why stages?", at: dt.datetime = NOON) -> Turn:
    """One turn; each caller has one conversation."""
    return Turn(
        caller, f"{caller}'s talk", asked_at=at, question=question, lesson="rockets", grade_band="4-6", answer=answer() if given is None else given
    )


def judgement(of: Turn, *, helpful: bool = True, comment: str | None = None, at: dt.datetime = NOON) -> Judgement:
    """What somebody thinks of a turn's answer."""
    return Judgement(of.answer.answer_id, helpful, comment, at)
