"""The vector index, and the one home of chromadb.

A directory is written once, closed, and never written again by us; but Chroma writes to its SQLite file on opening, so
whoever opens one brings a private copy.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from chromadb.utils.batch_utils import create_batches

from knowledge_base.embedding.base import Vectors
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.progress import Progress

COLLECTION = "passages"
# Recall against brute force stays above 0.99 on text vectors with these; the default space would be l2.
CONFIGURATION: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}}


def build(folder: Path, ids: Sequence[str], vectors: Vectors, *, progress: Progress) -> None:
    """Writes an index of `vectors` (one row an id, unit length) into the new `folder`."""
    client = _client(folder)
    try:
        collection = client.create_collection(COLLECTION, embedding_function=None, configuration=CONFIGURATION)
        done = 0
        batches = create_batches(client, ids=list(ids), embeddings=list(vectors)) if ids else []
        for batch in batches:
            collection.add(*batch)
            done += len(batch[0])
            progress("indexing", done, len(ids))
    finally:
        client.close()


class VectorIndex:
    """A finished index, opened for reading from a private copy of its folder; ReleaseDamaged when that holds none."""

    def __init__(self, folder: Path) -> None:
        with _damage_told():
            self._client = _client(folder)
            try:
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
                self._size = self._collection.count()
            except ChromaError:
                self._client.close()
                raise

    def nearest(self, query: Vectors, k: int) -> list[str]:
        """Ids of the `k` passages nearest to the query vector (shape ``(d,)``), nearest first."""
        if self._size == 0:
            return []
        found = self._collection.query(query_embeddings=np.asarray([query], np.float32), n_results=min(k, self._size), include=[])
        return list(found["ids"][0])

    def close(self) -> None:
        """Frees the files; the index answers no more."""
        self._client.close()


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise ReleaseDamaged(f"the vector index cannot be opened ({error}): run navigator ingest content to build another release") from error


def _client(folder: Path) -> Client:
    return Client(settings=Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)))
