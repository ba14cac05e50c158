"""What a course's lesson must say in its front matter."""

import re
from typing import Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from ingest.course.questions import Line, Question
from ingest.course.schema import Day, Id, Source, Strict, Text

KINDS = 3  # of check questions, at least, in a lesson
Unit = Literal["getting-to-space", "moon-and-mars", "people-and-stations", "eyes-signals-flight"]
UNITS: tuple[Unit, ...] = get_args(Unit)  # in the order in which they are taught


class Term(Strict):
    """A word of the lesson, the same in the other language, and its meaning in a sentence of the lesson's language."""

    term: Line
    other: Line
    meaning: Line


class Lesson(Strict):
    """A lesson's front matter: `order` counts within its unit; each goal goes on from "You can ..." or “你能……”."""

    id: Id
    lesson: Id
    title: Text
    language: Literal["en", "zh"]
    grade_band: Literal["1-3", "4-6", "7-9", "10-12"]
    missions: list[Id] = Field(default=[])
    concepts: list[Id] = Field(default=[])
    as_of: Day
    sources: list[Source] = Field(min_length=1)
    course: Id | None = None
    valid_until: Day | None = None
    unit: Unit
    order: int = Field(ge=1, le=6)
    goals: list[Line] = Field(min_length=2, max_length=5)
    prerequisites: list[Id]
    vocabulary: list[Term] = Field(min_length=4, max_length=10)
    questions: list[Question] = Field(min_length=5)

    @field_validator("questions")
    @classmethod
    def _numbered_and_of_several_kinds(cls, questions: list[Question], info: ValidationInfo) -> list[Question]:
        lesson, ids = info.data.get("lesson"), [question.id for question in questions]
        for one in ids:
            if lesson is not None and not re.fullmatch(rf"{re.escape(lesson)}-[1-9]\d*", one):
                raise ValueError(f"the id {one!r} is not of the form {lesson}-1")
            if ids.count(one) > 1:
                raise ValueError(f"the id {one!r} is given to two questions")
        if len({question.kind for question in questions}) < KINDS:
            raise ValueError(f"at least {KINDS} kinds of questions are expected among choice, number, short and explain")
        return questions
