"""What crosses this room's walls: documents and passages in, hits out. All frozen; offsets count characters."""

from dataclasses import dataclass, field
from typing import Literal

from knowledge_base.language import Language

Kind = Literal["lesson", "fact", "glossary", "transcript", "file"]
CheckKind = Literal["choice", "number", "short", "explain"]


@dataclass(frozen=True)
class Origin:
    """Where a document's statements come from: a page, a book, a dated report."""

    title: str
    url: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Fact:
    """A field of a mission or concept, such as its crew, and the sentence of the document's passages that tells it.

    `date` is the day, month or year (2021-05-14, 2021-05, 2021) when it happened or, of a status, to which it held.
    """

    field: str
    sentence: str
    date: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer to choose; a wrong one has the misconception that it stands for, the right one None."""

    text: str
    misconception: str | None = None


@dataclass(frozen=True)
class Idea:
    """What a reply must hold, told by any one of the `words`; `told` names it where it may be named to who left it out."""

    words: tuple[str, ...]
    told: str | None = None


@dataclass(frozen=True)
class Check:
    """A lesson's question to its reader, with its answer: never a passage, never found by a search.

    `passage` is the sentence under the heading `section` that supports the answer. Choice: `choices`, one right. Number: `value` in `unit`,
    right within the relative `tolerance`. Short and explain: `ideas`.
    """

    check_id: str
    kind: CheckKind
    level: int
    question: str
    hint: str
    answer: str
    explanation: str
    section: str
    passage: str
    choices: tuple[Choice, ...] = ()
    value: float | None = None
    unit: str | None = None
    tolerance: float = 0.0
    ideas: tuple[Idea, ...] = ()


@dataclass(frozen=True)
class FrequentQuestion:
    """What students often ask, in some of their wordings, and the document's sentences, in order, that answer each of them; white space is plain."""

    wordings: tuple[str, ...]
    sentences: tuple[str, ...]

    def shown(self, language: Language) -> str | None:
        """The wording to show to students: the first that is written as a question, and with a capital letter if any; None where none is."""
        written = next((one for one in self.wordings if one.endswith(("?", "？")) and not one[0].islower()), None)
        return f"{self.wordings[0]}？" if written is None and language == "zh" else written


@dataclass(frozen=True)
class Document:
    """One text of the course. `doc_id` is its identity for life; `content_hash` says whether it changed.

    `as_of` is the date to which its facts hold; `aliases` are other names that find it; `facts` say which sentence tells which field;
    `checks` are a lesson's questions to its reader, `faq` its readers' to the school; `metadata` keeps what no field names.
    """

    doc_id: str
    title: str
    language: Language
    kind: Kind
    source: str
    path: str
    content_hash: str
    lesson: str | None = None
    course: str | None = None
    grade_band: str | None = None
    as_of: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    facts: tuple[Fact, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    checks: tuple[Check, ...] = field(default=(), repr=False)
    faq: tuple[FrequentQuestion, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Passage:
    """A run of whole sentences under one heading path.

    `sentences` are offsets into `text`; `start` is where `text` begins in the document's own text; `as_of` overrides the document's.
    """

    passage_id: str
    doc_id: str
    section: tuple[str, ...]
    text: str
    start: int
    sentences: tuple[tuple[int, int], ...]
    page: int | None = None
    position_s: float | None = None
    as_of: str | None = None

    def headings(self, document: Document) -> tuple[str, ...]:
        """The heading path without the document's own title, which a text often repeats as its first heading."""
        return tuple(heading for heading in self.section if heading != document.title)

    def sentence_texts(self) -> tuple[str, ...]:
        """The sentences themselves, in order."""
        return tuple(self.text[start:end] for start, end in self.sentences)


@dataclass(frozen=True)
class Filters:
    """Which documents a search may answer from; None admits all."""

    language: Language | None = None
    course: str | None = None
    lesson: str | None = None

    def admits(self, document: Document) -> bool:
        """Whether a hit from `document` may be shown."""
        return (
            self.language in (None, document.language)
            and self.course in (None, document.course)
            and self.lesson in (None, document.lesson, document.doc_id)
        )


@dataclass(frozen=True)
class Evidence:
    """How strongly one passage speaks to one question, in figures that do not grow with the corpus.

    Cosines of the passage and of its best sentence lie in -1..1. `coverage` is the share (0..1) of the question's words, weighted by
    their rarity, that the passage holds; `lexical` is its BM25 score divided by the most that the question's words could give.
    `unknown`, the same for all of a question's hits, is the share of its words that the release never uses. `neighbours` is the mean
    cosine of the passages before and behind it in its document, its own where there is none.
    """

    passage_cosine: float
    sentence_cosine: float
    lexical: float
    coverage: float
    unknown: float
    neighbours: float = 0.0


@dataclass(frozen=True)
class Likeness:
    """How like a question is to one that is often asked, in figures that do not grow with the course; `FaqWeights` weigh them in this order.

    Cosines (-1..1) to the nearest of its wordings, to all of them in the mean, and to the sentences that answer it; shares (0..1) of the
    question's words, weighed by their rarity, that stand in its wordings or its answer, in the answer alone, and in its nearest wording.
    """

    nearest: float
    mean: float
    answer: float
    known: float
    told: float
    shared: float


@dataclass(frozen=True)
class Hit:
    """A passage found for a question, with its document and the evidence; `score` falls with rank."""

    passage: Passage
    document: Document
    score: float
    evidence: Evidence
    sentence_cosines: tuple[float, ...] = field(repr=False)


@dataclass(frozen=True)
class Results:
    """The hits for one question, best first, and the release they came from."""

    release: str
    hits: tuple[Hit, ...]
