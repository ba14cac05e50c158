"""Frequently asked questions: for a document of the course what students ask in their own words, and its sentences that answer them."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from ingest.course.questions import Line
from ingest.course.schema import Strict, checked
from ingest.encoding import decode
from ingest.errors import Unreadable
from ingest.files import File, named_for
from ingest.formats import YAML
from ingest.front_matter import load_records
from ingest.split import split
from ingest.types import Material, Problem
from knowledge_base.language import fold
from knowledge_base.types import Document, FrequentQuestion

SHELF = "faq"
MOST = 3  # sentences that the tutor puts together in one answer


def _alone(value: object) -> object:
    """One sentence stands for a list of one."""
    return [value] if isinstance(value, str) else value


class Entry(Strict):
    """One matter that students ask about: some wordings, and what answers every one of them."""

    asked: list[Annotated[Line, StringConstraints(max_length=200)]] = Field(min_length=1, max_length=40)
    answer: Annotated[list[Line], BeforeValidator(_alone), Field(min_length=1, max_length=MOST)]


@dataclass(frozen=True)
class ReadEntry:
    """An entry, and the line where it begins."""

    line: int
    question: FrequentQuestion


@dataclass(frozen=True)
class ReadFaq:
    """The questions on the document `doc_id`, as read from the file at `path`."""

    path: str
    doc_id: str
    entries: tuple[ReadEntry, ...]


def read_faq(file: File) -> ReadFaq:
    """What a file on the shelf holds: its name is that of a document. Unreadable with the line of the first entry that does not fit."""
    if file.suffix not in YAML:
        raise Unreadable(f"lies among the frequently asked questions, which are YAML, such as {SHELF}/rockets.en.yaml: move it elsewhere")
    entries = tuple(_entries(decode(file.content())))
    if not entries:
        raise Unreadable("there is no question in it")
    return ReadFaq(file.path, named_for(file.path), entries)


def _entries(text: str) -> Iterator[ReadEntry]:
    taken: dict[str, int] = {}
    for values, lines in load_records(text):
        line = min(lines.values(), default=1)
        entry = checked(Entry, values, lines, begun=line)
        for wording in entry.asked:
            other = taken.setdefault(_bare(wording), line)
            if other != line:
                raise Unreadable(f"{wording!r} is asked in line {other} already: a question has one answer", line=line)
        yield ReadEntry(line, FrequentQuestion(tuple(dict.fromkeys(entry.asked)), tuple(map(_plain, entry.answer))))


@dataclass(frozen=True)
class Answered:
    """Materials with the questions that their sentences answer, and what is wrong with the rest of the questions."""

    materials: tuple[Material, ...]
    problems: tuple[Problem, ...]


def with_faqs(materials: Sequence[Material], faqs: Iterable[ReadFaq], elsewhere: Container[str]) -> Answered:
    """Every material with its questions. `elsewhere` are ids of documents that are not among the materials, or could not be read, and are there."""
    answering: dict[str, list[FrequentQuestion]] = defaultdict(list)
    problems: list[Problem] = []
    known = {material.document.doc_id: material for material in materials}
    for faq in faqs:
        if faq.doc_id not in known:
            if faq.doc_id not in elsewhere and faq.doc_id.rpartition(".")[0] not in elsewhere:
                problems.append(Problem(faq.path, 1, f"there is no document {faq.doc_id!r}: name this file for the one whose sentences it quotes"))
            continue
        told = _sentences(known[faq.doc_id])
        for entry in faq.entries:
            missing = next((sentence for sentence in entry.question.sentences if sentence not in told), None)
            if missing is None:
                answering[faq.doc_id].append(entry.question)
            else:
                what = f"{missing!r} is no sentence of {faq.doc_id!r}: copy it from there, whole and word for word"
                problems.append(Problem(faq.path, entry.line, what))
    return Answered(tuple(_with(material, answering.get(material.document.doc_id, ())) for material in materials), tuple(problems))


def kept_faqs(materials: Iterable[Material], published: Iterable[Document]) -> Iterator[Material]:
    """Corrected documents with the questions of those whose place they take, as far as their sentences still stand."""
    before = {document.doc_id: document.faq for document in published}
    for material in materials:
        questions = before.get(material.document.doc_id, ()) if not material.document.faq else ()
        told = _sentences(material) if questions else set()
        yield _with(material, [one for one in questions if told.issuperset(one.sentences)]) if questions else material


def _with(material: Material, questions: Sequence[FrequentQuestion]) -> Material:
    return replace(material, document=replace(material.document, faq=tuple(questions))) if questions else material


def _sentences(material: Material) -> set[str]:
    return {_plain(sentence) for passage in split(material) for sentence in passage.sentence_texts()}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
