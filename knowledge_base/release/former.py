"""Passages that the published release holds no more: what older releases on disk still tell of them, and what pruning left."""

import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.errors import PassageWithdrawn, ReleaseDamaged, UnknownPassage
from knowledge_base.release import manifest as stamps
from knowledge_base.release import records, tombstones
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.passages import Passages
from knowledge_base.types import Document, Passage

Ids = npt.NDArray[np.bytes_]
NONE = np.zeros(0, "S1")
MOST = 1_000  # passages found that are kept for whoever asks again


@dataclass(frozen=True)
class Cited:
    """A passage with its document, as the release of that id holds them."""

    passage: Passage
    document: Document
    release: str


class FormerPassages:
    """Looks through the releases on disk. Their ids stay in memory, sorted, so that asking for what nobody holds reads no release again."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._guard = threading.Lock()
        self._ids: dict[str, Ids] = {}
        self._found: dict[str, Cited] = {}
        self._buried: tuple[object, Ids] = (None, NONE)

    def find(self, passage_id: str) -> Cited:
        """What the newest release that holds the passage says; else PassageWithdrawn when a pruned one held it, or UnknownPassage."""
        sought = passage_id.encode("utf-8", "surrogatepass")
        with self._guard:
            self._look()
            found = self._found.get(passage_id) or self._search(sought)
            if found is None and _holds(self._tombs(), sought):
                raise PassageWithdrawn(passage_id, None)
            if found is None:
                raise UnknownPassage(f"no passage {passage_id!r}")
            if len(self._found) == MOST:
                self._found.clear()
            self._found[passage_id] = found
            return found

    def _search(self, sought: bytes) -> Cited | None:
        for release, ids in self._ids.items():
            if _holds(ids, sought):
                try:
                    return self._cited(release, sought)
                except (ReleaseDamaged, OSError):
                    self._ids[release] = NONE  # pruned meanwhile, or what it held can no longer be told
        return None

    def _look(self) -> None:
        """Each release's ids, the newest first; read once, when the release appears."""
        names = sorted((folder.name for folder in self._data.releases.glob("[!.]*")), reverse=True)
        if list(self._ids) != names:
            self._ids = {name: self._ids[name] if name in self._ids else self._read(name) for name in names}
            self._found.clear()

    def _read(self, release: str) -> Ids:
        try:
            folder = self._data.release(release)
            return np.sort(Passages(folder, records.read_documents(folder)).ids)
        except ReleaseDamaged:
            return NONE

    def _cited(self, release: str, sought: bytes) -> Cited:
        folder = self._data.release(release)
        records.check(folder, stamps.read(folder))
        documents = records.read_documents(folder)
        passages = Passages(folder, documents)
        row = int(np.flatnonzero(passages.ids == sought)[0])
        return Cited(passages[row], documents[passages.document_numbers[row]], release)

    def _tombs(self) -> Ids:
        try:
            written = self._data.tombstones.stat()
        except FileNotFoundError:
            return NONE
        stamp = (written.st_mtime_ns, written.st_size, written.st_ino)
        if self._buried[0] != stamp:
            self._buried = stamp, np.sort(np.array([passage_id.encode() for passage_id in tombstones.buried(self._data)] or [b""]))
        return self._buried[1]


def _holds(ids: Ids, sought: bytes) -> bool:
    at = int(np.searchsorted(ids, sought))
    return at < len(ids) and bytes(ids[at]) == sought
