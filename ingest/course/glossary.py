"""The course's glossary: each term as two documents, one in each language, or as a sentence more in the concept that explains it at length."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import Field

from ingest.course.facts import HEADINGS, LANGUAGES
from ingest.course.questions import Line
from ingest.course.schema import Id, Strict, Text, checked
from ingest.errors import Unreadable
from ingest.front_matter import load_records
from ingest.types import Block, Material, Problem
from knowledge_base.language import Language, fold
from knowledge_base.types import Document, Fact

MEANING = "meaning"  # marks the sentence for the youngest
LONGEST: dict[Language, tuple[int, str]] = {"en": (20, "words"), "zh": (40, "characters")}  # of a meaning


class Names(Strict):
    """Other names of a term, what pupils type among them."""

    en: list[Line] = Field(default=[])
    zh: list[Line] = Field(default=[])


class Meaning(Strict):
    """One sentence in each language that a child of seven to nine understands, which names the term and stands alone."""

    en: Text
    zh: Text


class Term(Strict):
    """A word of the course; `concept` is the file that explains it at length, where there is one."""

    id: Id
    en: Line
    zh: Line
    aliases: Names = Names()
    meaning: Meaning
    concept: Id | None = None
    see: list[Id] = Field(default=[], max_length=3)

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, in both languages."""
        return (self.en, self.zh, *self.aliases.en, *self.aliases.zh)


@dataclass(frozen=True)
class ReadTerm:
    """A term as read from the file at `path`, with the line where it begins."""

    path: str
    line: int
    term: Term

    def problem(self, what: str) -> Problem:
        """With the term's place."""
        return Problem(self.path, self.line, f"{self.term.id}: {what}")


def read_terms(text: str, path: str) -> list[ReadTerm]:
    """The terms of a glossary's file; Unreadable with the line of the first that does not fit, or that has the id of another."""
    terms: dict[str, ReadTerm] = {}
    for values, lines in load_records(text):
        line = min(lines.values(), default=1)
        term = checked(Term, values, lines, begun=line)
        if term.id in terms:
            raise Unreadable(f"the id {term.id!r} is already that of the term in line {terms[term.id].line}", line=line)
        terms[term.id] = ReadTerm(path, line, term)
    if not terms:
        raise Unreadable("there is no term in it")
    return list(terms.values())


def term_materials(read: ReadTerm, *, source: str) -> list[Material]:
    """The term in English and in Chinese: its title the term, its text the meaning, found by all of its names."""
    return [_material(read, language, source) for language in LANGUAGES]


def _material(read: ReadTerm, language: Language, source: str) -> Material:
    title, meaning = (getattr(one, language) for one in (read.term, read.term.meaning))
    document = Document(
        doc_id=f"term.{read.term.id}.{language}",
        title=title,
        language=language,
        kind="glossary",
        source=source,
        path=read.path,
        content_hash="",
        aliases=tuple(name for name in dict.fromkeys(read.term.names) if name != title),
        facts=(Fact("definition", meaning),),
        metadata=(("term", read.term.id), ("level", "primary"), *(("see", other) for other in read.term.see)),
    )
    return Material(document, (Block((), meaning),), read.line)


def with_meanings(materials: Iterable[Material], terms: Iterable[ReadTerm]) -> Iterator[Material]:
    """The materials, a term that has a concept told in the concept's documents and in none of its own."""
    joined: dict[str, list[Term]] = defaultdict(list)
    for read in terms:
        if read.term.concept is not None:
            joined[read.term.concept].append(read.term)
    told = {f"term.{term.id}.{language}" for several in joined.values() for term in several for language in LANGUAGES}
    for material in materials:
        document = material.document
        concept = dict(document.metadata).get("concept") if document.kind == "glossary" else None
        if document.doc_id not in told:
            yield _with_terms(material, joined.get(concept or "", ()))


def _with_terms(material: Material, terms: Sequence[Term]) -> Material:
    document = material.document
    for term in terms:
        meaning = getattr(term.meaning, document.language)
        names = dict.fromkeys(name for name in (*document.aliases, *term.names) if name != document.title)
        document = replace(document, aliases=tuple(names), facts=(*document.facts, Fact(MEANING, meaning)))
        material = replace(material, blocks=(*material.blocks, Block((HEADINGS[MEANING][document.language],), meaning)))
    return replace(material, document=document)


def unsound_terms(terms: Sequence[ReadTerm], documents: Sequence[Document], unread: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with terms that are well formed; `documents` are all that will stand beside them, `unread` ids that could not be read now."""
    ids, maybe = {read.term.id for read in terms}, set(unread)
    concepts = {one for document in documents if document.kind == "glossary" for key, one in document.metadata if key == "concept"}
    for read in terms:
        for language, (most, unit) in LONGEST.items():
            length = _length(getattr(read.term.meaning, language), language)
            if length > most:
                yield read.problem(f"its meaning.{language} has {length} {unit}, more than {most}: shorten it")
        for other in read.term.see:
            if other not in ids or other == read.term.id:
                yield read.problem(f"see: {other!r} is no other term of the glossary: correct its id, or add it")
        if read.term.concept is not None and read.term.concept not in concepts | maybe:
            yield read.problem(f"the concept {read.term.concept!r} is not among the files read: correct its id, or read concepts/ with the glossary")
    yield from _shared_names(terms, documents)


def _length(meaning: str, language: Language) -> int:
    return len(meaning.split()) if language == "en" else sum(character.isalnum() for character in meaning)


def _shared_names(terms: Sequence[ReadTerm], documents: Iterable[Document]) -> Iterator[Problem]:
    """Names that are already those of another term, or of a concept or mission that the term does not name."""
    taken: dict[str, tuple[str, str]] = {}  # each name's owner, and how to call it
    for document in documents:
        for kind in ("concept", "mission"):
            subject = dict(document.metadata).get(kind) if document.facts else None
            for name in (document.title, *document.aliases) if subject else ():
                taken.setdefault(folded(name), (str(subject), f"the {kind} {subject!r}"))
    for read in terms:
        owner = read.term.concept or f"term.{read.term.id}"
        for name in dict.fromkeys(read.term.names):
            other, called = taken.setdefault(folded(name), (owner, f"the term {read.term.id!r}"))
            if other != owner:
                yield read.problem(f"its name {name!r} is already that of {called}: a name stands for one thing")


def folded(name: str) -> str:
    """As names are compared: without case, width, script, hyphens and spaces."""
    return re.sub(r"[\s-]+", "", fold(name))
