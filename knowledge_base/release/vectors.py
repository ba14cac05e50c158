"""A release's vectors on disk: one row a passage, and its sentences' rows in one memory-mapped float16 array.

::

    passage_vectors.npy    (passages, d) float32, unit length
    sentence_vectors.npy   (sentences, d) float16, unit length
    sentence_offsets.npy   (passages + 1,) int64: passage i owns rows offsets[i] to offsets[i + 1]
    embedded_texts.npy     (passages,) 16-byte hashes of the texts that were embedded
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt

from knowledge_base.embedding.base import EmbedderStamp, Vectors
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.release import manifest as stamps
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Embedded:
    """A text that was embedded, by its hash, and in how many sentences: the same text cut otherwise has other vectors."""

    key: bytes
    sentences: int


@dataclass(frozen=True)
class Known:
    """One passage's vector, shape ``(d,)``, and its sentences', shape ``(n, d)``."""

    passage: Vectors
    sentences: Halves


@dataclass(frozen=True)
class VectorFiles:
    """The four arrays of a release, mapped: nothing is read before it is used."""

    passages: Vectors
    sentences: Halves
    offsets: npt.NDArray[np.int64]
    keys: npt.NDArray[np.void]

    NAMES: ClassVar[tuple[str, ...]] = ("passage_vectors.npy", "sentence_vectors.npy", "sentence_offsets.npy", "embedded_texts.npy")

    @classmethod
    def load(cls, folder: Path) -> "VectorFiles":
        """Maps a release's arrays."""
        try:
            return cls(*(np.asarray(np.load(folder / name, mmap_mode="r", allow_pickle=False)) for name in cls.NAMES))
        except (OSError, EOFError, ValueError) as error:
            raise ReleaseDamaged(f"release {folder.name!r} lacks its vectors: run navigator ingest content to build another") from error

    def sentences_of(self, row: int) -> Halves:
        """The sentence vectors of the passage in `row`, shape ``(n, d)``."""
        return self.sentences[self.offsets[row] : self.offsets[row + 1]]

    def texts(self) -> Iterator[Embedded]:
        """What was embedded, row by row."""
        return map(Embedded, self.keys.tolist(), np.diff(self.offsets).tolist())


class VectorWriter:
    """Writes a release's arrays row by row, so that they never stand in memory whole."""

    def __init__(self, folder: Path, texts: Sequence[Embedded], dimensions: int) -> None:
        offsets = np.cumsum([0, *(text.sentences for text in texts)], dtype=np.int64)
        keys = np.array([text.key for text in texts], np.dtype("V16"))
        passages, sentences, *rest = (folder / name for name in VectorFiles.NAMES)
        for path, array in zip(rest, (offsets, keys), strict=True):
            np.save(path, array, allow_pickle=False)
        with ExitStack() as opened:
            self._passages = opened.enter_context(passages.open("wb"))
            self._sentences = opened.enter_context(sentences.open("wb"))
            self._opened = opened.pop_all()
        shapes = ((self._passages, "<f4", len(texts)), (self._sentences, "<f2", int(offsets[-1])))
        for file, kind, rows in shapes:
            np.lib.format.write_array_header_1_0(file, {"descr": kind, "fortran_order": False, "shape": (rows, dimensions)})

    def append(self, rows: Sequence[Known]) -> None:
        """Adds the next passages."""
        for row in rows:
            self._passages.write(np.asarray(row.passage, "<f4").tobytes())
            self._sentences.write(np.asarray(row.sentences, "<f2").tobytes())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._opened.close()


def known_vectors(data: DataFolder, stamp: EmbedderStamp, wanted: Collection[Embedded]) -> dict[Embedded, Known]:
    """The vectors of those wanted texts that stand in a whole release on disk which this embedder built."""
    known: dict[Embedded, Known] = {}
    missing = set(wanted)
    for folder in sorted(data.releases.glob("[!.]*"), reverse=True):
        if not missing:
            break
        try:
            taken = _taken(folder, stamp, missing)
        except (ReleaseDamaged, OSError):
            continue  # a damaged release only means that its texts are embedded again
        known |= taken
        missing -= taken.keys()
    return known


def _taken(folder: Path, stamp: EmbedderStamp, missing: set[Embedded]) -> dict[Embedded, Known]:
    manifest = stamps.read(folder)
    if manifest.embedder != stamp:
        return {}
    files = VectorFiles.load(folder)
    rows = {text: row for row, text in enumerate(files.texts()) if text in missing}
    if not rows or not _whole(folder, manifest):
        return {}
    return {text: Known(files.passages[row], files.sentences_of(row)) for text, row in rows.items()}


def _whole(folder: Path, manifest: Manifest) -> bool:
    """Whether the vectors are those that were written; asked only of a release that something is taken from."""
    return all(stamps.digest(folder / name) == manifest.files.get(name) for name in VectorFiles.NAMES)
