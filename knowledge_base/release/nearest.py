"""Where a release's vectors are searched: in a private copy of its ``chroma/``, or in a Chroma server's collection.

Both are derived from ``passage_vectors.npy``: a release that was made for the other kind has its index made on opening.
The choice is made here, and only what is chosen is imported: Chroma takes a second or two, which listing releases need not wait for.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock

from knowledge_base.embedding.base import Vectors
from knowledge_base.errors import ChromaUnreachable, ReleaseDamaged
from knowledge_base.own_folder import OwnFolder
from knowledge_base.progress import Progress, silent
from knowledge_base.release.layout import DataFolder, sync_tree
from knowledge_base.release.private import private_copy, private_folder

if TYPE_CHECKING:
    from knowledge_base.index.chroma_server import ChromaServer

FOLDER = "chroma"
MARK = "collection"  # names the collection that stands for FOLDER, and stands before there is one


class NearestIndex(Protocol):
    """Finds passages by their vectors; `lost` once it has to be opened anew."""

    lost: bool

    def nearest(self, query: Vectors, k: int) -> list[str]:
        """Ids of the `k` passages nearest to the query vector (shape ``(d,)``), nearest first."""
        ...

    def close(self) -> None:
        """Frees what it holds; it answers no more."""
        ...


@dataclass(frozen=True)
class Indexed:
    """What an index is made of: the release's folder, its id, and its vectors, one row an id."""

    folder: Path
    release: str
    ids: Sequence[str]
    vectors: Vectors

    @property
    def collection(self) -> str:
        return collection(self.release)


def collection(release_id: str) -> str:
    """The name of a release's collection in a Chroma server."""
    return f"navigator-{release_id}"


def build(data: DataFolder, indexed: Indexed, *, progress: Progress) -> None:
    """Makes the index of a release that is being built in ``indexed.folder``."""
    if data.chroma_url is None:
        from knowledge_base.index import chroma

        chroma.build(indexed.folder / FOLDER, indexed.ids, indexed.vectors, progress=progress)
        return
    (indexed.folder / MARK).write_text(indexed.collection, encoding="utf-8")
    with _server(data.chroma_url) as server:
        server.fill(indexed.collection, indexed.ids, indexed.vectors, progress=progress)


def open_index(data: DataFolder, indexed: Indexed) -> NearestIndex:
    """Opens the index, made first where it is missing; ReleaseDamaged or ChromaUnreachable when it cannot be."""
    if data.chroma_url is None:
        if not (indexed.folder / FOLDER).exists() and (indexed.folder / MARK).exists():
            _make_folder(data, indexed)
        return _OwnCopy(private_copy(data, indexed.folder / FOLDER))
    server = _server(data.chroma_url)
    try:
        if server.count(indexed.collection) != len(indexed.ids):
            with FileLock(data.filling):
                if server.count(indexed.collection) != len(indexed.ids):
                    server.fill(indexed.collection, indexed.ids, indexed.vectors, progress=silent)
        return server.open(indexed.collection)
    except BaseException:
        server.close()
        raise


def remove_collections(data: DataFolder, release_ids: Sequence[str]) -> None:
    """Removes the collections of releases that are to go from the Chroma server, if there is one."""
    if data.chroma_url is not None and release_ids:
        with _server(data.chroma_url) as server:
            for release_id in release_ids:
                server.remove(collection(release_id))


def remove_unfinished(data: DataFolder, building: Path) -> None:
    """Removes the folder of a build that came to nothing, and its collection. A server that is away is asked again at the next sweep."""
    mark = building / MARK
    name = mark.read_text(encoding="utf-8") if mark.is_file() else ""
    if name and data.chroma_url is not None and not any(collection(folder.name) == name for folder in data.releases.glob("[!.]*")):
        with suppress(ChromaUnreachable), _server(data.chroma_url) as server:
            server.remove(name)
            name = ""
    for path in building.glob("*"):
        if path != mark or not name:
            _remove(path)
    with suppress(OSError):  # the mark stays while its collection does
        building.rmdir()


def _server(url: str) -> "ChromaServer":
    from knowledge_base.index.chroma_server import ChromaServer

    return ChromaServer(url)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


class _OwnCopy:
    """An index in a folder, and the private copy that it is read from."""

    lost = False

    def __init__(self, copy: OwnFolder) -> None:
        from knowledge_base.index.chroma import VectorIndex

        self._copy = copy
        try:
            self._index = VectorIndex(copy.path)
        except ReleaseDamaged:
            copy.discard()
            raise

    def nearest(self, query: Vectors, k: int) -> list[str]:
        return self._index.nearest(query, k)

    def close(self) -> None:
        self._index.close()
        self._copy.discard()


def _make_folder(data: DataFolder, indexed: Indexed) -> None:
    """Gives a release that was made for a server the folder that it lacks."""
    from knowledge_base.index import chroma

    with FileLock(data.filling):
        if (indexed.folder / FOLDER).exists():
            return
        making = private_folder(data, indexed.release)
        try:
            made = making.path / FOLDER
            chroma.build(made, indexed.ids, indexed.vectors, progress=silent)
            sync_tree(made)
            os.rename(made, indexed.folder / FOLDER)
        finally:
            making.discard()
