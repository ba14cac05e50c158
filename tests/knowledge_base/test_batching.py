"""Questions that wait together are embedded together; none waits for company, disturbs another, or is lost."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from knowledge_base.embedding.base import Vectors
from knowledge_base.embedding.batching import MOST, QuestionBatcher
from knowledge_base.embedding.hashing import HashingEmbedder


class Gated(HashingEmbedder):
    """Embeds once it is let; remembers what came together. What is asked about `poison` breaks it."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()
        self.batches: list[list[str]] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.open.wait(10)
        if "poison" in texts:
            raise ValueError("cannot be embedded")
        return super().embed_queries(texts)


@pytest.fixture
def gated() -> Gated:
    return Gated()


@pytest.fixture
def batcher(gated: Gated) -> QuestionBatcher:
    return QuestionBatcher(gated)


@pytest.fixture
def pool(gated: Gated) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(50) as made:
        yield made
        gated.open.set()


def crowd(pool: ThreadPoolExecutor, batcher: QuestionBatcher, gated: Gated, texts: Sequence[str]) -> "list[Future[Vectors]]":
    """All of them asked in this order while the batch of the first is held up; then let go."""
    asked = [pool.submit(batcher.embed, "first")]
    assert gated.begun.wait(10)
    for number, text in enumerate(texts, 1):
        asked.append(pool.submit(batcher.embed, text))
        while len(batcher._waiting) < number:
            time.sleep(0.001)
    gated.open.set()
    return asked


def test_each_gets_the_vector_that_it_gets_alone(pool: ThreadPoolExecutor, batcher: QuestionBatcher, gated: Gated) -> None:
    texts = [f"question {number} about the Moon" for number in range(40)]
    vectors = [asked.result(10) for asked in crowd(pool, batcher, gated, texts)]
    assert np.allclose(np.stack(vectors), HashingEmbedder().embed_queries(["first", *texts]))


def test_who_waits_goes_in_the_next_batch_and_no_batch_is_too_large(pool: ThreadPoolExecutor, batcher: QuestionBatcher, gated: Gated) -> None:
    texts = [str(number) for number in range(MOST + 5)]
    for asked in crowd(pool, batcher, gated, texts):
        asked.result(10)
    assert [len(batch) for batch in gated.batches] == [1, MOST, 5]
    assert sorted(text for batch in gated.batches[1:] for text in batch) == sorted(texts)


def test_a_question_alone_is_embedded_at_once(batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    assert batcher.embed("alone").shape == (HashingEmbedder.stamp.dimensions,)
    assert gated.batches == [["alone"]]


def test_an_error_reaches_everyone_in_the_batch_and_the_next_batch_is_well(pool: ThreadPoolExecutor, batcher: QuestionBatcher, gated: Gated) -> None:
    _first, *broken = crowd(pool, batcher, gated, ["poison", "beside it"])
    assert [str(asked.exception(10)) for asked in broken] == ["cannot be embedded"] * 2
    assert batcher.embed("later").any()


def test_many_threads_ask_again_and_again(pool: ThreadPoolExecutor, batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    texts = [str(number) for number in range(500)]
    vectors = list(pool.map(batcher.embed, texts))
    assert np.allclose(np.stack(vectors), HashingEmbedder().embed_queries(texts))
    assert sum(map(len, gated.batches)) == 500
