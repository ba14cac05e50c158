"""The pointer to the published release, and who may move it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge_base.errors import Busy, NoRelease, ReleaseDamaged, UnknownRelease
from knowledge_base.release import manifest as stamps
from knowledge_base.release import records
from knowledge_base.release.build import BUILDING
from knowledge_base.release.layout import DataFolder, sync_folder
from knowledge_base.release.manifest import Manifest


@contextmanager
def writing(data: DataFolder) -> Iterator[None]:
    """Holds the data folder's one writer lock, and sweeps what a crashed writer left; Busy when somebody else holds it."""
    data.ensure_writable()
    lock = FileLock(data.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Busy("another ingestion holds the data folder: wait until it is done, then try again") from error
    try:
        _sweep(data)
        yield
    finally:
        lock.release()


def _sweep(data: DataFolder) -> None:
    for building in data.releases.glob(f"{BUILDING}*"):
        shutil.rmtree(building, ignore_errors=True)
    for pointer in data.root.glob(f"{data.current.name}.*"):
        pointer.unlink(missing_ok=True)


def current_id(data: DataFolder) -> str | None:
    """The published release's id, or None before the first."""
    try:
        return data.current.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def current(data: DataFolder) -> Manifest:
    """The published release's stamp; NoRelease before the first."""
    release_id = current_id(data)
    if release_id is None:
        raise NoRelease("no release is published yet: run navigator ingest content")
    return find(data, release_id)


def find(data: DataFolder, release_id: str) -> Manifest:
    """The stamp of the release called `release_id`."""
    folder = data.release(release_id)
    if not release_id or release_id.startswith(".") or folder.parent != data.releases or not folder.is_dir():
        raise UnknownRelease(f"there is no release {release_id!r} in {str(data.releases)!r}: navigator releases list names those there are")
    return stamps.read(folder)


def listed(data: DataFolder) -> list[Manifest]:
    """Every readable release on disk, oldest first."""
    found: list[Manifest] = []
    for folder in sorted(data.releases.glob("[!.]*")):
        try:
            found.append(stamps.read(folder))
        except ReleaseDamaged:
            continue  # doctor names it; a list of what can be published need not
    return found


def base(data: DataFolder) -> Manifest | None:
    """What an ingestion builds upon: the published release or, when its records are damaged or gone, the newest whole one; None before the first."""
    published = current_id(data)
    if published is None:
        return None
    for release_id in [published, *(manifest.release for manifest in reversed(listed(data)))]:
        with suppress(UnknownRelease, ReleaseDamaged):
            manifest = find(data, release_id)
            records.check(data.release(release_id), manifest)
            return manifest
    return None


def publish(data: DataFolder, release_id: str) -> None:
    """Points `current` at a release on disk in one atomic step; call while `writing`."""
    find(data, release_id)
    temporary = Path(f"{data.current}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(release_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(data.current)
    sync_folder(data.root)
