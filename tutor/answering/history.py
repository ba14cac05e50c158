"""Where a mission was at a date: the last thing that had happened by then and the next that came, never how it stands today."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.figures.moments import Moment, moments
from knowledge_base.language import fold
from knowledge_base.types import Document, Fact
from tutor.answering.asked import Asked
from tutor.question.patterns import pattern

_STATE = pattern(
    r"\bwhere\b",
    r"\bwhat (?:was|were|is|had|has)\b.*\b(?:doing|up to|done|happening|going on|happened)\b",
    r"\b(?:status|state|progress|whereabouts)\b",
    r"\bhow far (?:had|has)\b.*\b(?:got|gone|come)\b",
    r"\b(?:already|yet)\b|\bhad\b.*\bby\b",
    "在哪|哪里|哪儿|什么地方|何处|到哪|飞到|干什么|做什么|干嘛|干啥|啥状态|什么状态|怎么样了|进展|情况|位置|了吗|了没",
)
_PLACE = pattern(r"^\W*(?:(?:so|and|ok|hey|please)\W+)*where(?:'s| is| are)\b", "在哪|到哪|什么地方|何处|(?:现在|目前|如今).*位置")
_WAY = pattern(r"\bhow far (?:had|has)\b")  # asks for no figure
_LATE = pattern(r"\b(?:end of|late)\b", "底|末")
_EARLY = pattern(r"\b(?:start of|beginning of|early)\b", "初")
_TO_COME = pattern(r"\bwill\b", r"\bgoing to be\b", "将会|会在|将在")
_EVENTS = ("launch date", "event", "end")
_STATUS = "status"
_FIELDS = {None, "status", "end"}  # a question for a field such as the launch site is none for the state
TOLD = 2  # things that happened within the time asked about


@dataclass(frozen=True, order=True)
class Span:
    """A day, month or year as its first and last day, ``2021-02-01`` to ``2021-02-31``; both compare as text."""

    first: str
    last: str


def asked_state(asked: Asked) -> tuple[Fact, ...]:
    """The facts that tell where the one mission was at the date asked about or, where none is, where it is; none for another question."""
    question, document = fold(asked.question), asked.document
    if document is None or (asked.field.name if asked.field else None) not in _FIELDS or not _STATE.search(question):
        return ()
    if asked.of_figure and not _WAY.search(question):
        return ()
    spans = [_span(_written(one)) for one, _place in moments(asked.question) if one.year is not None]
    if len(spans) == 1:
        return () if _TO_COME.search(question) else at(document, _narrowed(spans[0], question))
    return now(document) if not spans and _PLACE.search(question) else ()


def at(document: Document, asked: Span) -> tuple[Fact, ...]:
    """What had happened last and what came next; what happened within the time asked about; before the launch the launch alone."""
    events = _dated(document)
    before = [fact for span, fact in events if span.first < asked.first]
    within = [fact for span, fact in events if asked.first <= span.first and span.last <= asked.last]
    after = [fact for span, fact in events if span.first >= asked.first and fact not in within]
    status = next((fact for fact in document.facts if fact.field == _STATUS and fact.date and _span(fact.date).last <= asked.last), None)
    if within:
        return tuple(within[-TOLD:] if len(within) >= TOLD else [*before[-1:], *within])
    return (*before[-1:], *after[:1]) if after or status is None else (*before[-1:], status)


def now(document: Document) -> tuple[Fact, ...]:
    """The last thing that had happened when its state was last told, and that state; none where there is no such word."""
    status = next((fact for fact in document.facts if fact.field == _STATUS and fact.date), None)
    if status is None or status.date is None:
        return ()
    until = _span(status.date)
    return (*[fact for span, fact in _dated(document) if span.first <= until.last][-1:], status)


def _dated(document: Document) -> Sequence[tuple[Span, Fact]]:
    found = [(_span(fact.date), fact) for fact in document.facts if fact.date and fact.field.startswith(_EVENTS)]
    return sorted(found, key=lambda one: one[0])


def _written(moment: Moment) -> str:
    """As far as it is told: 2021, 2021-02 or 2021-02-10."""
    parts = [moment.month] if moment.day is None else [moment.month, moment.day]
    return "-".join([f"{moment.year:04}", *(f"{part:02}" for part in parts if part is not None)])


def _narrowed(span: Span, question: str) -> Span:
    """Its last or first day where its end or beginning is asked about."""
    return Span(span.last, span.last) if _LATE.search(question) else Span(span.first, span.first) if _EARLY.search(question) else span


def _span(date: str) -> Span:
    return Span(date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :])
