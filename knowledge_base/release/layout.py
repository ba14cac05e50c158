"""The data folder: where releases, models, private copies and the pointer to the published release lie."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import DataFolderUnusable


@dataclass(frozen=True)
class DataFolder:
    """Paths below ``NAVIGATOR_DATA_DIR``; nothing here is created by naming it.

    With `chroma_url` the releases' vectors are searched in that Chroma server, a collection a release, and not in ``chroma/``.
    """

    root: Path
    chroma_url: str | None = None

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def current(self) -> Path:
        return self.root / "current"

    @property
    def private(self) -> Path:
        """Where processes keep copies of Chroma directories of their own, each locked while somebody uses it."""
        return self.root / "open"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def uploads(self) -> Path:
        """What staff uploaded: the source ``staff``."""
        return self.root / "uploads"

    @property
    def withdrawn(self) -> Path:
        """Ids of documents that staff withdrew, one a line; no source brings them back."""
        return self.root / "withdrawn"

    @property
    def tombstones(self) -> Path:
        """Ids of passages that only pruned releases held, one a line: nothing else is known of them any more."""
        return self.root / "tombstones"

    @property
    def reviews(self) -> Path:
        """What asking the golden questions showed, a file a release."""
        return self.root / "reviews"

    @property
    def jobs(self) -> Path:
        """The journals of ingestions that the staff page started."""
        return self.root / "jobs"

    @property
    def state(self) -> Path:
        """The SQLite database of conversations and feedback."""
        return self.root / "state.db"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def filling(self) -> Path:
        """The lock of whoever fills an index anew, so that servers which open one release at once do it once."""
        return self.root / "filling"

    def release(self, release_id: str) -> Path:
        return self.releases / release_id

    def ensure_writable(self) -> None:
        """Makes the folder; raises DataFolderUnusable when it cannot be written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise DataFolderUnusable(
                f"the data folder {str(self.root)!r} cannot be written ({error.strerror}): set NAVIGATOR_DATA_DIR to a folder that can"
            ) from error


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Says what to do when the system cannot write into `folder`: DataFolderUnusable, in one line."""
    try:
        yield
    except OSError as error:
        raise DataFolderUnusable(f"{str(folder)!r} cannot be written ({error}): make room there, or make it writable") from error


def replace_text(path: Path, text: str) -> None:
    """Gives the file a new content in one atomic, durable step; a crash leaves the old one, and ``<path>.<process id>`` beside it."""
    temporary = Path(f"{path}.{os.getpid()}")
    with writing_into(path.parent):
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename inside `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Makes every file below `folder`, and the folders themselves, durable."""
    for parent, _folders, names in os.walk(folder):
        for name in names:
            with open(Path(parent) / name, "rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(parent))
