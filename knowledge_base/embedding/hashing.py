"""The honest fake: words hashed into buckets, so that shared words give nearness and nothing else does.

Good enough to test meaning with, ready in a millisecond, the same on every machine.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge_base.embedding.base import EmbedderStamp, Vectors
from knowledge_base.embedding.names import HASHING
from knowledge_base.progress import Progress, silent
from knowledge_base.words import words

DIMENSIONS = 512


class HashingEmbedder:
    """A bag of words in `DIMENSIONS` buckets; questions and documents differ by one marked bucket, as real prompts do."""

    stamp = EmbedderStamp(HASHING, DIMENSIONS, "words-3")

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return _embed(texts, mark=0)

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        vectors = _embed(texts, mark=1)
        progress("embedding", len(texts), len(texts))
        return vectors


def _embed(texts: Sequence[str], *, mark: int) -> Vectors:
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in enumerate(texts):
        vectors[row, mark] = 0.1
        for word in words(text):
            vectors[row, _bucket(word)] += 1.0
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _bucket(word: str) -> int:
    digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
    return 2 + int.from_bytes(digest, "little") % (DIMENSIONS - 2)
