"""Where in the course a student stands: the open lesson, the second of its recording, and the lessons that come before it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.language import detect
from knowledge_base.library import Reader
from knowledge_base.types import Document, Filters, Hit
from tutor.lesson.recording import Recording, recording_of
from tutor.types import Language, Question

STEP_S = 5.0  # positions are taken in steps, about one sentence long: who watches the same minute gets the same answer
LESSONS = ("lesson", "transcript", "file")  # kinds of what is opened and read
LAST = (1_000, 0)  # where a lesson stands that says no place
# What is added to a hit's score. Of five values of OPEN from 0 to 0.12 this one gave most right answers to the 225 golden questions that a lesson
# answers, asked in that lesson (153 without a lesson, 162 there), and cost three in all when the lesson before or behind it, or another unit's, was.
OPEN = 0.08
EARLIER = 0.01
NEAR = 0.06  # more, for what is told at this very moment; half of it and twice as much did no better
REACH_S = 180.0  # from the moment, where what is told is near it no more


@dataclass(frozen=True)
class Place:
    """The open lesson by its id, its recording and the second in it where there are any; `earlier` are ids of lessons before it in the course.

    `opened` is the id that it was asked for by, its own or that of its document; `texts` are its documents in each language, not its recordings.
    """

    lesson: str
    opened: str
    texts: tuple[Document, ...] = ()
    earlier: frozenset[str] = frozenset()
    recording: Recording | None = None
    position_s: float | None = None

    def text(self, language: Language) -> Document | None:
        """The lesson's document in this language, else in the other; None where it is a recording alone."""
        return next((one for one in self.texts if one.language == language), next(iter(self.texts), None))

    def preferred(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, those of the open lesson and of this moment raised above their like, then those of earlier lessons."""
        raised = [replace(hit, score=hit.score + self._bonus(hit)) for hit in hits]
        return sorted(raised, key=lambda hit: -hit.score)

    def _bonus(self, hit: Hit) -> float:
        lesson = name_of(hit.document)
        if lesson != self.lesson:
            return EARLIER if lesson in self.earlier else 0.0
        return OPEN + NEAR * self._nearness(hit)

    def _nearness(self, hit: Hit) -> float:
        """1 for what is told now, 0 for the lesson's text and what is told minutes away."""
        if self.recording is None or self.position_s is None or hit.document.doc_id != self.recording.document.doc_id:
            return 0.0
        return max(0.0, 1.0 - self.recording.distance_s(hit.passage.passage_id, self.position_s) / REACH_S)


@dataclass(frozen=True)
class _Lesson:
    """A lesson's documents, its recordings by language; `order` is its place in the course."""

    name: str
    order: tuple[int, int]
    texts: tuple[Document, ...]
    recordings: dict[Language, Recording]


class Lessons:
    """The lessons of a release, by their ids and by those of their documents."""

    def __init__(self, reader: Reader) -> None:
        self._documents = {one.doc_id.casefold(): one for one in reader.documents.values() if one.kind in LESSONS}
        self._lessons = {name.casefold(): _lesson(name, documents, reader) for name, documents in self._by_lesson().items()}

    def standing(self, question: Question) -> Question:
        """The question with what counts of its place: a lesson that the release holds, a second of its recording in steps; else neither."""
        place = self.place(question)
        if place is None:
            return replace(question, lesson=None, position_s=None)
        return replace(question, lesson=place.opened, position_s=place.position_s)

    def place(self, question: Question) -> Place | None:
        """Where the question is asked; None without a lesson that the release holds, in the course that is asked of.

        The id of a document says which recording runs; that of a lesson leaves it to the language of the reply.
        """
        wanted = (question.lesson or "").strip().casefold()
        document = self._documents.get(wanted)
        lesson = self._lessons.get(name_of(document).casefold() if document is not None else wanted)
        if lesson is None or not all(Filters(course=question.course).admits(one) for one in lesson.texts):
            return None
        language = document.language if document is not None else question.language or detect(question.text)
        recording = lesson.recordings.get(language)
        earlier = frozenset(one.name for one in self._lessons.values() if one.order < lesson.order)
        opened = document.doc_id if document is not None else lesson.name
        return Place(lesson.name, opened, lesson.texts, earlier, recording, _step(recording, question.position_s))

    def _by_lesson(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = {}
        for document in self._documents.values():
            found.setdefault(name_of(document), []).append(document)
        return found


def name_of(document: Document) -> str:
    """The lesson that a document belongs to: itself where it says none."""
    return document.lesson or document.doc_id


def _lesson(name: str, documents: Sequence[Document], reader: Reader) -> _Lesson:
    told = (recording_of(one, reader.passages_of(one.doc_id)) for one in documents if one.kind == "transcript")
    texts = tuple(one for one in documents if one.kind != "transcript")
    order = min(map(_order, texts), default=LAST)
    return _Lesson(name, order, texts, {one.document.language: one for one in told if one is not None})


def _order(document: Document) -> tuple[int, int]:
    said = dict(document.metadata)
    unit, order = said.get("unit order", ""), said.get("order", "")
    return (int(unit), int(order)) if unit.isdecimal() and order.isdecimal() else LAST


def _step(recording: Recording | None, position_s: float | None) -> float | None:
    """The second in steps, up to the next one so that nothing just heard is lost, and within the recording."""
    if recording is None or position_s is None:
        return None
    return min(math.ceil(position_s / STEP_S) * STEP_S, recording.end_s)
