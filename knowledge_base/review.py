"""Golden questions and what asking them of two releases shows: which answers, citations and refusals a publication would change."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from knowledge_base.language import Language
from knowledge_base.release.layout import DataFolder

Aspect = Literal["kind", "answer", "citations"]


@dataclass(frozen=True)
class GoldenQuestion:
    """A question with what a right answer holds, one alternative of each inner group, or the mark that it must be refused.

    `sources` name lessons, missions or concepts; a citation of a document of one of them is a right one. `corrects` name those that set
    a false premise right: an answer that cites one is as right as a refusal. `after` is the question asked just before it in the same conversation.
    """

    question_id: str
    question: str
    language: Language
    refuse: bool = False
    contains: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    after: str | None = None


@dataclass(frozen=True)
class CitedQuote:
    """What one citation of an answer quotes, and where that stands."""

    doc_id: str
    title: str
    quote: str


@dataclass(frozen=True)
class GoldenAnswer:
    """What one release answers to a golden question, and whether that is right."""

    kind: str
    answer: str
    citations: tuple[CitedQuote, ...]
    right: bool


@dataclass(frozen=True)
class AnswerChange:
    """A golden question whose answer differs between two releases; `before` is None where nothing was published."""

    question: GoldenQuestion
    before: GoldenAnswer | None
    after: GoldenAnswer
    differs: tuple[Aspect, ...]


@dataclass(frozen=True)
class Review:
    """All golden questions asked of a candidate (`after`) and of the published release (`before`); `failing` are ids that `after` gets wrong."""

    before: str | None
    after: str
    questions: int
    right_before: int | None
    right: int
    failing: tuple[str, ...]
    changes: tuple[AnswerChange, ...]


def save_review(data: DataFolder, review: Review) -> Path:
    """Writes a review as JSON beside those of other releases, under the id of its candidate; in one atomic step."""
    data.reviews.mkdir(parents=True, exist_ok=True)
    path = data.reviews / f"{review.after}.json"
    temporary = data.reviews / f"{review.after}.new.json"
    temporary.write_text(json.dumps(asdict(review), ensure_ascii=False), encoding="utf-8")
    temporary.replace(path)
    return path
