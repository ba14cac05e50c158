"""Finds material under the paths given and reads it; what cannot be read becomes a problem with its file and line."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import NothingToRead, Unreadable
from ingest.facts import concept_materials, mission_materials
from ingest.front_matter import FrontMatter, load_mapping, split_front_matter
from ingest.markdown import parse
from ingest.schema import Concept, Lesson, Mission, checked
from ingest.types import Material, Problem, Reading
from knowledge_base.language import detect
from knowledge_base.types import Document, Kind, Origin

COURSE = "course.yaml"  # marks a folder as the course, whose own files follow the course's schema
MARKDOWN = {".md", ".markdown"}
YAML = {".yaml", ".yml"}
KNOWN = {"id", "title", "language", "lang", "lesson", "course", "grade_band", "as_of"}


@dataclass(frozen=True)
class _File:
    """One file, the id that its path gives it, and if it is in a course, that course's folder and its place there (``lessons``, ``missions``...)."""

    path: Path
    relative: str
    course: Path | None
    shelf: str | None


def read(paths: Sequence[Path], *, source: str, strict: bool = False) -> Reading:
    """Every document under `paths`, each id once; `strict` refuses front matter that no field knows."""
    materials: dict[str, Material] = {}
    problems: list[Problem] = []
    failed: list[str] = []
    for file in _files(paths):
        try:
            made = _of_course(_read_file(file, source, strict), file)
            for material in made:
                first = materials.get(material.document.doc_id)
                if first is not None:
                    raise Unreadable(f"the id {material.document.doc_id!r} is already that of {first.document.path}", line=material.line)
            materials |= {material.document.doc_id: material for material in made}
        except Unreadable as error:
            problems.append(Problem(file.relative, error.line, str(error)))
            failed.append(file.relative)
    return Reading(tuple(material.hashed() for material in materials.values()), tuple(problems), tuple(failed))


def _files(paths: Sequence[Path]) -> Iterator[_File]:
    for path in paths:
        if path.is_file():
            yield _file(path, path.name)
        elif path.is_dir():
            yield from (_file(found, found.relative_to(path).as_posix()) for found in _below(path) if _is_material(found))
        else:
            raise NothingToRead(f"{str(path)!r} does not exist: give a file or a folder of Markdown or the course's YAML")


def _below(folder: Path) -> list[Path]:
    """The files below `folder` in order, hidden ones left out; a link that leads nowhere is one that cannot be read, not one withdrawn."""
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=_cannot_look):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(Path(parent, name) for name in names if not name.startswith("."))
    return sorted(path for path in found if path.is_file() or path.is_symlink())


def _cannot_look(error: OSError) -> None:
    raise NothingToRead(f"{error.filename!r} cannot be listed ({error.strerror}): make it readable")


def _file(path: Path, relative: str) -> _File:
    real = Path(os.path.realpath(path))
    course = next((folder for folder in real.parents if (folder / COURSE).is_file()), None)
    shelf = real.relative_to(course).parts[0] if course else None
    return _File(path, unicodedata.normalize("NFC", relative), course, shelf)


def _is_material(path: Path) -> bool:
    """Markdown and the facts' YAML; what lies beside ``course.yaml`` itself describes the course and is no part of it."""
    return path.suffix.lower() in MARKDOWN | YAML and not (path.parent / COURSE).is_file()


def _read_file(file: _File, source: str, strict: bool) -> list[Material]:
    try:
        text = file.path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = file.path.read_bytes()[: error.start].count(b"\n") + 1
        raise Unreadable("not UTF-8 text", line=line) from error
    except OSError as error:
        raise Unreadable(f"cannot be opened: {error.strerror}") from error
    if file.path.suffix.lower() in MARKDOWN:
        return [_markdown(file, split_front_matter(text), source, strict)]
    if file.path.suffix.lower() in YAML:
        return _facts(file, text, source)
    raise Unreadable(f"{file.path.suffix or 'no suffix'}: Markdown (.md) and the course's YAML are read")


def _of_course(materials: list[Material], file: _File) -> list[Material]:
    """Whatever lies in a course's folder belongs to that course, unless it names another."""
    if file.course is None:
        return materials
    values, _lines = load_mapping((file.course / COURSE).read_text(encoding="utf-8"))
    name = str(values["course"]) if values.get("course") else None
    return [replace(material, document=replace(material.document, course=material.document.course or name)) for material in materials]


def _facts(file: _File, text: str, source: str) -> list[Material]:
    values, lines = load_mapping(text)
    if "definition" in values:
        return concept_materials(checked(Concept, values, lines), source=source, path=file.relative)
    return mission_materials(checked(Mission, values, lines), source=source, path=file.relative)


def _markdown(file: _File, front: FrontMatter, source: str, strict: bool) -> Material:
    blocks, concepts = parse(front.body)
    if not blocks:
        raise Unreadable("there is no text below the front matter", line=front.body_line)
    if file.shelf == "lessons":
        lesson = checked(Lesson, front.values, front.lines)
        return Material(_lesson(lesson, concepts, source, file.relative), tuple(blocks), front.lines.get("id", 1))
    unknown = next((key for key in front.values if key not in KNOWN), None)
    if strict and unknown is not None:
        raise Unreadable(f"--strict: the key {unknown!r} is not one that Navigator knows", line=front.lines[unknown])
    sample = " ".join(block.text for block in blocks[:20])
    return Material(_plain(file, front, sample, source), tuple(blocks), front.lines.get("id", 1))


def _lesson(lesson: Lesson, concepts: list[str], source: str, path: str) -> Document:
    related = [("mission", mission) for mission in lesson.missions]
    terms = [("concept", concept) for concept in dict.fromkeys([*lesson.concepts, *concepts])]
    return Document(
        doc_id=lesson.id,
        title=lesson.title,
        language=lesson.language,
        kind="lesson",
        source=source,
        path=path,
        content_hash="",
        lesson=lesson.lesson,
        course=lesson.course,
        grade_band=lesson.grade_band,
        as_of=lesson.as_of,
        origins=tuple(Origin(one.title, one.url, one.date) for one in lesson.sources),
        metadata=(*related, *terms),
    )


def _plain(file: _File, front: FrontMatter, sample: str, source: str) -> Document:
    """A file that is no lesson of the course: what its front matter says, guessed where it is silent."""
    said = {key: str(value) for key, value in front.values.items() if value is not None}
    stated = said.get("language", said.get("lang", "")).lower()
    language = "zh" if stated.startswith("zh") else "en" if stated.startswith("en") else detect(sample)
    kind: Kind = "lesson" if "lesson" in said else "file"
    return Document(
        doc_id=unicodedata.normalize("NFC", said.get("id", "").strip() or file.relative),
        title=said.get("title") or Path(file.relative).stem,
        language=language,
        kind=kind,
        source=source,
        path=file.relative,
        content_hash="",
        lesson=said.get("lesson"),
        course=said.get("course"),
        grade_band=said.get("grade_band"),
        as_of=said.get("as_of"),
        metadata=tuple((key, value) for key, value in said.items() if key not in KNOWN),
    )
