"""Whether a course's lessons keep their word: check questions answered where they say, one lesson the same in both languages, prerequisites there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.course.figures import lacking
from ingest.course.lesson_schema import Lesson
from ingest.course.questions import NumberQuestion, Question
from ingest.course.schema import line_of
from ingest.types import Block, Problem
from knowledge_base.types import Document

SAME = ("unit", "order", "grade_band", "prerequisites")  # in both languages
_LINK = re.compile(r"\]\([^()]*\)")
_BEGINNING = 40  # letters by which a sentence is known


@dataclass(frozen=True)
class ReadLesson:
    """A lesson as read from the file at `path`, with the lines of its keys and its text; `body` is that as written, `body_line` its first line."""

    path: str
    lesson: Lesson
    lines: Mapping[str, int]
    blocks: Sequence[Block]
    body: str = ""
    body_line: int = 1

    def line_of_text(self, sentence: str) -> int:
        """The line of the text in which a sentence begins; the text's first where it is not found."""
        begins = _bare(sentence)[:_BEGINNING]
        found = (at for at, line in enumerate(self.body.split("\n")) if begins in _bare(line))
        return self.body_line + next(found, 0)

    def problem(self, what: str, *place: int | str) -> Problem:
        """With the line of the place named, a key and perhaps an item's number."""
        return Problem(self.path, line_of(place, self.lines, 1), what)


def unsound(lessons: Sequence[ReadLesson], others: Iterable[Document]) -> Iterator[Problem]:
    """What breaks a lesson though each of its keys is well formed; `others` are documents that were not read and stay."""
    there = {one.lesson.lesson for one in lessons} | {document.lesson for document in others if document.kind == "lesson"}
    for one in lessons:
        yield from chain.from_iterable(_unfounded(one, at, question) for at, question in enumerate(one.lesson.questions))
        yield from _prerequisites(one, there)
    for one, other in _pairs(lessons):
        yield from _differing(one, other)


def _unfounded(one: ReadLesson, at: int, question: Question) -> Iterator[Problem]:
    """That the section, its passage, or in it the number that is the answer, is not there."""
    told = _plain(" ".join(block.text for block in one.blocks if question.section in block.section))
    if not told:
        yield one.problem(f"{question.id}: no section has the heading {question.section!r}: copy it from the body", "questions", at)
    elif _plain(question.passage) not in told:
        yield one.problem(
            f"{question.id}: its passage does not stand in the section {question.section!r}: copy it from there, word for word", "questions", at
        )
    if isinstance(question, NumberQuestion) and lacking(question.value, question.passage) and lacking(question.value, question.explanation):
        yield one.problem(
            f"{question.id}: neither its passage nor its explanation tells {question.value!r}: quote it, or show how it is computed", "questions", at
        )


def _bare(text: str) -> str:
    """Its letters and digits alone, links without their targets."""
    return "".join(filter(str.isalnum, _LINK.sub("", text)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _prerequisites(one: ReadLesson, there: set[str | None]) -> Iterator[Problem]:
    """Where no lesson but this one is there, only a part of the course is looked at."""
    for prerequisite in one.lesson.prerequisites:
        if prerequisite == one.lesson.lesson:
            yield one.problem(f"the lesson {prerequisite!r} is its own prerequisite", "prerequisites")
        elif prerequisite not in there and len(there) > 1:
            yield one.problem(f"the prerequisite {prerequisite!r} is no lesson of the course: correct its id, or add its files", "prerequisites")


def _pairs(lessons: Sequence[ReadLesson]) -> Iterator[tuple[ReadLesson, ReadLesson]]:
    """Each lesson's second language with its first."""
    first: dict[str, ReadLesson] = {}
    for one in lessons:
        other = first.setdefault(one.lesson.lesson, one)
        if other is not one:
            yield one, other


def _differing(one: ReadLesson, other: ReadLesson) -> Iterator[Problem]:
    for key in SAME:
        ours, theirs = getattr(one.lesson, key), getattr(other.lesson, key)
        if ours != theirs:
            yield one.problem(f"{key} is {ours!r} here and {theirs!r} in {other.path}: make them agree", key)
    asked = {question.id: question for question in other.lesson.questions}
    for at, question in enumerate(one.lesson.questions):
        pair = asked.pop(question.id, None)
        if pair is None:
            yield one.problem(f"{question.id} is not asked in {other.path}: ask it there too", "questions", at)
        elif _marked_by(question) != _marked_by(pair):
            yield one.problem(
                f"{question.id} is {_marked_by(question)} here and {_marked_by(pair)} in {other.path}: make them agree", "questions", at
            )
    for missing in asked:
        yield one.problem(f"{missing} is asked in {other.path} only: ask it here too", "questions")


def _marked_by(question: Question) -> str:
    """What a question's two languages share."""
    number = f" of {question.value!r} ± {question.tolerance:g}" if isinstance(question, NumberQuestion) else ""
    return f"a {question.kind} question of level {question.level}{number}"
