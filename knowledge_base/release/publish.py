"""The pointer to the published release, and who may move it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from knowledge_base.errors import Busy, NoRelease, ReleaseDamaged, UnknownRelease
from knowledge_base.release import manifest as stamps
from knowledge_base.release import nearest, records
from knowledge_base.release.build import BUILDING
from knowledge_base.release.layout import DataFolder, replace_text
from knowledge_base.release.manifest import Manifest

PRUNING = ".pruning-"


@contextmanager
def writing(data: DataFolder, *, patience: float = 0.0) -> Iterator[None]:
    """Holds the data folder's one writer lock, and sweeps what a crashed writer left; Busy when somebody else holds it for `patience` seconds."""
    data.ensure_writable()
    lock = FileLock(data.lock)
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise Busy("another ingestion holds the data folder: wait until it is done, then try again") from error
    try:
        _sweep(data)
        yield
    finally:
        lock.release()


def _sweep(data: DataFolder) -> None:
    for building in data.releases.glob(f"{BUILDING}*"):
        nearest.remove_unfinished(data, building)
    for pruning in data.releases.glob(f"{PRUNING}*"):
        shutil.rmtree(pruning, ignore_errors=True)
    for replaced in (data.current, data.tombstones, data.withdrawn):
        for temporary in data.root.glob(f"{replaced.name}.*"):
            temporary.unlink(missing_ok=True)


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


def ids(data: DataFolder) -> list[str]:
    """The id of every release on disk, damaged ones too, oldest first; those of one second by the moment that their manifests tell."""

    def age(release_id: str) -> tuple[str, str]:
        with suppress(ReleaseDamaged):
            return release_id.partition("-")[0], stamps.read(data.release(release_id)).created
        return release_id.partition("-")[0], ""

    return sorted((folder.name for folder in data.releases.glob("[!.]*")), key=age)


def listed(data: DataFolder) -> list[Manifest]:
    """Every readable release on disk, oldest first."""
    found: list[Manifest] = []
    for release_id in ids(data):
        try:
            found.append(stamps.read(data.release(release_id)))
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
    replace_text(data.current, release_id + "\n")
