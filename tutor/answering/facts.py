"""The one fact that answers a question: a field of a mission, told by its file's own sentence."""

from collections.abc import Iterable, Mapping, Sequence

from knowledge_base.types import Document, Fact
from knowledge_base.words import words
from tutor.answering.asked import Asked
from tutor.question.comparisons import compares
from tutor.question.counted import counted
from tutor.question.dimensions import asked_dimension
from tutor.question.fields import asked_field
from tutor.question.names import missions_of, people_of
from tutor.question.parts import asked_parts
from tutor.question.quantities import asked_quantity
from tutor.question.wants import wanted
from tutor.types import Language


class Facts:
    """The documents of a release that tell facts."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._missions = missions_of(documents.values())
        self._people = people_of(documents.values(), self._missions)

    def asked(self, question: str, language: Language) -> Asked:
        """Reads a question. One that names two missions asks for no field of one; a person stands for the mission flown, where none is named."""
        subjects = self._missions.named(question) or self._people.named(question)
        document = self._documents.get(f"{next(iter(subjects))}.{language}") if len(subjects) == 1 else None
        of_figure, count = asked_quantity(question) is not None, counted(question)
        of_field = not of_figure and len(subjects) < 2 and wanted(question) != "reason"
        measures = document is not None and (of_figure or count is not None)
        return Asked(
            question,
            self._missions,
            subjects,
            document,
            field=asked_field(question) if of_field else None,
            counted=count,
            of_figure=of_figure,
            dimension=asked_dimension(question),
            parts=asked_parts(question, self._missions) if measures or compares(question) else (),
        )

    def documents_of(self, subjects: Iterable[str]) -> list[str]:
        """Ids of the documents about the subjects, in both languages."""
        return [doc_id for subject in subjects for doc_id in (f"{subject}.en", f"{subject}.zh") if doc_id in self._documents]


def told(asked: Asked, question: Sequence[str]) -> Fact | None:
    """The fact that tells the field, sharing most of the question's words; None when the mission's file does not tell it."""
    if asked.document is None or asked.field is None:
        return None
    for mark in asked.field.facts:
        fitting = [fact for fact in asked.document.facts if fact.field.startswith(mark) and asked.tells(fact.sentence)]
        if fitting:
            return max(fitting, key=lambda fact: len(set(question) & set(words(fact.sentence))))
    return None
