"""A course folder as a player reads it: its lessons by unit and order, and the talks that go with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, Field, ValidationError, field_validator

from player.words import UNITS

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class BadCourse(Exception):
    """The operator's: a folder that is no course, or holds no lesson that can be shown; one line says so."""


@dataclass(frozen=True)
class Unread:
    """A lesson's file that is not shown, and why."""

    path: Path
    why: str


@dataclass(frozen=True)
class Lesson:
    """A lesson in one language; `lesson` names it in both, `body` is its Markdown, `talk` the VTT file of what is said in its video."""

    doc_id: str
    lesson: str
    title: str
    language: Language
    unit: str
    order: int
    grade_band: str | None
    goals: Sequence[str]
    body: str
    talk: Path | None

    @property
    def talk_id(self) -> str:
        """The id by which the tutor cites the talk."""
        return f"{self.lesson}.transcript.{self.language}"


class Course:
    """The lessons of a course that could be read. `name` is its id, `titles` its title by language."""

    def __init__(self, name: str, titles: Mapping[str, str], lessons: Sequence[Lesson]) -> None:
        self.name = name
        self._titles = titles
        self._lessons = sorted(lessons, key=_place)
        self._by_id = {name: one for one in self._lessons for name in (one.talk_id, one.doc_id)}
        self._by_name = {(one.lesson, one.language): one for one in self._lessons}

    def title(self, language: Language) -> str:
        """The course's title, or its name where it has none in this language."""
        return self._titles.get(language, self.name)

    def lessons(self, language: Language) -> Sequence[Lesson]:
        """All of one language, in the course's order."""
        return [one for one in self._lessons if one.language == language]

    def units(self, language: Language) -> Mapping[str, Sequence[Lesson]]:
        """The same by unit."""
        lessons = self.lessons(language)
        return {unit: [one for one in lessons if one.unit == unit] for unit in dict.fromkeys(one.unit for one in lessons)}

    def find(self, doc_id: str) -> Lesson | None:
        """The lesson of this id, or whose talk has it."""
        return self._by_id.get(doc_id)

    def other(self, lesson: Lesson) -> Lesson | None:
        """The same lesson in the other language."""
        return self._by_name.get((lesson.lesson, "zh" if lesson.language == "en" else "en"))

    def beside(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lessons before and after it."""
        lessons = [None, *self.lessons(lesson.language), None]
        at = lessons.index(lesson)
        return lessons[at - 1], lessons[at + 1]


class _Front(BaseModel):
    id: str = Field(pattern=r"^\S+$")
    lesson: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    language: Language
    unit: str = ""
    order: int = 0
    grade_band: str | None = None
    goals: list[str] = []


class _About(BaseModel):
    course: str = Field(min_length=1)
    title: Mapping[str, str] = {}

    @field_validator("title", mode="before")
    @classmethod
    def _in_each_language(cls, value: object) -> object:
        return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


def open_course(folder: Path) -> tuple[Course, Sequence[Unread]]:
    """The course in `folder`, and the lessons in it that cannot be shown; BadCourse when none can."""
    try:
        about = _About.model_validate(_mapping((folder / "course.yaml").read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise BadCourse(f"{str(folder)!r} is no course ({error.strerror}: 'course.yaml'): give --course a folder such as content") from error
    except (ValueError, yaml.YAMLError) as error:
        raise BadCourse(f"{str(folder / 'course.yaml')!r} cannot be read ({_told(error)}): mend it, or give another --course") from error
    read = list(_read(folder))
    lessons = [one for one in read if isinstance(one, Lesson)]
    unread = [one for one in read if isinstance(one, Unread)]
    if not lessons:
        reason = f"; the first, {unread[0].path.name!r}, {unread[0].why}" if unread else ""
        raise BadCourse(f"{str(folder)!r} has no lesson in lessons/*.md that can be shown{reason}")
    return Course(about.course, about.title, lessons), unread


def _read(folder: Path) -> Iterator[Lesson | Unread]:
    taken: dict[str, str] = {}
    for path in sorted((folder / "lessons").glob("*.md")):
        try:
            one = _lesson(path, folder / "transcripts")
        except OSError as error:
            yield Unread(path, f"cannot be opened ({error.strerror})")
        except (ValueError, yaml.YAMLError) as error:
            yield Unread(path, f"cannot be read ({_told(error)})")
        else:
            first = taken.setdefault(one.doc_id, path.name)
            yield one if first == path.name else Unread(path, f"has the id {one.doc_id!r}, which {first!r} has already")


def _lesson(path: Path, talks: Path) -> Lesson:
    text = path.read_text(encoding="utf-8-sig")
    match = _FRONT.match(text)
    if match is None:
        raise ValueError("it begins with no front matter between two lines ---")
    front = _Front.model_validate(_mapping(match["yaml"]))
    talk = talks / f"{front.lesson}.{front.language}.vtt"
    return Lesson(
        doc_id=front.id,
        lesson=front.lesson,
        title=front.title,
        language=front.language,
        unit=front.unit,
        order=front.order,
        grade_band=front.grade_band,
        goals=front.goals,
        body=text[match.end() :],
        talk=talk if talk.is_file() else None,
    )


def _mapping(text: str) -> dict[str, Any]:
    values = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(values, dict):
        raise ValueError("key: value lines are expected")
    return values


def _told(error: Exception) -> str:
    """What is wrong with a file, in one line."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return " ".join(str(error).split())


def _place(lesson: Lesson) -> tuple[int, str, int, str]:
    """By unit as they are taught, those that are not known behind; then by order."""
    known = [*UNITS["en"]]
    return known.index(lesson.unit) if lesson.unit in known else len(known), lesson.unit, lesson.order, lesson.title
