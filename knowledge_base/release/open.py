"""A release opened for reading: its records in memory, its vectors mapped, its indexes ready."""

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
    """One release, safe to read from several threads until it is closed; ReleaseDamaged when it is not whole.

    Row `i` of every array belongs to ``passages[i]``.
    """

    def __init__(self, data: DataFolder, manifest: Manifest) -> None:
        folder = data.release(manifest.release)
        records.check(folder, manifest)
        self.manifest = manifest
        self.documents: dict[str, Document] = {document.doc_id: document for document in records.read_documents(folder)}
        self.passages: list[Passage] = records.read_passages(folder)
        self.rows: dict[str, int] = {passage.passage_id: row for row, passage in enumerate(self.passages)}
        self.vectors = VectorFiles.load(folder)
        self.lexical = LexicalIndex(folder / "lexical", len(self.passages))
        self._copy = private.private_copy(data, folder / "chroma")
        try:
            self.vector_index = VectorIndex(self._copy)
        except ReleaseDamaged:
            private.discard(self._copy)
            raise

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
