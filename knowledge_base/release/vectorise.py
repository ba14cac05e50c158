"""Writes a new release's vectors: those of texts that a release on disk holds are taken from there, the rest is embedded, part by part."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.embedding.base import Embedder, Vectors
from knowledge_base.progress import Progress
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.vectors import Embedded, Known, VectorWriter, known_vectors
from knowledge_base.types import Passage

PART = 1_000  # passages that are embedded at once: enough to sort by length, few enough that their vectors take no memory to speak of


@dataclass(frozen=True)
class Texts:
    """What is to be embedded of each passage: what `told` makes of it, named by what `key` makes of that, and its sentences."""

    passages: Sequence[Passage]
    told: Callable[[Passage], str]
    key: Callable[[str], bytes]


def write_vectors(data: DataFolder, folder: Path, texts: Texts, embedder: Embedder, *, progress: Progress) -> int:
    """Writes the vectors into `folder` in the passages' order; returns how many passages had to be embedded."""
    named = [Embedded(texts.key(texts.told(passage)), len(passage.sentences)) for passage in texts.passages]
    known = known_vectors(data, embedder.stamp, named)
    new = {text: row for row, text in reversed(list(enumerate(named))) if text not in known}  # where each one stands first
    again = {text for text, times in Counter(named).items() if times > 1 and text in new}
    embed = _Embedding(texts, embedder, progress, sum(1 + text.sentences for text in new))
    with VectorWriter(folder, named, embedder.stamp.dimensions) as writer:
        for rows in _parts(named, new):
            fresh = embed({named[row]: row for row in rows if new.get(named[row]) == row})
            known |= {text: vectors for text, vectors in fresh.items() if text in again}
            for row in rows:
                writer.append([fresh.get(named[row]) or known[named[row]]])
    return len(new)


def _parts(named: Sequence[Embedded], new: dict[Embedded, int]) -> Iterator[range]:
    """Cuts the rows into runs with `PART` new texts each; the last has what is left."""
    start, count = 0, 0
    for row, text in enumerate(named):
        count += new.get(text) == row
        if count == PART:
            yield range(start, row + 1)
            start, count = row + 1, 0
    yield range(start, len(named))


class _Embedding:
    """Embeds part after part and tells how much of the whole (`total` texts) is done."""

    def __init__(self, texts: Texts, embedder: Embedder, progress: Progress, total: int) -> None:
        self._texts, self._embedder, self._progress, self._total = texts, embedder, progress, total
        self._before = 0

    def __call__(self, rows: dict[Embedded, int]) -> dict[Embedded, Known]:
        """The vectors of the passages in `rows`, under the same names."""
        passages = [self._texts.passages[row] for row in rows.values()]
        if not passages:
            return {}
        texts = [self._texts.told(passage) for passage in passages]
        sentences = [sentence for passage in passages for sentence in passage.sentence_texts()]
        vectors = self._embedder.embed_documents([*texts, *sentences], progress=self._tell)
        self._before += len(vectors)
        return dict(zip(rows, _deal(vectors, passages), strict=True))

    def _tell(self, what: str, done: int, total: int) -> None:  # noqa: ARG002 - the part's own total tells nobody anything
        self._progress(what, self._before + done, self._total)


def _deal(vectors: Vectors, passages: Sequence[Passage]) -> Iterator[Known]:
    """Deals rows (all passages, then all their sentences) back to the passages."""
    at = len(passages)
    for row, passage in enumerate(passages):
        yield Known(vectors[row], vectors[at : at + len(passage.sentences)].astype(np.float16))
        at += len(passage.sentences)
