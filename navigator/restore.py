"""Puts a backup back: every file is verified before anything is put in place."""

import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from knowledge_base.errors import OperatorError
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder, sync_folder, sync_tree
from navigator.backup import CONTENTS, FILES, OWNER_ONLY, PREFIX, TREES, Contents, Hashing, count_releases
from navigator.presence import nobody_serving

JOBS = "jobs"  # they tell of releases that are not there any more
REPLACED = ("current", *(name for name in FILES if name != "current"), *TREES, JOBS)  # in this order: without `current` nothing is published
DATABASE_LOGS = ("state.db-wal", "state.db-shm", "state.db-journal")  # a log of the replaced database would be played into the restored one
PART = 1 << 20


class BadBackup(OperatorError):
    """Not a backup, or one that is damaged, cut short or made to write where it must not."""


class CannotRestore(OperatorError):
    """The data folder holds something already, or has no room."""


@dataclass(frozen=True)
class Checked:
    """What a whole backup says of itself; `bytes` is what its files take."""

    created: str
    version: str
    release: str | None
    releases: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Restored:
    """What was put in place, and what it took the place of: names in the data folder."""

    backup: Checked
    replaced: tuple[str, ...]


def check(file: Path) -> Checked:
    """Reads the whole backup and writes nothing; BadBackup unless every hash matches."""
    return _read(file, None)


def restore(file: Path, data: DataFolder, *, replace: bool) -> Restored:
    """Puts a backup in place, all of it or nothing; `replace` allows that for a folder that holds something.

    The whole backup is unpacked and verified beside what it replaces; then names are moved, `current` away first and back last, so that
    whoever is killed in these milliseconds leaves nothing published, and restoring once more mends it.
    """
    with nobody_serving(data), publish.writing(data):
        there = tuple(name for name in REPLACED if (data.root / name).exists())
        _refuse(file, data, there if not replace else ())
        with _aside(data) as (new, old):
            read = _read(file, new)
            sync_tree(new)
            _swap(data.root, new, old)
        return Restored(read, there)


def _refuse(file: Path, data: DataFolder, in_the_way: tuple[str, ...]) -> None:
    folder = str(data.root)
    if in_the_way:
        raise CannotRestore(f"{folder!r} holds {', '.join(in_the_way)}: give --replace to replace all, or set NAVIGATOR_DATA_DIR to an empty folder")
    if file.resolve().is_relative_to(data.root.resolve()):
        raise CannotRestore(f"{str(file)!r} lies in the data folder that it would replace: move it out first")


@contextmanager
def _aside(data: DataFolder) -> Iterator[tuple[Path, Path]]:
    """Private folders for what comes and what goes, on the data folder's own disk; what a killed restore left there is removed first."""
    aside = data.root / ".restoring"
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        new, old = aside / "new", aside / "old"
        new.mkdir()
        old.mkdir()
        yield new, old
    except OSError as error:
        raise CannotRestore(f"the backup cannot be unpacked into {str(data.root)!r} ({error}): make room there, or make it writable") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(root: Path, new: Path, old: Path) -> None:
    for name in (*REPLACED, *DATABASE_LOGS):
        if (root / name).exists():
            (root / name).rename(old / name)
    for path in sorted(new.iterdir(), key=lambda path: path.name == "current"):
        path.rename(root / path.name)
    sync_folder(root)


def _read(file: Path, target: Path | None) -> Checked:
    """Reads all members, writes them below `target` if there is one, and compares their hashes with the table of contents."""
    if not file.is_file():
        raise BadBackup(f"there is no file {str(file)!r}: give the one that navigator backup wrote")
    try:
        with file.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|") as archive:
            return _read_members(archive, target)
    except (tarfile.TarError, ValueError, OverflowError, BadBackup) as error:
        raise BadBackup(f"{str(file)!r} is not a whole backup of Navigator's ({error}): take another copy of it") from error


def _read_members(archive: tarfile.TarFile, target: Path | None) -> Checked:
    """The same of an open archive; its errors lack the file's name."""
    digests: dict[str, str] = {}
    size = 0
    for info in archive:
        content, name = _opened(archive, info)
        if name == CONTENTS:
            contents = _contents(content.read())
            _compare(digests, contents.files)
            return Checked(contents.created, contents.version, contents.release, count_releases(digests), len(digests), size)
        if name in digests:
            raise BadBackup(f"it holds {name!r} twice")
        digests[name] = _unpack(content, _place(name, target), info.mode)
        size += info.size
    raise BadBackup("it is cut short: there is no table of contents at its end")


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> tuple[IO[bytes], str]:
    """A member's content and its name below the prefix; only plain files may stand there: no links, devices or files with holes."""
    content = archive.extractfile(info) if info.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not info.issparse() else None
    if content is None or not info.name.startswith(f"{PREFIX}/"):
        raise BadBackup(f"it holds {info.name!r}, which no backup of this version does")
    return content, info.name.removeprefix(f"{PREFIX}/")


def _place(name: str, target: Path | None) -> Path | None:
    """Where a member belongs below `target`: one of the known files, or anything in one of the known folders and not out of it."""
    first, *inner = name.split("/")
    known = first in TREES if inner else first in FILES
    if not known or any(part in ("", ".", "..") for part in inner):
        raise BadBackup(f"it holds {name!r}, which no backup of this version does")
    return target / name if target else None


def _unpack(content: IO[bytes], path: Path | None, mode: int) -> str:
    """Writes a member, if there is a place for it, and returns its SHA-256."""
    hashing = Hashing(content)
    if path is None:
        while hashing.read(PART):
            pass
        return hashing.digest.hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, OWNER_ONLY | mode & 0o777)) as written:
        shutil.copyfileobj(hashing, written, PART)
    return hashing.digest.hexdigest()


def _contents(written: bytes) -> Contents:
    try:
        return Contents.from_json(written)
    except ValueError as error:
        raise BadBackup(f"its {CONTENTS} cannot be read") from error


def _compare(found: Mapping[str, str], expected: Mapping[str, str]) -> None:
    wrong = [name for name in {**expected, **found} if found.get(name) != expected.get(name)]
    if wrong:
        raise BadBackup(f"{len(wrong)} files are missing, too many or do not match their hash, {wrong[0]!r} first")
