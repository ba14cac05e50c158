"""Questions to ask next that the course can answer: other facts of the mission just told of, the neighbouring headings of the lesson."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from knowledge_base.library import Reader
from knowledge_base.types import Document, Filters
from knowledge_base.words import words
from tutor.answering.asked import Asked
from tutor.learnt import Learnt
from tutor.question.names import subject_of
from tutor.types import Answer, Suggestion

MOST = 2
SAME = 0.6  # of two questions' words, those of the shorter that the other has, so that they ask the same


@dataclass(frozen=True)
class Further:
    """Looks for them in one release, within what the question asks of; nothing is searched for."""

    reader: Reader
    learnt: Learnt
    filters: Filters
    asked: Asked

    def questions(self, answer: Answer) -> tuple[Suggestion, ...]:
        """Up to two, each ending in its question mark; none that was just asked, and none whose answer was just told."""
        found = (one for part in (self._of_missions(answer), self._of_lessons(answer)) for one in part)
        return tuple(islice((one for one in found if not _same(one.text, self.asked.question)), MOST))

    def _of_missions(self, answer: Answer) -> Iterator[Suggestion]:
        for document in self._missions(answer):
            for asks in self.learnt.askable.of_mission(document):
                told = any(asks.fact.sentence in citation.quote for citation in answer.citations)
                if not told and asks.field != self.asked.field:
                    yield Suggestion(asks.question, document.doc_id)

    def _missions(self, answer: Answer) -> Iterator[Document]:
        """Those asked about, cited, and named in what is cited, in the reply's language."""
        cited = [self.reader.documents[citation.doc_id] for citation in answer.citations if citation.doc_id in self.reader.documents]
        named = [sorted(self.asked.names.named(citation.quote)) for citation in answer.citations]
        subjects = [*sorted(self.asked.subjects), *(subject_of(one) for one in cited if one.kind == "fact"), *(one for each in named for one in each)]
        for subject in dict.fromkeys(subjects):
            document = self.reader.documents.get(f"{subject}.{answer.language}")
            if document is not None and self.filters.admits(document):
                yield document

    def _of_lessons(self, answer: Answer) -> Iterator[Suggestion]:
        for doc_id in dict.fromkeys(citation.doc_id for citation in answer.citations):
            document = self.reader.documents.get(doc_id)
            if document is not None and document.kind == "lesson" and document.language == answer.language:
                sections = (citation.section for citation in answer.citations if citation.doc_id == doc_id and citation.section)
                told = {heading for section in sections for heading in section.split(" / ")}
                yield from (Suggestion(heading, doc_id) for heading in self._beside(document, told))

    def _beside(self, document: Document, told: Collection[str]) -> list[str]:
        """The lesson's questions, nearest to the sections told first, the next before the one before it."""
        headings = self.learnt.askable.headings(self.reader, document)
        at = [index for index, (heading, _asks) in enumerate(headings) if heading in told]
        further = [index for index, (heading, asks) in enumerate(headings) if asks and at and heading not in told]
        return [headings[index][0] for index in sorted(further, key=lambda index: _distance(index, at))]


def _distance(index: int, others: Iterable[int]) -> tuple[int, bool]:
    nearest = min(others, key=lambda other: abs(index - other))
    return abs(index - nearest), index < nearest


def _same(one: str, other: str) -> bool:
    ours, theirs = set(words(one)), set(words(other))
    return bool(ours and theirs) and len(ours & theirs) / min(len(ours), len(theirs)) > SAME and abs(len(ours) - len(theirs)) <= 1
