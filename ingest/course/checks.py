"""What a lesson's front matter says beyond its text, put on its document: its place in the course, its goals, its check questions."""

import re
from dataclasses import replace

from ingest.course.lesson_schema import UNITS, Lesson
from ingest.course.questions import ChoiceQuestion, ExplainQuestion, NumberQuestion, Question, ShortQuestion
from knowledge_base.language import HAN
from knowledge_base.types import Check, Choice, Document, Idea

_CLOSE = re.compile(f"[{HAN}%°℃]")  # a unit that stands right behind its number


def with_checks(document: Document, lesson: Lesson) -> Document:
    """The lesson's document with them."""
    unit = UNITS.index(lesson.unit) + 1
    place = (("unit", lesson.unit), ("unit order", str(unit)), ("order", str(lesson.order)), *(("goal", goal) for goal in lesson.goals))
    return replace(document, metadata=(*document.metadata, *place), checks=tuple(map(_check, lesson.questions)))


def _check(question: Question) -> Check:
    check = Check(
        check_id=question.id,
        kind=question.kind,
        level=question.level,
        question=question.question,
        hint=question.hint,
        answer="",
        explanation=question.explanation,
        section=question.section,
        passage=question.passage,
    )
    match question:
        case ChoiceQuestion():
            right = next(choice.text for choice in question.choices if choice.right)
            return replace(check, answer=right, choices=tuple(Choice(choice.text, choice.misconception) for choice in question.choices))
        case NumberQuestion():
            return replace(
                check, answer=_written(question.value, question.unit), value=question.value, unit=question.unit, tolerance=question.tolerance
            )
        case ShortQuestion():
            return replace(check, answer=question.answer, ideas=tuple(Idea(tuple(group)) for group in question.accept))
        case ExplainQuestion():
            return replace(check, answer=question.answer, ideas=tuple(Idea(tuple(point.any), point.idea) for point in question.points))


def _written(value: float, unit: str) -> str:
    """A number with its unit: ``1.6 m/s²``, ``300,000 N``, ``1970年``."""
    number = f"{value:.12g}" if abs(value) < 10_000 else f"{value:,.12g}"
    return f"{number}{'' if _CLOSE.match(unit) else ' '}{unit}"
