"""Embeds the course's sentences with sentence-transformers and with the exported graph, in alternating rounds."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from ingest.read import read
from knowledge_base.embedding.graph import GraphEmbedder
from knowledge_base.embedding.names import PACKAGED
from knowledge_base.embedding.prepare import prepare
from navigator.console import ShownProgress
from navigator.settings import load_settings

TEXTS = 400
ROUNDS = 5


def main() -> None:
    """Prints each one's median texts a second, the ratio round by round, and how far their vectors differ."""
    with ShownProgress() as progress:
        model = prepare(PACKAGED, load_settings().data_dir / "models", progress=progress)
    texts = [block.text for material in read([Path("content")], source="course").materials for block in material.blocks][::8][:TEXTS]
    graph = GraphEmbedder(model)
    transformer = SentenceTransformer(str(model.folder / "model"), device="cpu", local_files_only=True)
    ratios, speeds = [], []
    for _round in range(ROUNDS):
        theirs, slow = _timed(lambda: np.asarray(transformer.encode_document(texts, batch_size=16, show_progress_bar=False)))
        ours, fast = _timed(lambda: graph.embed_documents(texts))
        ratios.append(slow / fast)
        speeds.append((len(texts) / slow, len(texts) / fast))
    worst = float(np.min(np.sum(theirs * ours, axis=1)))
    slow_median, fast_median = (statistics.median(column) for column in zip(*speeds, strict=True))
    print(f"{len(texts)} texts, {ROUNDS} alternating rounds: sentence-transformers {slow_median:.0f} texts/s, graph {fast_median:.0f} texts/s")
    rounds = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"graph is {statistics.median(ratios):.2f} times as fast (each round: {rounds}); least cosine {worst:.5f}")


def _timed(work: Callable[[], np.ndarray]) -> tuple[np.ndarray, float]:
    started = time.perf_counter()
    vectors = work()
    return vectors, time.perf_counter() - started


if __name__ == "__main__":
    main()
