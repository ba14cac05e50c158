"""What crosses the wall between the tutor and its doors: a question in, an answer out, at once or as it comes."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
GradeBand = Literal["1-3", "4-6", "7-9", "10-12"]
Kind = Literal["grounded", "refused", "blocked", "chat"]


@dataclass(frozen=True)
class Question:
    """What a student asks, and where the student stands: 1 to 2,000 characters of text, the rest optional.

    `caller` is the pseudonym of who asks; a question without one is not remembered. `before` is what was asked before it in the same
    conversation, oldest first, where whoever asks keeps that; it then stands in the place of what is remembered.
    """

    text: str
    language: Language | None = None
    course: str | None = None
    lesson: str | None = None
    position_s: float | None = None
    grade_band: GradeBand | None = None
    conversation_id: str | None = None
    caller: str | None = None
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """Where one numbered statement of an answer stands; `n` is the number in the text, `quote` the source's own words."""

    n: int
    passage_id: str
    doc_id: str
    title: str
    section: str | None
    page: int | None
    position_s: float | None
    url: str | None
    quote: str
    language: Language
    as_of: str | None
    score: float


@dataclass(frozen=True)
class Suggestion:
    """Something to ask next, which ends in ? or ？, or else to read: a title; and its document."""

    text: str
    doc_id: str | None


@dataclass(frozen=True)
class Answer:
    """One turn's reply. Only a grounded answer has citations; `[n]` in its text refers to them.

    `confidence` lies in 0..1, `timings_ms` maps a stage to milliseconds, `notice` is a line to show beside the answer.
    """

    answer_id: str
    conversation_id: str
    kind: Kind
    text: str
    language: Language
    citations: tuple[Citation, ...]
    confidence: float
    suggestions: tuple[Suggestion, ...]
    engine: str
    release: str
    timings_ms: dict[str, float]
    notice: str | None


@dataclass(frozen=True)
class Begun:
    """The first event, there before anything is searched for: the conversation that the turn belongs to and the release that it is answered from."""

    conversation_id: str
    release: str


@dataclass(frozen=True)
class Sources:
    """Every citation that the text so far and the next delta refer to: sent before any text, and again when a delta brings further ones.

    Numbers are given by first use and never change; a quote may grow until the answer is final.
    """

    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Delta:
    """A piece of the answer's text: whole sentences with their ``[n]``. All deltas joined are the answer's text."""

    text: str


@dataclass(frozen=True)
class Final:
    """The whole answer; the last event, and of an answer that is not grounded the only one after `Begun`."""

    answer: Answer


Event = Begun | Sources | Delta | Final
