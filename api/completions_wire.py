"""What stands on the wire of the OpenAI-compatible face: requests as its clients send them, answers as they read them."""

import secrets
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.fields import Name
from api.wire import Answered
from tutor.types import Answer, Citation, GradeBand, Language, Question

MODEL = "navigator"
_ABSENT: Any = Field(default=None, exclude_if=lambda value: value is None)
_SOURCES: dict[Language, str] = {"en": "Sources: {}", "zh": "出处：{}"}
_BETWEEN: dict[Language, tuple[str, str]] = {"en": (", ", "; "), "zh": ("，", "；")}  # what is told of one source, and the sources


class Part(BaseModel):
    """A piece of a message's content; of those of the question all must be of type `text`."""

    type: str
    text: str | None = None


def _parts(content: object) -> object:
    """Content as pieces: it comes as text, as pieces, or not at all."""
    return [] if content is None else [{"type": "text", "text": content}] if isinstance(content, str) else content


Content = Annotated[list[Part], BeforeValidator(_parts, json_schema_input_type=str | list[Part] | None)]


class Message(BaseModel):
    """One message of the conversation; only those of role `user` are read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Content = Field(default_factory=list)

    @property
    def text(self) -> str:
        """What is said in it, its pieces joined."""
        return "\n".join(part.text for part in self.content if part.text is not None)


def _unserved(value: Any) -> Any:
    if value:
        raise PydanticCustomError("text", "asks for what this tutor does not do: leave it out")
    return value


Empty = Annotated[list[JsonValue] | None, AfterValidator(_unserved), WithJsonSchema({"enum": [[], None]})]
Off = Annotated[bool | None, AfterValidator(_unserved), WithJsonSchema({"enum": [False, None]})]


class Format(BaseModel):
    """The form of the answer, which is text."""

    type: Literal["text"]


class StreamOptions(BaseModel):
    """Whether the last chunk before the end tells the usage."""

    model_config = ConfigDict(strict=True)

    include_usage: bool | None = None


class Standing(BaseModel):
    """Where the student stands, as in /v1/ask; what a token says goes before it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    language: Language | None = None
    course: Name | None = None
    lesson: Name | None = None
    position_s: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    grade_band: GradeBand | None = None


class CompletionRequest(BaseModel):
    """A conversation whose last message of role `user` is the question.

    Whatever steers a language model (`temperature`, `max_tokens`, `stop`, `seed`, ...) is accepted and of no effect, as is `user`.
    """

    model_config = ConfigDict(strict=True)

    model: str
    messages: list[Message]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    response_format: Format | None = None
    tools: Empty = None
    functions: Empty = None
    logprobs: Off = None
    navigator: Standing | None = None

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with its usage."""
        return self.stream_options is not None and self.stream_options.include_usage is True


class Usage(BaseModel):
    """Characters, for no tokens are counted here: those of the question, and those of the answer's content."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, question: Question, content: str) -> Self:
        """What one answer counts."""
        asked, said = len(question.text), len(content)
        return cls(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


class Said(BaseModel):
    """The answer, with a line of its sources; `navigator` is the same answer as /v1/ask gives it."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    navigator: Answered


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: Said
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """An answer as a whole."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Seconds since 1970")
    model: str = MODEL
    choices: list[Choice]
    usage: Usage

    @classmethod
    def of(cls, question: Question, answer: Answer, created: int) -> Self:
        """The tutor's answer."""
        content = answer.text + tail(answer)
        message = Said(content=content, navigator=Answered.of(answer))
        return cls(id=new_id(), created=created, choices=[Choice(message=message)], usage=Usage.of(question, content))


class Piece(BaseModel):
    """A piece of the answer; `navigator` stands in the last one."""

    role: Literal["assistant"] | None = _ABSENT
    content: str | None = _ABSENT
    navigator: Answered | None = _ABSENT


class ChunkChoice(BaseModel):
    """A piece of the one answer."""

    index: Literal[0] = 0
    delta: Piece
    finish_reason: Literal["stop"] | None = None


class Chunk(BaseModel):
    """One event of a streamed answer. The one that tells the usage has no choices."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str = MODEL
    choices: list[ChunkChoice]
    usage: Usage | None = _ABSENT


class Model(BaseModel):
    """What answers; it has no date."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "navigator"


class Models(BaseModel):
    """The one model that there is."""

    object: Literal["list"] = "list"
    data: list[Model] = Field(default_factory=lambda: [Model()])


def new_id() -> str:
    """An id for one completion; the answer's own stands in `navigator`."""
    return f"chatcmpl-{secrets.token_urlsafe(12)}"


def tail(answer: Answer) -> str:
    """What a client that knows of no citations shows below the answer: its sources in one line, and that a machine made it."""
    within, between = _BETWEEN[answer.language]
    sources = between.join(_source(citation, within) for citation in answer.citations)
    lines = [_SOURCES[answer.language].format(sources) if sources else None, answer.notice]
    return "".join(f"\n\n{line}" for line in lines if line)


def _source(citation: Citation, comma: str) -> str:
    """As in "[1] How rockets work, Stages, 2026-05-24"."""
    told = (citation.title, citation.section, citation.as_of, citation.url)
    return f"[{citation.n}] {comma.join(one for one in told if one)}"
