"""A release opened for reading: its records in memory, its vectors mapped, its indexes ready."""

import hashlib
from pathlib import Path

from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.index.chroma import VectorIndex
from knowledge_base.index.lexical import LexicalIndex
from knowledge_base.release import private, publish, records
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.release.vectors import VectorFiles
from knowledge_base.types import Document, Passage


class OpenRelease:
    """One release, safe to read from several threads until it is closed. Row `i` of every array belongs to ``passages[i]``."""

    def __init__(self, data: DataFolder, manifest: Manifest) -> None:
        folder = data.release(manifest.release)
        _check_files(folder, manifest)
        self.manifest = manifest
        self.documents: dict[str, Document] = {document.doc_id: document for document in records.read_documents(folder)}
        self.passages: list[Passage] = records.read_passages(folder)
        self.rows: dict[str, int] = {passage.passage_id: row for row, passage in enumerate(self.passages)}
        self.vectors = VectorFiles.load(folder)
        self.lexical = LexicalIndex(folder / "lexical", len(self.passages))
        self._copy = private.private_copy(data, folder / "chroma")
        self.vector_index = VectorIndex(self._copy)

    def document_of(self, row: int) -> Document:
        """The document that the passage in `row` belongs to."""
        return self.documents[self.passages[row].doc_id]

    def close(self) -> None:
        """Frees the vector index and its private copy; nothing may read any more."""
        self.vector_index.close()
        private.discard(self._copy)


def open_release(data: DataFolder, release_id: str | None, stamp: EmbedderStamp) -> OpenRelease:
    """Opens a release, or the published one when `release_id` is None; refuses one that another embedder built."""
    manifest = publish.current(data) if release_id is None else publish.find(data, release_id)
    manifest.check_embedder(stamp)
    return OpenRelease(data, manifest)


def _check_files(folder: Path, manifest: Manifest) -> None:
    """The records and offsets are small and are checked at every opening; the vectors by ``navigator doctor``."""
    for name in (records.DOCUMENTS, records.PASSAGES):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != manifest.files.get(name):
            raise ReleaseDamaged(f"{name} of release {manifest.release!r} does not match its manifest: run navigator ingest content to build another")
