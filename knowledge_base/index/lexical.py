"""BM25 over segmented words, and the one home of bm25s."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from knowledge_base.errors import ReleaseDamaged

VERSION = 2  # rises when words are cut, stemmed or left out otherwise, or other texts indexed: an index made in another way is made again
NOTHING = "\x00"  # bm25s cannot index an empty corpus; no question holds this word


def build(folder: Path, texts: Sequence[Sequence[str]]) -> None:
    """Writes an index over texts given as words, row by row."""
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([list(text) or [NOTHING] for text in texts] or [[NOTHING]], show_progress=False)
    index.save(str(folder), show_progress=False)


class LexicalIndex:
    """A finished index over `size` rows; ReleaseDamaged when the folder holds none."""

    def __init__(self, folder: Path, size: int) -> None:
        try:
            index = bm25s.BM25.load(str(folder), mmap=True)
        except (OSError, ValueError) as error:
            raise ReleaseDamaged(f"the lexical index cannot be opened ({error}): run navigator ingest content to build another release") from error
        self._vocabulary: dict[str, int] = index.vocab_dict
        self._starts = np.asarray(index.scores["indptr"])
        self._rows = index.scores["indices"]
        self._scores = index.scores["data"]
        self._size = size

    def holders(self, word: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The rows that hold `word`, and the BM25 score that it gives each (between zero and its rarity)."""
        column = self._vocabulary.get(word)
        if column is None or not self._size:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        part = slice(self._starts[column], self._starts[column + 1])
        return np.asarray(self._rows[part], np.int64), np.asarray(self._scores[part], np.float32)

    def rarity(self, holders: int) -> float:
        """Lucene's inverse document frequency of a word that `holders` rows hold: ``ln(1 + (N - n + 0.5) / (n + 0.5))``."""
        return float(np.log1p((self._size - holders + 0.5) / (holders + 0.5)))
