"""What was said in class, by a lesson's subtitles: whose they are is in the file's name, their title and grade are the lesson's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.errors import Unreadable
from ingest.types import INSIDE, Material, Parsed, Problem
from knowledge_base.language import Language
from knowledge_base.types import Document

SHELF = "transcripts"
FORMATS = (".vtt", ".srt")
TITLE: dict[Language, str] = {"en": "{} (transcript)", "zh": "{}（课堂实录）"}
_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh"}
_NAME = re.compile(r"(?P<lesson>[a-z0-9][a-z0-9-]*)\.(?P<language>en|zh)")


def transcript_material(path: str, parsed: Parsed, *, source: str) -> Material:
    """The transcript of the lesson and language that the file is named for; Unreadable when it is named for none."""
    name = PurePosixPath(path.rpartition(INSIDE)[2])
    match = _NAME.fullmatch(name.stem)
    if match is None:
        raise Unreadable(f"is among the transcripts and not named as one: call it LESSON.en.vtt or LESSON.zh.vtt, not {name.name!r}")
    lesson, language = match["lesson"], _LANGUAGES[match["language"]]
    document = Document(
        doc_id=f"{lesson}.transcript.{language}",
        title=TITLE[language].format(lesson),
        language=language,
        kind="transcript",
        source=source,
        path=path,
        content_hash="",
        lesson=lesson,
    )
    return Material(document, parsed.blocks)


def with_lessons_titles(materials: Iterable[Material], lessons: Iterable[Document]) -> Iterator[Material]:
    """The materials, each transcript with its lesson's title and grade band where the lesson is among `lessons`."""
    known = {(one.lesson, one.language): one for one in lessons if one.kind == "lesson"}
    for material in materials:
        document = material.document
        lesson = known.get((document.lesson, document.language)) if _in_class(document) else None
        if lesson is None:
            yield material
        else:
            told = replace(document, title=TITLE[document.language].format(lesson.title), grade_band=lesson.grade_band)
            yield replace(material, document=told)


def unsound_transcripts(read: Sequence[Document], there: Sequence[Document], unread: Iterable[str]) -> Iterator[Problem]:
    """Transcripts of lessons that are not `there` in their language, as far as any lesson is; `unread` are ids that could not be read now."""
    lessons = {(one.lesson, one.language) for one in there if one.kind == "lesson"}
    maybe = set(unread)
    for one in read:
        if _in_class(one) and lessons and (one.lesson, one.language) not in lessons and f"{one.lesson}.{one.language}" not in maybe:
            lesson = f"lessons/{one.lesson}.{one.language}.md"
            yield Problem(one.path, 1, f"there is no lesson {one.lesson!r} in its language: name this file for its lesson, or add {lesson}")


def _in_class(document: Document) -> bool:
    return document.kind == "transcript" and document.lesson is not None
