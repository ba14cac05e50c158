"""A release opened for reading: its documents in memory, its passages and vectors mapped, its indexes ready."""

import numpy as np

from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.index.lexical import LexicalIndex
from knowledge_base.release import publish, records, wordings
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.release.nearest import Indexed, open_index
from knowledge_base.release.passages import Passages
from knowledge_base.release.vectors import VectorFiles
from knowledge_base.types import Document
from knowledge_base.widening import Widening


class OpenRelease:
    """One release, safe to read from several threads until it is closed; ReleaseDamaged when it is not whole.

    Row `i` of every array belongs to ``passages[i]``.
    """

    def __init__(self, data: DataFolder, manifest: Manifest) -> None:
        folder = data.release(manifest.release)
        records.check(folder, manifest)
        self.manifest = manifest
        self.in_order = records.read_documents(folder)
        self.documents: dict[str, Document] = {document.doc_id: document for document in self.in_order}
        self.numbers = {doc_id: number for number, doc_id in enumerate(self.documents)}
        self.passages = Passages(folder, self.in_order)
        ids = [passage_id.decode() for passage_id in self.passages.ids.tolist()]
        self.rows: dict[str, int] = {passage_id: row for row, passage_id in enumerate(ids)}
        self.vectors = VectorFiles.load(folder)
        self.wordings = wordings.load(folder, self.in_order, manifest.embedder.dimensions)
        self.asked_words = wordings.load_words(folder, self.in_order)
        self.lexical = LexicalIndex(folder / "lexical", len(self.passages))
        self.widening = Widening(self.in_order)
        self.vector_index = open_index(data, Indexed(folder, manifest.release, ids, self.vectors.passages))

    def document_of(self, row: int) -> Document:
        """The document that the passage in `row` belongs to."""
        return self.in_order[int(self.passages.document_numbers[row])]

    def rows_of(self, doc_id: str) -> list[int]:
        """The rows of a document's passages, in reading order; empty when there is no such document."""
        number = self.numbers.get(doc_id, -1)
        return [int(row) for row in np.flatnonzero(self.passages.document_numbers == number)]

    def close(self) -> None:
        """Frees the vector index; nothing may read any more."""
        self.vector_index.close()


def open_release(data: DataFolder, release_id: str | None, stamp: EmbedderStamp) -> OpenRelease:
    """Opens a release, or the published one when `release_id` is None; refuses one that another embedder built."""
    manifest = publish.current(data) if release_id is None else publish.find(data, release_id)
    manifest.check_embedder(stamp)
    return OpenRelease(data, manifest)
