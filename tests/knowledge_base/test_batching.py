"""Questions that wait together are embedded together; none waits for company, disturbs another, or is lost."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

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


async def begun(gated: Gated) -> None:
    assert await asyncio.to_thread(gated.begun.wait, 10)
    await asyncio.sleep(0.01)  # so that every task has asked


async def crowd(batcher: QuestionBatcher, gated: Gated, texts: Sequence[str]) -> list["asyncio.Task[Vectors]"]:
    """Tasks that wait for `texts` while the batch of the first question is held up."""
    first = asyncio.create_task(batcher.embed("first"))
    await begun(gated)
    waiting = [asyncio.create_task(batcher.embed(text)) for text in texts]
    await asyncio.sleep(0.01)
    return [first, *waiting]


async def test_each_gets_the_vector_that_it_gets_alone(batcher: QuestionBatcher, gated: Gated) -> None:
    texts = [f"question {number} about the Moon" for number in range(40)]
    tasks = await crowd(batcher, gated, texts)
    gated.open.set()
    vectors = await asyncio.gather(*tasks)
    assert np.allclose(np.stack(vectors), HashingEmbedder().embed_queries(["first", *texts]))


async def test_who_waits_goes_in_the_next_batch_and_no_batch_is_too_large(batcher: QuestionBatcher, gated: Gated) -> None:
    texts = [str(number) for number in range(MOST + 5)]
    tasks = await crowd(batcher, gated, texts)
    gated.open.set()
    await asyncio.gather(*tasks)
    assert gated.batches == [["first"], texts[:MOST], texts[MOST:]]


async def test_who_gives_up_is_left_out_and_disturbs_nobody(batcher: QuestionBatcher, gated: Gated) -> None:
    first, gone, kept = await crowd(batcher, gated, ["gone", "kept"])
    gone.cancel()
    first.cancel()  # under way already
    await asyncio.sleep(0.01)
    gated.open.set()
    assert (await kept).shape == (HashingEmbedder.stamp.dimensions,)
    assert gated.batches == [["first"], ["kept"]]
    assert gone.cancelled()
    assert first.cancelled()


async def test_an_error_reaches_everyone_in_the_batch_and_the_next_batch_is_well(batcher: QuestionBatcher, gated: Gated) -> None:
    tasks = await crowd(batcher, gated, ["poison", "beside it"])
    gated.open.set()
    _first, *broken = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(error) for error in broken] == ["cannot be embedded"] * 2
    assert (await batcher.embed("later")).any()


def test_threads_ask_without_a_loop(batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(batcher.embed_now, map(str, range(50))))
    assert np.allclose(np.stack(vectors), HashingEmbedder().embed_queries([str(number) for number in range(50)]))


def test_closed_it_takes_no_more_and_what_waited_is_done(batcher: QuestionBatcher, gated: Gated) -> None:
    gated.open.set()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(batcher.embed_now, "a last one")
        assert waiting.result(10).any()
    batcher.close()
    with pytest.raises(RuntimeError):
        batcher.embed_now("too late")
