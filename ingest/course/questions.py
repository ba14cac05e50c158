"""A lesson's check questions as its front matter holds them, by kind."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ingest.course.schema import Id, Strict

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class _Question(Strict):
    """What every kind has: `section` is the lesson's heading that answers it, `passage` the sentence there that supports the answer."""

    id: Id
    level: Literal[1, 2, 3]
    question: Line
    hint: Line
    explanation: Line
    section: Line
    passage: Line


class Choice(Strict):
    """One choice: either the right one, or the misconception that it stands for."""

    text: Line
    right: Literal[True] | None = None
    misconception: Line | None = None

    @model_validator(mode="after")
    def _right_or_mistaken(self) -> "Choice":
        if (self.right is None) == (self.misconception is None):
            raise ValueError("a choice is either right: true or has a misconception")
        return self


class ChoiceQuestion(_Question):
    kind: Literal["choice"]
    choices: list[Choice] = Field(min_length=3, max_length=4)

    @model_validator(mode="after")
    def _one_right(self) -> "ChoiceQuestion":
        if sum(choice.right is not None for choice in self.choices) != 1:
            raise ValueError("exactly one choice is right")
        if len({choice.text.casefold() for choice in self.choices}) < len(self.choices):
            raise ValueError("two choices have the same text")
        return self


class NumberQuestion(_Question):
    """`unit` as the lesson writes it; `tolerance` is relative, 0 for an exact number."""

    kind: Literal["number"]
    value: Annotated[float, Field(strict=True, allow_inf_nan=False)]
    unit: Line
    tolerance: Annotated[float, Field(ge=0, le=1)]


Alternatives = Annotated[list[Line], Field(min_length=1)]


class ShortQuestion(_Question):
    """A right reply holds one alternative of each group of `accept`."""

    kind: Literal["short"]
    answer: Line
    accept: list[Alternatives] = Field(min_length=1)


class Point(Strict):
    """An idea that a full answer holds, and the words that tell it."""

    idea: Line
    any: Alternatives


class ExplainQuestion(_Question):
    kind: Literal["explain"]
    answer: Line
    points: list[Point] = Field(min_length=1)


Question = Annotated[ChoiceQuestion | NumberQuestion | ShortQuestion | ExplainQuestion, Field(discriminator="kind")]
