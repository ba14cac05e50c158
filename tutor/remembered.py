"""What the memory takes in and gives out. All times are aware and in UTC; callers are pseudonyms, and what they wrote is masked."""

import datetime as dt
from dataclasses import dataclass

from tutor.types import Answer, Citation, Kind, Language


@dataclass(frozen=True)
class Exchange:
    """A turn as a follow-up needs it: what was asked, as it is kept, how it was answered, and the document that the answer rests on."""

    answer_id: str
    asked_at: dt.datetime
    question: str
    kind: Kind
    language: Language
    topic: str | None


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it is kept, to show its sources once more. Of passages withdrawn since nothing is left: not the citations, nor the text."""

    answer_id: str
    asked_at: dt.datetime
    kind: Kind
    language: Language
    text: str
    citations: tuple[Citation, ...]

    def citation(self, n: int) -> Citation | None:
        """The citation of that number."""
        return next((citation for citation in self.citations if citation.n == n), None)


@dataclass(frozen=True)
class Turn:
    """One answered question as it is kept. `conversation` is the conversation's key, of which the id shown cannot be told."""

    caller: str
    conversation: str
    asked_at: dt.datetime
    question: str
    lesson: str | None
    grade_band: str | None
    answer: Answer

    @property
    def topic(self) -> str | None:
        """The document that the answer rests on, or that came nearest."""
        cited = (citation.doc_id for citation in self.answer.citations)
        nearest = (suggestion.doc_id for suggestion in self.answer.suggestions)
        return next((doc_id for doc_id in (*cited, *nearest) if doc_id is not None), None)

    @property
    def exchange(self) -> Exchange:
        """What a follow-up needs of it."""
        answer = self.answer
        return Exchange(answer.answer_id, self.asked_at, self.question, answer.kind, answer.language, self.topic)


@dataclass(frozen=True)
class Judgement:
    """Whether an answer helped the one who asked, and what that one says of it."""

    answer_id: str
    helpful: bool
    comment: str | None
    at: dt.datetime


@dataclass(frozen=True)
class RefusedQuestion:
    """A question that the course had no answer to; `topic` is the id of the document that came nearest."""

    answer_id: str
    caller: str
    asked_at: dt.datetime
    language: Language
    question: str
    topic: str | None


@dataclass(frozen=True)
class JudgedAnswer:
    """A judgement, and of what kind of answer about which document."""

    judgement: Judgement
    kind: Kind
    language: Language
    topic: str | None


@dataclass(frozen=True)
class Gap:
    """What students asked alike and the course has no answer to.

    `doc_id` and `topic` are the nearest document and its title, where there is one; `callers` counts different ones;
    `wording` is that of the most typical question, and None unless three callers asked alike.
    """

    doc_id: str | None
    topic: str | None
    count: int
    callers: int
    newest: dt.datetime
    languages: tuple[Language, ...]
    wording: str | None


@dataclass(frozen=True)
class Tally:
    """How many of the answers about one document helped and how many did not; without a document, the rest."""

    doc_id: str | None
    topic: str | None
    helpful: int
    unhelpful: int


@dataclass(frozen=True)
class Comment:
    """One judgement as staff see it: its masked comment, the kind of the answer and its document. Who gave it is not told."""

    at: dt.datetime
    helpful: bool
    comment: str | None
    kind: Kind
    language: Language
    doc_id: str | None
    topic: str | None


@dataclass(frozen=True)
class Feedback:
    """What callers thought of the answers kept: tallies, those with most unhelpful answers first, and the newest judgements."""

    tallies: tuple[Tally, ...]
    comments: tuple[Comment, ...]
