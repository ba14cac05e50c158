"""One file's content into documents: a course's lessons, missions and concepts by its schema, anything else as its format and front matter tell."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.addressed import addressed
from ingest.course.checks import with_checks
from ingest.course.facts import concept_materials, mission_materials
from ingest.course.glossary import ReadTerm, read_terms, term_materials
from ingest.course.lesson_schema import Lesson
from ingest.course.lessons import ReadLesson
from ingest.course.references import Reference
from ingest.course.remarks import front_matter_remarks, remarks_on
from ingest.course.schema import Concept, Mission, checked
from ingest.course.transcripts import FORMATS, SHELF, transcript_material
from ingest.encoding import decode
from ingest.errors import Unreadable
from ingest.files import COURSE, GLOSSARY, File
from ingest.formats import MARKDOWN, PARSERS, SANDBOXED, YAML
from ingest.formats.markdown import CONCEPT, parse
from ingest.front_matter import FrontMatter, load_mapping, split_front_matter
from ingest.sandbox import Sandbox
from ingest.types import Block, Material, Parsed, Remark
from knowledge_base.language import Language, detect
from knowledge_base.types import Document, Kind, Origin

KNOWN = {"id", "title", "language", "lang", "lesson", "course", "grade_band", "as_of", "valid_until"}
_SAMPLES = 40  # pieces of a text, spread over the whole of it, that its language is told by
_SAMPLE = 500  # characters of each
_LONGEST_NAME = 1000
_FACTS = ("missions", "concepts")  # shelves of a course


@dataclass(frozen=True)
class Made:
    """What one file gave: its materials (one at least), the missions and concepts that they speak of, and the lesson or glossary that it is."""

    materials: Sequence[Material]
    references: Sequence[Reference] = ()
    lesson: ReadLesson | None = None
    terms: Sequence[ReadTerm] = ()

    @property
    def path(self) -> str:
        """The file's."""
        return self.materials[0].document.path

    @property
    def ids(self) -> list[str]:
        """The documents' ids."""
        return [material.document.doc_id for material in self.materials]

    @property
    def line(self) -> int:
        """Where the file states its id."""
        return self.materials[0].line


@dataclass(frozen=True)
class Maker:
    """Makes documents of one source; `strict` refuses front matter that no field knows."""

    source: str
    strict: bool
    sandbox: Sandbox

    def make(self, file: File) -> Made:
        """The file's documents; Unreadable with the line where it cannot be read as what it claims to be."""
        content = file.content()
        made = self._make(file, content)
        _check_names(made.materials)
        made = _with_addressed(made, file.suffix, content)
        name = _course_name(file)
        documents = [replace(one.document, course=one.document.course or name) for one in made.materials]
        return replace(made, materials=[replace(one, document=document) for one, document in zip(made.materials, documents, strict=True)])

    def _make(self, file: File, content: bytes) -> Made:
        if file.shelf == SHELF and file.suffix not in FORMATS:
            raise Unreadable(f"is no subtitles and lies among the transcripts, which are {' or '.join(FORMATS)}: move it to a folder of its own")
        if file.suffix in YAML:
            return self._facts(file, decode(content))
        if file.suffix in MARKDOWN:
            return self._markdown(file, split_front_matter(decode(content)))
        parsed = self.sandbox.parse(file.suffix, content) if file.suffix in SANDBOXED else PARSERS[file.suffix](content)
        _check_words(parsed.blocks, "there is no text in it")
        if file.shelf == SHELF:
            return Made([transcript_material(file.path, parsed, source=self.source)])
        return Made([self._plain(file, {}, parsed)])

    def _facts(self, file: File, text: str) -> Made:
        if PurePosixPath(file.name).name in GLOSSARY:
            terms = read_terms(text, file.path)
            return Made([material for term in terms for material in term_materials(term, source=self.source)], terms=terms)
        if file.shelf == "lessons":
            raise Unreadable("is a fact's YAML among the lessons: move it to missions/ or concepts/")
        values, lines = load_mapping(text)
        if "definition" in values:
            concept = checked(Concept, values, lines)
            related = [Reference(file.path, lines.get("related_missions", 1), "mission", mission) for mission in concept.related_missions]
            first, *others = concept_materials(concept, source=self.source, path=file.path)
            return Made([replace(first, remarks=remarks_on(concept, lines)), *others], related)
        mission = checked(Mission, values, lines)
        first, *others = mission_materials(mission, source=self.source, path=file.path)
        return Made([replace(first, remarks=remarks_on(mission, lines)), *others])

    def _markdown(self, file: File, front: FrontMatter) -> Made:
        if file.shelf in _FACTS:
            raise Unreadable(f"is Markdown among the {file.shelf}, which are YAML: move it to lessons/")
        parsed, concepts = parse(front.body)
        _check_words(parsed.blocks, "there is no text below the front matter" if front.values else "there is no text in it", line=front.body_line)
        if file.shelf == "lessons":
            return self._lesson(file, front, parsed.blocks, concepts)
        unknown = next((key for key in front.values if key not in KNOWN), None)
        if self.strict and unknown is not None:
            raise Unreadable(f"--strict: the key {unknown!r} is not one that Navigator knows", line=front.lines[unknown])
        said = {key: str(value) for key, value in front.values.items() if value is not None}
        made = self._plain(file, said, parsed)
        return Made([replace(made, line=front.lines.get("id", 1), remarks=(*made.remarks, *front_matter_remarks(said, front.lines)))])

    def _lesson(self, file: File, front: FrontMatter, blocks: tuple[Block, ...], marked: Sequence[str]) -> Made:
        lesson = checked(Lesson, front.values, front.lines)
        concepts = dict.fromkeys([*lesson.concepts, *marked])
        document = Document(
            doc_id=lesson.id,
            title=lesson.title,
            language=lesson.language,
            kind="lesson",
            source=self.source,
            path=file.path,
            content_hash="",
            lesson=lesson.lesson,
            course=lesson.course,
            grade_band=lesson.grade_band,
            as_of=lesson.as_of,
            origins=tuple(Origin(one.title, one.url, one.date) for one in lesson.sources),
            metadata=(*(("mission", mission) for mission in lesson.missions), *(("concept", concept) for concept in concepts)),
        )
        document = with_checks(document, lesson)
        material = Material(document, blocks, front.lines.get("id", 1), remarks_on(lesson, front.lines))
        missions = [Reference(file.path, front.lines.get("missions", 1), "mission", mission) for mission in lesson.missions]
        return Made(
            [material],
            [*missions, *(Reference(file.path, _line(front, concept), "concept", concept) for concept in concepts)],
            ReadLesson(file.path, lesson, front.lines, blocks, front.body, front.body_line),
        )

    def _plain(self, file: File, said: Mapping[str, str], parsed: Parsed) -> Material:
        """A file that is no lesson of the course: what its front matter says, guessed where it is silent."""
        kind: Kind = "lesson" if "lesson" in said else parsed.kind
        document = Document(
            doc_id=unicodedata.normalize("NFC", " ".join(said.get("id", "").split()) or file.name),
            title=said.get("title") or parsed.title or PurePosixPath(file.name).stem,
            language=_stated(said.get("language", said.get("lang", ""))) or parsed.language or _guessed(parsed.blocks),
            kind=kind,
            source=self.source,
            path=file.path,
            content_hash="",
            lesson=said.get("lesson"),
            course=said.get("course"),
            grade_band=said.get("grade_band"),
            as_of=said.get("as_of"),
            metadata=tuple((key, value) for key, value in said.items() if key not in KNOWN),
        )
        return Material(document, parsed.blocks, remarks=tuple(Remark(1, notice) for notice in parsed.notices))


def _with_addressed(made: Made, suffix: str, content: bytes) -> Made:
    """The same, its first material with remarks on what speaks to the machine, in what is read and in what is hidden."""
    first, *others = made.materials
    return replace(made, materials=[replace(first, remarks=(*first.remarks, *addressed(first, suffix, content))), *others])


def _check_words(blocks: Sequence[Block], what: str, *, line: int = 1) -> None:
    """Unreadable when no letter and no digit stands in the blocks."""
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise Unreadable(what, line=line)


def _check_names(materials: Sequence[Material]) -> None:
    """Unreadable when a title, an id or a heading, each of which stands with every passage, is no such thing by its length."""
    names = {name for one in materials for block in one.blocks for name in (one.document.doc_id, one.document.title, *block.section)}
    longest = max(names, key=len)
    if len(longest) > _LONGEST_NAME:
        raise Unreadable(
            f"a title, an id or a heading in it has {len(longest)} characters ({longest[:20]!r}...): make it shorter than {_LONGEST_NAME}"
        )


def _course_name(file: File) -> str | None:
    """Whatever lies in a course's folder belongs to that course, unless it names another."""
    if file.course is None:
        return None
    try:
        values, _lines = load_mapping(decode(file.course()))
    except Unreadable as error:
        raise Unreadable(f"the course's own {COURSE} is broken in line {error.line}: {error}") from error
    return str(values["course"]) if values.get("course") else None


def _stated(language: str) -> Language | None:
    return "zh" if language.lower().startswith("zh") else "en" if language.lower().startswith("en") else None


def _guessed(blocks: Sequence[Block]) -> Language:
    text = "\n".join(block.text for block in blocks)
    return detect(" ".join(text[at : at + _SAMPLE] for at in range(0, len(text), max(_SAMPLE, len(text) // _SAMPLES))))


def _line(front: FrontMatter, concept: str) -> int:
    """Where a lesson names a concept: in its front matter or, marked, in its text."""
    at = front.body.find(f"]({CONCEPT}{concept})")
    return front.lines.get("concepts", 1) if at < 0 else front.body_line + front.body.count("\n", 0, at)
