"""What a question asks of the course's facts, and the one fact that answers it: a field of a mission, told by its file's own sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.types import Document, Fact, Hit
from knowledge_base.words import words
from tutor.question.counted import counted, tells_count
from tutor.question.dimensions import Dimension, asked_dimension
from tutor.question.fields import Field, asked_field
from tutor.question.names import Names, subject_of
from tutor.question.quantities import asked_quantity
from tutor.types import Language


@dataclass(frozen=True)
class Asked:
    """The missions that a question names, the field that it asks for and the thing that it wants counted; each may be missing."""

    names: Names
    subjects: frozenset[str]
    document: Document | None  # of the one mission named, in the reply's language
    field: Field | None
    counted: str | None
    of_figure: bool
    dimension: Dimension | None = None

    def fits(self, hit: Hit, sentence: str) -> bool:
        """Whether a sentence may answer: it tells what is asked, of a mission that is asked about. A course without missions is not judged."""
        return not self.names or (self._belongs(hit, sentence) and self._tells(sentence))

    def _tells(self, sentence: str) -> bool:
        if self.dimension is not None and not self.dimension.tells(sentence):
            return False
        return (self.counted is None or tells_count(sentence, self.counted)) and (self.field is None or self.field.tells(sentence))

    def _belongs(self, hit: Hit, sentence: str) -> bool:
        if not self.subjects or subject_of(hit.document) in self.subjects:
            return True
        named = self.names.named(sentence)
        if named & self.subjects:
            return True
        exact = self.of_figure or self.field is not None
        return not (named and exact) and bool(self.names.named("\n".join([*hit.passage.section, hit.passage.text])) & self.subjects)


class Facts:
    """The documents of a release that tell facts."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._names = Names(documents.values())

    def asked(self, question: str, language: Language) -> Asked:
        """Reads a question; one that names two missions asks for no field of one."""
        subjects = self._names.named(question)
        document = self._documents.get(f"{next(iter(subjects))}.{language}") if len(subjects) == 1 else None
        quantity = asked_quantity(question)
        field = asked_field(question) if quantity is None and len(subjects) < 2 else None
        return Asked(self._names, subjects, document, field, counted(question), quantity is not None, asked_dimension(question))

    def documents_of(self, subjects: Iterable[str]) -> list[str]:
        """Ids of the documents about the subjects, in both languages."""
        return [doc_id for subject in subjects for doc_id in (f"{subject}.en", f"{subject}.zh") if doc_id in self._documents]


def told(asked: Asked, question: Sequence[str]) -> Fact | None:
    """The fact that tells the field, sharing most of the question's words; None when the mission's file does not tell it."""
    if asked.document is None or asked.field is None:
        return None
    for mark in asked.field.facts:
        fitting = [fact for fact in asked.document.facts if fact.field.startswith(mark) and asked.field.tells(fact.sentence)]
        if fitting:
            return max(fitting, key=lambda fact: len(set(question) & set(words(fact.sentence))))
    return None
