"""The golden questions of the courses that lie under the paths given, or that these paths lie in."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.files import COURSE
from ingest.types import Problem
from knowledge_base.golden import NAME, BadGolden, load_golden
from knowledge_base.review import GoldenQuestion


@dataclass(frozen=True)
class Golden:
    """The questions found, None when no course under the paths has any or one of them is broken; then those of the last release stay."""

    questions: tuple[GoldenQuestion, ...] | None
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The paths of the broken ones."""
        return tuple(problem.path for problem in self.problems)


def find_golden(paths: Sequence[Path]) -> Golden:
    """Reads ``golden.yaml`` beside every ``course.yaml``; an id that two courses give is a problem of the second."""
    questions: dict[str, GoldenQuestion] = {}
    problems: list[Problem] = []
    files = dict.fromkeys(folder / NAME for folder in _courses(paths) if (folder / NAME).exists())
    for file in files:
        try:
            found = {question.question_id: question for question in load_golden(file)}
            if twice := questions.keys() & found.keys():
                raise BadGolden(f"the id {min(twice)!r} is already that of another course's golden question")
            questions |= found
        except BadGolden as error:
            problems.append(Problem(_shown(file, paths), error.line, str(error)))
    return Golden(tuple(questions.values()) if files and not problems else None, tuple(problems))


def _courses(paths: Sequence[Path]) -> Iterator[Path]:
    """Folders marked as a course: around a path or, when it lies in none, below it."""
    for path in paths:
        real = Path(os.path.realpath(path))
        around = next((folder for folder in (real, *real.parents) if (folder / COURSE).is_file()), None)
        if around is not None:
            yield around
        else:
            yield from _below(real)


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if COURSE in names:
            folders.clear()
            yield Path(parent)


def _shown(file: Path, paths: Sequence[Path]) -> str:
    """The file's place relative to the path it was found under, else its name."""
    roots = (Path(os.path.realpath(path)) for path in paths)
    return next((file.relative_to(root).as_posix() for root in roots if file.is_relative_to(root)), file.name)
