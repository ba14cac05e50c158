"""A disk that is full, at several levels: an ingestion fails in one line, what is published stays, and room mends all."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.faults import valves
from benchmarks.faults.readers import asking
from benchmarks.faults.valves import FORK, Broken
from knowledge_base.errors import KnowledgeError
from knowledge_base.release.layout import DataFolder

SIZE = 64_000_000
MOST = 2  # while it is written, a release takes nearly twice the room that it takes in the end


class NoDisk(Exception):
    """A file system of one's own cannot be mounted here."""


@dataclass(frozen=True)
class Filled:
    """How many ingestions failed for want of room, how many fitted all the same, and how many questions were answered meanwhile."""

    failed: int
    fitted: int
    answers: int


def fill_the_disk(folder: Path, *, levels: int) -> Filled:
    """Ingests with a little more room each time, from none to what writing a release takes; Broken when a promise is not kept."""
    with _small_disk(folder / "disk") as disk:
        data, course, ballast = DataFolder(disk / "data"), folder / "course", disk / "ballast"
        valves.write(course, 0)
        before = _free(disk)
        valves.in_child(lambda: valves.ingest(data, course))
        need = before - _free(disk)
        versions, failed = dict([valves.published_version(data)]), 0
        with asking(data, 1) as heard:
            for level in range(levels):
                valves.write(course, level + 1)
                _leave(disk, ballast, MOST * need * level // levels)
                failed += _ingest(data, course)
                versions.update([valves.published_version(data)])
            ballast.unlink()
            valves.write(course, levels + 1)
            valves.in_child(lambda: valves.ingest(data, course))
            versions.update([valves.published_version(data)])
            if levels + 1 not in versions.values():
                raise Broken("with room again, the next ingestion is not published")
        heard.check(versions)
    return Filled(failed, levels - failed, heard.answers)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NoDisk("there is no mount") from error
    if mounted.returncode:
        raise NoDisk("mounting needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _free(disk: Path) -> int:
    return os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize


def _leave(disk: Path, ballast: Path, room: int) -> None:
    """Fills the disk so that so many bytes stay free."""
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, _free(disk) - room))


def _ingest(data: DataFolder, course: Path) -> bool:
    """Whether the ingestion failed; Broken unless it then says in one line to make room."""
    ours, theirs = FORK.Pipe()
    writer = FORK.Process(target=_say_how_it_ends, args=(data, course, theirs))
    writer.start()
    writer.join()
    if writer.exitcode:
        raise Broken(f"the ingestion ended with {writer.exitcode}")
    said = str(ours.recv())
    if said and ("make room" not in said or "\n" in said):
        raise Broken(f"the ingestion says {said!r}")
    return bool(said)


def _say_how_it_ends(data: DataFolder, course: Path, told: Connection) -> None:
    try:
        valves.ingest(data, course)
    except KnowledgeError as error:
        told.send(str(error))
    else:
        told.send("")
