"""What an embedder promises: unit vectors, questions and documents told apart, and a stamp that an index remembers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge_base.progress import Progress, silent

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class EmbedderStamp:
    """Names an embedder so that an index built by one is never searched by another."""

    name: str
    dimensions: int
    fingerprint: str


class Embedder(Protocol):
    """Turns text into vectors of length one, float32, shape ``(len(texts), stamp.dimensions)``; safe to call from several threads."""

    @property
    def stamp(self) -> EmbedderStamp: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """What a student asks."""
        ...

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        """What the course says; `progress` hears how many of the texts are done."""
        ...
