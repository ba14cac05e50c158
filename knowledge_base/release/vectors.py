"""A release's vectors on disk: one row a passage, and its sentences' rows in one memory-mapped float16 array.

::

    passage_vectors.npy    (passages, d) float32, unit length
    sentence_vectors.npy   (sentences, d) float16, unit length
    sentence_offsets.npy   (passages + 1,) int64: passage i owns rows offsets[i] to offsets[i + 1]
    embedded_texts.npy     (passages,) 16-byte hashes of the texts that were embedded
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from knowledge_base.embedding.base import EmbedderStamp, Vectors
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.release import manifest as stamps
from knowledge_base.release.layout import DataFolder

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Known:
    """One passage's vector, shape ``(d,)``, and its sentences', shape ``(n, d)``."""

    passage: Vectors
    sentences: Halves


@dataclass(frozen=True)
class VectorFiles:
    """The four arrays of a release, in memory or mapped."""

    passages: Vectors
    sentences: Halves
    offsets: npt.NDArray[np.int64]
    keys: npt.NDArray[np.void]

    NAMES: ClassVar[tuple[str, ...]] = ("passage_vectors.npy", "sentence_vectors.npy", "sentence_offsets.npy", "embedded_texts.npy")

    @classmethod
    def assemble(cls, keys: Sequence[bytes], rows: Sequence[Known], dimensions: int) -> "VectorFiles":
        """Stacks the passages' vectors in order."""
        return cls(
            np.stack([row.passage for row in rows]) if rows else np.zeros((0, dimensions), np.float32),
            np.concatenate([row.sentences for row in rows]) if rows else np.zeros((0, dimensions), np.float16),
            np.cumsum([0, *(len(row.sentences) for row in rows)], dtype=np.int64),
            np.array(list(keys), np.dtype("V16")),
        )

    @classmethod
    def load(cls, folder: Path) -> "VectorFiles":
        """Maps a release's arrays; nothing is read before it is used."""
        try:
            return cls(*(np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in cls.NAMES))
        except (OSError, ValueError) as error:
            raise ReleaseDamaged(f"release {folder.name!r} lacks its vectors: run navigator ingest content to build another") from error

    def save(self, folder: Path) -> None:
        """Writes the arrays."""
        arrays: tuple[npt.NDArray[Any], ...] = (self.passages, self.sentences, self.offsets, self.keys)
        for name, array in zip(self.NAMES, arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)

    def sentences_of(self, row: int) -> Halves:
        """The sentence vectors of the passage in `row`, shape ``(n, d)``."""
        return self.sentences[self.offsets[row] : self.offsets[row + 1]]


def known_vectors(data: DataFolder, stamp: EmbedderStamp) -> dict[bytes, Known]:
    """Vectors of every text that stands in a release on disk which this embedder built."""
    known: dict[bytes, Known] = {}
    for folder in sorted(data.releases.glob("[!.]*")):
        try:
            if stamps.read(folder).embedder != stamp:
                continue
            files = VectorFiles.load(folder)
        except ReleaseDamaged:
            continue  # a damaged release only means that its texts are embedded again
        for row, key in enumerate(files.keys):
            known.setdefault(bytes(key), Known(files.passages[row], files.sentences_of(row)))
    return known
