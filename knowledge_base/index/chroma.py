"""The vector index in a folder, and how Chroma is asked; with ``chroma_server.py`` the home of chromadb.

A directory is written once, closed, and never written again by us; but Chroma writes to it on opening, so whoever opens
one brings a private copy.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError

from knowledge_base.embedding.base import Vectors
from knowledge_base.errors import DataFolderUnusable, ReleaseDamaged
from knowledge_base.progress import Progress

COLLECTION = "passages"
Put = Callable[..., object]


def configuration(size: int) -> CreateCollectionConfiguration:
    """For an index of `size` vectors: the default space would be l2; recall against brute force stays above 0.99 on text vectors with these.

    The graph is written once, after the last vector: what Chroma keeps in its log instead, every opening does over again.
    """
    return {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32, "sync_threshold": max(2, size)}}


def put(into: Put, ids: Sequence[str], vectors: Vectors, *, most: int, progress: Progress) -> None:
    """Hands the vectors, one row an id, to a collection's `add` or `upsert`, at most `most` at once."""
    for start in range(0, len(ids), most):
        part = slice(start, start + most)
        into(ids=list(ids[part]), embeddings=np.asarray(vectors[part], np.float32))
        progress("indexing", min(start + most, len(ids)), len(ids))


def ask(collection: Collection, query: Vectors, k: int) -> list[str]:
    """Ids of the `k` nearest to the query vector (shape ``(d,)``), nearest first."""
    found = collection.query(query_embeddings=np.asarray([query], np.float32), n_results=k, include=[])
    return list(found["ids"][0])


def build(folder: Path, ids: Sequence[str], vectors: Vectors, *, progress: Progress) -> None:
    """Writes an index of `vectors` (one row an id, unit length) into the new `folder`; DataFolderUnusable when there is no room."""
    try:
        with closing(_client(folder)) as client:
            collection = client.create_collection(COLLECTION, embedding_function=None, configuration=configuration(len(ids)))
            put(collection.add, ids, vectors, most=client.get_max_batch_size(), progress=progress)
        with suppress(sqlite3.Error), closing(sqlite3.connect(folder / "chroma.sqlite3")) as database:
            database.execute("VACUUM")  # else the log that the vectors went through, empty now, makes every copy twice as large
    except ChromaError as error:  # on a full disk Chroma says so, or only that something failed
        raise DataFolderUnusable(f"the index cannot be written into {str(folder)!r} ({error}): make room there, or make it writable") from error


class VectorIndex:
    """A finished index, opened for reading from a private copy of its folder; ReleaseDamaged when that holds none."""

    lost = False

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
        return ask(self._collection, query, min(k, self._size)) if self._size else []

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
