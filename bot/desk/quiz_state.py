"""Where a person is in a quiz, as it is written down between two messages."""

from dataclasses import asdict, replace
from json import dumps
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from tutor.practice.types import Verdict
from tutor.types import Language

_Count = Annotated[int, Field(ge=0, le=10_000)]
_Name = Annotated[str, Field(max_length=1_000)]


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Quiz:
    """`place` is the place's pseudonym, `doc_id` the lesson's document, `check_id` the question that is open, number `at` from 0.

    `tried` says whether it has been answered wrongly once.
    """

    place: _Name
    doc_id: _Name
    lesson: _Name
    language: Language
    check_id: _Name
    at: _Count = 0
    tried: bool = False
    right: _Count = 0
    partly: _Count = 0

    def written(self) -> str:
        """As JSON, which `read` reads."""
        return dumps(asdict(self), ensure_ascii=False)

    def again(self) -> "Quiz":
        """The same question, tried once."""
        return replace(self, tried=True)

    def onward(self, verdict: Verdict, check_id: str) -> "Quiz":
        """The next question, after this verdict."""
        counted = self.counted(verdict)
        return replace(counted, at=self.at + 1, check_id=check_id, tried=False)

    def counted(self, verdict: Verdict) -> "Quiz":
        """With the verdict in the score."""
        return replace(self, right=self.right + (verdict == "right"), partly=self.partly + (verdict == "partly"))


_ADAPTER = TypeAdapter(Quiz)


def read(text: str | None) -> Quiz | None:
    """What `written` wrote; None for nothing, and for what another version wrote."""
    try:
        return _ADAPTER.validate_json(text) if text is not None else None
    except ValidationError:
        return None
