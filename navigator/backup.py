"""Writes everything a school cannot make again into one file, while servers go on answering.

::

    FILE  a tar, readable by its owner alone: it holds the students' conversations and the key of their pseudonyms
      navigator-backup-1/releases/... uploads/... reviews/... current withdrawn tombstones state.db pseudonym.key staff.log
      navigator-backup-1/contents.json     last: the SHA-256 of every other member, so that a file cut short has none

It is not compressed: gzip saves a quarter of a release, most of which is vectors, and takes ten times as long.
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter

from knowledge_base.errors import OperatorError
from knowledge_base.progress import Progress
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder, sync_folder

PREFIX = "navigator-backup-1"  # the number rises when another version could not read it
CONTENTS = "contents.json"
STATE = "state.db"
TREES = ("releases", "uploads", "reviews")
FILES = ("current", "withdrawn", "tombstones", STATE, "pseudonym.key", "staff.log")
OWNER_ONLY = 0o600


class CannotBackUp(OperatorError):
    """Nothing to back up, or no place to write it to."""


@dataclass(frozen=True)
class Contents:
    """The last member: when and by which version the backup was made, the published release, and each other member's SHA-256 by its name."""

    created: str
    version: str
    release: str | None
    files: dict[str, str]

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, written: bytes) -> "Contents":
        """ValueError when it is none."""
        return TypeAdapter(cls).validate_json(written)


class Hashing:
    """Reads on behalf of somebody else and hashes what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        read = self._file.read(size)
        self.digest.update(read)
        return read


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds: the published release, how many releases and files, and the file's size in bytes."""

    file: str
    release: str | None
    releases: int
    files: int
    bytes: int


def back_up(data: DataFolder, file: Path, *, now: dt.datetime, version: str, progress: Progress) -> BackedUp:
    """Writes the new `file`, whole or not at all. Holds the writer lock: no ingestion or pruning runs meanwhile, answering does."""
    _refuse(data, file)
    with publish.writing(data), _made_aside(file) as aside:
        sources = _sources(data, aside)
        release = publish.current_id(data)
        with _written(aside / file.name) as archive:
            digests: dict[str, str] = {}
            for name, path in sources.items():
                digests[name] = _add(archive, name, path)
                progress("backing up", len(digests), len(sources))
            _add_contents(archive, Contents(now.isoformat(timespec="seconds"), version, release, digests))
        (aside / file.name).rename(file)
        sync_folder(file.parent)
        return BackedUp(str(file), release, count_releases(digests), len(digests), file.stat().st_size)


def count_releases(names: Iterable[str]) -> int:
    """How many releases the members called `names` belong to."""
    return len({name.split("/")[1] for name in names if name.startswith("releases/")})


def _refuse(data: DataFolder, file: Path) -> None:
    if not any((data.root / name).exists() for name in ("current", STATE, "uploads")):
        raise CannotBackUp(f"{str(data.root)!r} holds nothing to back up: set NAVIGATOR_DATA_DIR to the folder that does")
    if file.exists() or file.is_symlink():
        raise CannotBackUp(f"{str(file)!r} exists: give another name, or remove it first")
    if not file.parent.is_dir():
        raise CannotBackUp(f"the folder {str(file.parent)!r} does not exist: make it first")
    if file.resolve().is_relative_to(data.root.resolve()):
        raise CannotBackUp(f"{str(file)!r} lies in the data folder itself: give a place outside")


@contextmanager
def _made_aside(file: Path) -> Iterator[Path]:
    """A private folder beside `file`, gone afterwards; what a killed backup left there is removed first."""
    aside = file.with_name(f".{file.name}.making")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        yield aside
    except OSError as error:
        raise CannotBackUp(f"{str(file)!r} cannot be written ({error}): make room there, or give another place") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _sources(data: DataFolder, aside: Path) -> dict[str, Path]:
    """Every file to pack, by its name in the backup; the database is copied first, as it was at one moment."""
    found = {name: data.root / name for name in FILES if (data.root / name).is_file()}
    if STATE in found:
        found[STATE] = _copied_database(found[STATE], aside / STATE)
    for tree in TREES:
        for parent, _folders, names in os.walk(data.root / tree):
            paths = (Path(parent, name) for name in sorted(names))
            found |= {path.relative_to(data.root).as_posix(): path for path in paths if path.is_file()}
    return found


def _copied_database(database: Path, copy: Path) -> Path:
    """SQLite's own online backup: consistent while others write. Messengers' notes live for an hour, and a backup lives on: it has none."""
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA secure_delete = ON").close()
            if target.execute("SELECT 1 FROM sqlite_master WHERE name = 'notes'").fetchone():
                target.execute("DELETE FROM notes")
                target.commit()
    except sqlite3.Error as error:
        raise CannotBackUp(f"{str(database)!r} cannot be copied ({error}): make room, or mend it first") from error
    shutil.copymode(database, copy)
    return copy


@contextmanager
def _written(path: Path) -> Iterator[tarfile.TarFile]:
    """A tar at the new `path`, on the disk when the context ends."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, OWNER_ONLY)) as raw:
        with tarfile.open(fileobj=raw, mode="w|", format=tarfile.PAX_FORMAT) as archive:
            yield archive
        raw.flush()
        os.fsync(raw.fileno())


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Packs as much of a file as it holds now, and returns that part's SHA-256: a log may grow meanwhile."""
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        info = tarfile.TarInfo(f"{PREFIX}/{name}")
        info.size, info.mode, info.mtime = stat.st_size, stat.st_mode & 0o777, stat.st_mtime
        hashing = Hashing(file)
        archive.addfile(info, hashing)
        return hashing.digest.hexdigest()


def _add_contents(archive: tarfile.TarFile, contents: Contents) -> None:
    written = contents.to_json()
    info = tarfile.TarInfo(f"{PREFIX}/{CONTENTS}")
    info.size, info.mode = len(written), OWNER_ONLY
    archive.addfile(info, io.BytesIO(written))
