"""What stands on the wire: pydantic models of the requests and answers, and their translation from and to the rooms' own types."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from api.errors import NOT_FOUND, Refused
from api.fields import Name, Words
from api.standing import ANYONE, Caller
from knowledge_base.types import Document, Hit, Passage, Results
from knowledge_base.types import Kind as DocumentKind
from tutor.types import Answer, GradeBand, Kind, Language, Question


class Asked(BaseModel):
    """One question, and where the student stands."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"question": "Why do rockets have stages?", "language": "en", "lesson": "rockets", "grade_band": "4-6"}]},
    )

    question: Words
    language: Language | None = None
    course: Name | None = None
    lesson: Name | None = None
    position_s: float | None = Field(default=None, ge=0, allow_inf_nan=False, description="Seconds into the lesson's recording")
    grade_band: GradeBand | None = None
    conversation_id: Name | None = None
    client_message_id: Name | None = None

    def as_question(self, caller: Caller = ANYONE) -> Question:
        """The question as the tutor takes it; what is vouched for of the caller goes before what the body says.

        404 for a conversation that was made for another caller, as for one that never was.
        """
        if self.conversation_id is not None and not caller.owns(self.conversation_id):
            raise Refused(NOT_FOUND, "No conversation of yours has this id. Leave conversation_id out to begin a new one.", field="conversation_id")
        return Question(
            text=self.question,
            language=caller.language or self.language,
            course=caller.course or self.course,
            lesson=caller.lesson or self.lesson,
            position_s=self.position_s if self.position_s is not None else caller.position_s,
            grade_band=caller.grade_band or self.grade_band,
            conversation_id=self.conversation_id,
            caller=caller.pseudonym,
        )


class SearchFor(BaseModel):
    """What to search for, as an address carries it."""

    model_config = ConfigDict(extra="forbid")

    q: Words
    k: int = Field(default=5, ge=1, le=50)
    language: Language | None = None
    course: Name | None = None
    lesson: Name | None = None


class Told(BaseModel):
    """Read from the attributes of the frozen types inside; every key is always there."""

    model_config = ConfigDict(from_attributes=True)


class Cited(Told):
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


class Suggested(Told):
    text: str
    doc_id: str | None


class Answered(Told):
    """One answer; `[n]` in its text refers to the citation with that `n`."""

    answer_id: str
    conversation_id: str
    kind: Kind
    answer: str = Field(validation_alias="text")
    language: Language
    citations: list[Cited]
    confidence: float
    suggestions: list[Suggested]
    engine: str
    release: str
    timings_ms: dict[str, float]
    notice: str | None

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The tutor's answer."""
        return cls.model_validate(answer)


class _Shown(Told):
    """A passage as readers see it."""

    passage_id: str
    doc_id: str
    title: str
    section: str | None
    text: str
    language: Language
    kind: DocumentKind
    page: int | None
    position_s: float | None
    as_of: str | None


class Found(_Shown):
    """One passage found; `score` falls with rank and means nothing beyond its list."""

    score: float

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """A hit of a search."""
        return cls.model_validate(_shown(hit.passage, hit.document) | {"score": round(hit.score, 4)})


class SearchResults(BaseModel):
    """The passages nearest to a question, best first."""

    release: str
    hits: list[Found]

    @classmethod
    def of(cls, results: Results) -> Self:
        """The results of a search."""
        return cls(release=results.release, hits=[Found.of(hit) for hit in results.hits])


class Source(Told):
    """Where a document's statements come from."""

    title: str
    url: str | None
    date: str | None


class CitedPassage(_Shown):
    """A passage of the release, with what its document rests on."""

    release: str
    sources: list[Source]

    @classmethod
    def of(cls, passage: Passage, document: Document, release: str) -> Self:
        """A passage of `release` with its document."""
        return cls.model_validate(_shown(passage, document) | {"release": release, "sources": document.origins})


class Alive(BaseModel):
    """The process lives."""

    alive: bool = True


class Ready(BaseModel):
    """Questions are answered, from this release."""

    ready: bool = True
    release: str


def _shown(passage: Passage, document: Document) -> dict[str, object]:
    return {
        "passage_id": passage.passage_id,
        "doc_id": document.doc_id,
        "title": document.title,
        "section": " / ".join(passage.headings(document)) or None,
        "text": passage.text,
        "language": document.language,
        "kind": document.kind,
        "page": passage.page,
        "position_s": passage.position_s,
        "as_of": passage.as_of or document.as_of,
    }
