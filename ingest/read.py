"""Reads all material under the paths given; what cannot be read becomes a problem with its file and line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.course import faq
from ingest.course.agreement import disagreeing
from ingest.course.curriculum import misplaced, unexplained
from ingest.course.glossary import ReadTerm, unsound_terms, with_meanings
from ingest.course.lessons import unsound
from ingest.course.references import dangling
from ingest.course.transcripts import unsound_transcripts, with_lessons_titles
from ingest.documents import Made, Maker
from ingest.errors import Unreadable
from ingest.files import File, find, named_for, unpacked
from ingest.formats import ARCHIVE
from ingest.sandbox import Limits, Sandbox
from ingest.types import STAFF, Problem, Reading
from knowledge_base.types import Document


def read(paths: Sequence[Path], *, source: str, strict: bool = False, published: Iterable[Document] = (), limits: Limits | None = None) -> Reading:
    """Every document under `paths`, each id once; `strict` refuses front matter that no field knows.

    Of two files with one id, the one that is `published` under it keeps it; else the first.
    """
    limits, gathered, before = limits or Limits(), _Gathered(), list(published)
    with Sandbox(limits) as sandbox:
        maker = Maker(source, strict, sandbox)
        for file in gathered.files(find(paths, limits.size), limits.size):
            gathered.add(file, maker)
    gathered.settle({document.doc_id: document.path for document in before if document.source == source})
    staying = [document for document in before if document.source != source or gathered.lost(document.path)]
    gathered.compare(staying)
    return gathered.reading(staying, before if source == STAFF else [one for one in before if gathered.lost_questions(one)])


@dataclass
class _Gathered:
    """What was made of the files so far, and what went wrong."""

    made: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unsound: list[Problem] = field(default_factory=list)
    faqs: list[faq.ReadFaq] = field(default_factory=list)
    lost_faqs: list[str] = field(default_factory=list)

    def files(self, found: Iterable[File | Problem], limit: int) -> Iterator[File]:
        """The files to read, those within archives too."""
        for one in found:
            if isinstance(one, Problem):
                self.problems.append(one)
            elif one.suffix == ARCHIVE:
                yield from self.files(self._unpacked(one, limit), limit)
            else:
                yield one

    def _unpacked(self, archive: File, limit: int) -> Iterator[File | Problem]:
        try:
            yield from unpacked(archive, limit)
        except Unreadable as error:
            self._fail(archive.path, error)

    def add(self, file: File, maker: Maker) -> None:
        """Makes the file's documents, or reads what is asked about one."""
        try:
            if file.shelf == faq.SHELF:
                self.faqs.append(faq.read_faq(file))
            else:
                self.made.append(maker.make(file))
        except Unreadable as error:
            self._fail(file.path, error)
            if file.shelf == faq.SHELF:
                self.lost_faqs.append(named_for(file.path))

    def _fail(self, path: str, error: Unreadable) -> None:
        self.problems.append(Problem(path, error.line, str(error)))
        self.failed.append(path)

    def lost(self, path: str) -> bool:
        """Whether `path`, or the archive that it lies in, could not be read."""
        return Reading((), (), tuple(self.failed)).lost(path)

    def lost_questions(self, document: Document) -> bool:
        """Whether what is asked about the document could not be read."""
        return document.doc_id in self.lost_faqs

    def settle(self, keeps: Mapping[str, str]) -> None:
        """Leaves each id to one file: the one that `keeps` it, though it may be unreadable now, else the first."""
        takers = {doc_id: path for doc_id, path in keeps.items() if self.lost(path)}
        refused: set[int] = set()
        for made in sorted(self.made, key=lambda one: not any(keeps.get(doc_id) == one.path for doc_id in one.ids)):
            taken = next((doc_id for doc_id in made.ids if doc_id in takers), None)
            if taken is None:
                takers |= dict.fromkeys(made.ids, made.path)
            else:
                refused.add(id(made))
                self._fail(made.path, Unreadable(f"the id {taken!r} is already that of {takers[taken]}: give this file another", line=made.line))
        self.made = [made for made in self.made if id(made) not in refused]

    @property
    def _terms(self) -> list[ReadTerm]:
        return [term for made in self.made for term in made.terms]

    def compare(self, others: Sequence[Document]) -> None:
        """Looks for what is spoken of and described neither here nor in `others`, and for lessons that do not keep their word."""
        references = [reference for made in self.made for reference in made.references]
        documents = [material.document for made in self.made for material in made.materials]
        unread = list(map(named_for, self.failed))
        self.unsound.extend(dangling(references, [*documents, *others], unread))
        lessons = [made.lesson for made in self.made if made.lesson is not None]
        self.unsound.extend(unsound(lessons, others))
        self.unsound.extend(disagreeing(lessons, [material for made in self.made for material in made.materials]))
        self.unsound.extend(misplaced(lessons, others))
        self.problems.extend(unexplained(lessons, self._terms, documents))
        self.unsound.extend(unsound_terms(self._terms, documents, unread))
        self.unsound.extend(unsound_transcripts(documents, [*documents, *others], unread))

    def reading(self, others: Sequence[Document], asked_before: Sequence[Document]) -> Reading:
        """All of it, in a stable order, each file's documents with what they take from other files, and from `others`.

        Of those of the documents `asked_before` that are read the questions stay where no file gives others.
        """
        read = [material for made in self.made for material in made.materials]
        titled = with_lessons_titles(read, [*others, *(material.document for material in read)])
        elsewhere = {*(document.doc_id for document in others), *map(named_for, self.failed)}
        answered = faq.with_faqs(tuple(with_meanings(titled, self._terms)), self.faqs, elsewhere)
        self.unsound.extend(answered.problems)
        materials = tuple(material.hashed() for material in faq.kept_faqs(answered.materials, asked_before))
        problems = sorted([*self.problems, *self.unsound], key=lambda one: (one.path, one.line))
        return Reading(materials, tuple(problems), tuple(self.failed), tuple(dict.fromkeys(problem.path for problem in self.unsound)))
