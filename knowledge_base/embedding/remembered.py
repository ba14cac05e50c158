"""An embedder that remembers the questions it was asked, for when several releases are asked the same ones."""

from collections.abc import Sequence

import numpy as np

from knowledge_base.embedding.base import Embedder, EmbedderStamp, Vectors
from knowledge_base.progress import Progress, silent


class RememberedEmbedder:
    """Embeds each question once; of two threads that ask for one at the same time, both may embed it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def stamp(self) -> EmbedderStamp:
        return self._embedder.stamp

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed_queries(new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else self._embedder.embed_queries(texts)

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        return self._embedder.embed_documents(texts, progress=progress)
