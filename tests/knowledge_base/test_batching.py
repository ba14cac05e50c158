"""Questions that wait together are embedded together; none waits for company, disturbs another, or is lost."""

import threading
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
def batcher(gated: Gated) -> Iterator[QuestionBatcher]:
    made = QuestionBatcher(gated)
    yield made
    gated.open.set()
    made.close()


def crowd(batcher: QuestionBatcher, gated: Gated, texts: Sequence[str]) -> "list[Future[Vectors]]":
    """All of them asked in this order while the batch of the first is held up; then let go."""
    first = batcher.embed("first")
    assert gated.begun.wait(10)
    asked = [first, *map(batcher.embed, texts)]
    gated.open.set()
    return asked


def test_each_gets_the_vector_that_it_gets_alone(batcher: QuestionBatcher, gated: Gated) -> None:
    texts = [f"question {number} about the Moon" for number in range(40)]
    vectors = [asked.result(10) for asked in crowd(batcher, gated, texts)]
    assert np.allclose(np.stack(vectors), HashingEmbedder().embed_queries(["first", *texts]))


def test_who_waits_goes_in_the_next_batch_and_no_batch_is_too_large(batcher: QuestionBatcher, gated: Gated) -> None:
    texts = [str(number) for number in range(MOST + 5)]
    for asked in crowd(batcher, gated, texts):
        asked.result(10)
    assert gated.batches == [["first"], texts[:MOST], texts[MOST:]]


def test_a_question_alone_is_embedded_at_once(batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    assert batcher.embed("alone").result(10).shape == (HashingEmbedder.stamp.dimensions,)
    assert gated.batches == [["alone"]]


def test_an_error_reaches_everyone_in_the_batch_and_the_next_batch_is_well(batcher: QuestionBatcher, gated: Gated) -> None:
    _first, *broken = crowd(batcher, gated, ["poison", "beside it"])
    assert [str(asked.exception(10)) for asked in broken] == ["cannot be embedded"] * 2
    assert batcher.embed("later").result(10).any()


def test_who_no_longer_waits_is_not_embedded_and_troubles_nobody(batcher: QuestionBatcher, gated: Gated) -> None:
    first = batcher.embed("first")
    assert gated.begun.wait(10)
    gone, stays = batcher.embed("gone"), batcher.embed("stays")
    assert gone.cancel()
    gated.open.set()
    assert first.result(10).any()
    assert stays.result(10).any()
    assert gated.batches == [["first"], ["stays"]]


def test_what_waits_at_the_end_is_embedded_still(batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    asked = [batcher.embed(str(number)) for number in range(3)]
    batcher.close()
    assert all(one.result(0).any() for one in asked)


def test_many_threads_ask_again_and_again(batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    texts = [str(number) for number in range(500)]
    with ThreadPoolExecutor(50) as pool:
        vectors = list(pool.map(lambda text: batcher.embed(text).result(10), texts))
    assert np.allclose(np.stack(vectors), HashingEmbedder().embed_queries(texts))
    assert sum(map(len, gated.batches)) == 500
