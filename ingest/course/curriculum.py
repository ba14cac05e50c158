"""Whether the lessons make a course: each in both languages, the orders of a unit without gaps and twins, its vocabulary in the glossary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ingest.course.glossary import ReadTerm, folded
from ingest.course.lessons import ReadLesson
from ingest.types import Problem
from knowledge_base.types import Document


def misplaced(lessons: Sequence[ReadLesson], others: Iterable[Document]) -> Iterator[Problem]:
    """Two lessons in one place of a unit, and places before a lesson that are empty; `others` are documents that were not read and stay."""
    taken: dict[str, dict[int, str]] = defaultdict(dict)
    for document in others:
        said = dict(document.metadata)
        if document.kind == "lesson" and document.lesson and said.get("unit") and said.get("order", "").isdecimal():
            taken[said["unit"]][int(said["order"])] = document.lesson
    for one in lessons:
        lesson = one.lesson
        other = taken[lesson.unit].setdefault(lesson.order, lesson.lesson)
        if other != lesson.lesson:
            yield one.problem(f"order {lesson.order} of the unit {lesson.unit!r} is already that of {other!r}: give this lesson another", "order")
    for one in lessons:
        orders = taken[one.lesson.unit]
        gaps = [order for order in range(1, one.lesson.order) if order not in orders]
        if gaps and len(orders) > 1 and one.lesson.order == min(order for order in orders if order > gaps[0]):
            yield one.problem(f"the unit {one.lesson.unit!r} has no lesson of order {gaps[0]}: number its lessons without gaps", "order")


def unexplained(lessons: Sequence[ReadLesson], terms: Sequence[ReadTerm], documents: Iterable[Document]) -> Iterator[Problem]:
    """Words of lessons that no name of the glossary's is, and no concept's or mission's; where there is no glossary nothing is looked for."""
    if not terms:
        return
    known = {folded(name) for read in terms for name in read.term.names}
    known |= {folded(name) for one in documents if one.facts for name in (one.title, *one.aliases)}
    for one in lessons:
        for at, word in enumerate(one.lesson.vocabulary):
            if folded(word.term) not in known:
                yield one.problem(f"the word {word.term!r} is not in the glossary: add it there, or one of its aliases", "vocabulary", at)
