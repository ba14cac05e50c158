"""Finds the files below the paths given, on disk and within archives, and says which are material. A file is opened only when it is read."""

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import NoReturn

from ingest.errors import NothingToRead, Unreadable
from ingest.formats import ADVICE, ARCHIVE, READ
from ingest.formats.archive import Member, members
from ingest.types import INSIDE, Problem

COURSE = "course.yaml"  # marks a folder as the course, whose own files follow the course's schema
GLOSSARY = ("glossary.yaml", "glossary.yml")
_ABOUT_COURSE = {"course", "golden", "readme", "changes", "changelog", "license", "licence", "notice", "contributing", "authors"}
PASSED_OVER = (".", "~$", "__MACOSX")  # hidden, an Office program's lock, what macOS packs beside the files
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class File:
    """One file to read. `path` names it to people; `name` is the id that its place gives it; `content` may raise Unreadable.

    `course` gives the ``course.yaml`` of the course in which it lies; `shelf` is its first folder there (``lessons``...), None beside that file.
    """

    path: str
    name: str
    content: Callable[[], bytes]
    course: Callable[[], bytes] | None = None
    shelf: str | None = None

    @property
    def suffix(self) -> str:
        """In lower case, with its dot; empty when there is none."""
        return PurePosixPath(self.name).suffix.lower()


def find(paths: Sequence[Path], limit: int) -> Iterator[File | Problem]:
    """Material in a stable order, files of `limit` bytes at most; a Problem for what is meant as material and is in no format that is read."""
    for path in paths:
        if os.path.isfile(path):
            yield _given(path, limit)
        elif os.path.isdir(path):
            yield from _below(path, limit)
        else:
            why = "is neither a file nor a folder" if os.path.lexists(path) else "does not exist"
            raise NothingToRead(f"{str(path)!r} {why}: give a file or a folder of materials")


def named_for(path: str) -> str:
    """What a file, within an archive or not, is named for: ``moon.en`` for ``lessons/moon.en.md``."""
    return PurePosixPath(path.rpartition(INSIDE)[2]).stem


def unpacked(archive: File, limit: int) -> Iterator[File | Problem]:
    """The material within an archive; Unreadable when it cannot be opened."""
    found = list(members(archive.content()))
    courses = {PurePosixPath(one.name).parent: one for one in found if PurePosixPath(one.name).name == COURSE}
    for member in found:
        name, place = _printable(member.name), PurePosixPath(member.name)
        file = File(f"{archive.path}{INSIDE}{name}", name, partial(_member, member, limit), archive.course, archive.shelf or "")
        course = next((folder for folder in place.parents if folder in courses), None)
        if course is not None:
            file = replace(file, course=partial(_member, courses[course], limit), shelf=_shelf(place, course))
        material = file if member.hostile else _material(file)
        if material is not None:
            yield material


def _member(member: Member, limit: int) -> bytes:
    if PurePosixPath(member.name).suffix.lower() == ARCHIVE:
        raise Unreadable("is an archive within an archive: put its files into the outer one")
    return member.content(limit)


def _material(file: File) -> File | Problem | None:
    """The file, if it is one to read. What lies beside ``course.yaml``, but the glossary, describes the course and is no part of it."""
    place = PurePosixPath(file.name)
    if any(part.startswith(PASSED_OVER) for part in place.parts) or file.suffix not in READ | ADVICE.keys():
        return None
    if file.course is not None and file.shelf is None and place.name not in GLOSSARY:
        what = f"lies beside {COURSE}, where nothing is read: move it into a folder such as lessons/"
        return None if place.stem.lower() in _ABOUT_COURSE else Problem(file.path, 1, what)
    return file if file.suffix in READ else Problem(file.path, 1, _unknown(file.suffix))


def _unknown(suffix: str) -> str:
    if suffix in ADVICE:
        return f"{suffix} files are not read: save it as {ADVICE[suffix]}"
    return f"{suffix or 'no suffix'}: files of this kind are not read, but " + " ".join(sorted(READ))


def _given(path: Path, limit: int) -> File:
    """A file that was itself asked for is read, or is one that cannot be read."""
    file = _file(path, path.name, limit)
    return file if file.suffix in READ else replace(file, content=partial(_refuse, _unknown(file.suffix)))


def _below(folder: Path, limit: int) -> Iterator[File | Problem]:
    found = sorted(_walk(folder))
    root = Path(os.path.realpath(folder))
    taken = {os.path.realpath(path) for path in found if not path.is_symlink() and path.suffix.lower() in READ}
    for path in found:
        file = _file(path, path.relative_to(folder).as_posix(), limit)
        material = _followed(path, file, root, taken) if path.is_symlink() else _material(file)
        if material is not None:
            yield material


def _followed(link: Path, file: File, root: Path, taken: set[str]) -> File | Problem | None:
    """A link within the folder is followed, unless its file is read anyway (`taken`); one that leads out is refused."""
    real, material = os.path.realpath(link), _material(file)
    if not Path(real).is_relative_to(root):
        what = f"is a link out of the folder, to {real!r}: put the file itself here"
        return replace(file, content=partial(_refuse, what)) if material is not None or os.path.isdir(real) else None
    if real in taken or os.path.isdir(real):
        return None
    taken.add(real)
    return material


def _walk(folder: Path) -> Iterator[Path]:
    """Files, and links to whatever; a folder that cannot be listed stops the reading, since its documents would seem withdrawn."""
    for parent, folders, names in os.walk(folder, onerror=_cannot_look):
        folders[:] = [name for name in folders if not name.startswith(PASSED_OVER)]
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        yield from (Path(parent, name) for name in (*links, *names) if not name.startswith(PASSED_OVER))


def _cannot_look(error: OSError) -> NoReturn:
    raise NothingToRead(f"{error.filename!r} cannot be listed ({error.strerror}): make it readable")


def _content(path: str, limit: int) -> bytes:
    """The bytes of an ordinary file; pipes and devices are never opened, a file that is too large is never read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise Unreadable("is no ordinary file (a pipe, a socket or a device): remove it")
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                raise Unreadable(f"has {size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that are read: split it into parts")
            return file.read(limit)
    except FileNotFoundError as error:
        raise Unreadable("cannot be opened: it is gone, or a link to nothing") from error
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror}): put a file here that this account may read") from error


def _file(path: Path, relative: str, limit: int) -> File:
    real = Path(os.path.realpath(path))
    name = _printable(unicodedata.normalize("NFC", relative))
    file = File(name, name, partial(_content, str(real), limit))
    course = next((folder for folder in real.parents if os.path.isfile(folder / COURSE)), None)
    return replace(file, course=partial(_content, os.path.realpath(course / COURSE), limit), shelf=_shelf(real, course)) if course else file


def _shelf(place: PurePath, course: PurePath) -> str | None:
    first, *inner = place.relative_to(course).parts
    return first if inner else None


def _refuse(what: str) -> bytes:
    raise Unreadable(what)


def _printable(name: str) -> str:
    """Control characters, and bytes that are not UTF-8, as escapes: ``caf\\xe9.md``."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
