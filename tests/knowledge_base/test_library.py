"""The library: one release a turn, swapped under way without a turn noticing, and nothing left open."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress

import pytest
from small_release import MOON, Clock, build_and_publish

from knowledge_base.calibration import Calibration
from knowledge_base.embedding.base import Embedder, EmbedderStamp, Vectors
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import EmbedderMismatch, NoRelease, ReleaseDamaged, UnknownPassage
from knowledge_base.library import Library
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.reranking import Pair
from knowledge_base.retriever import KnowledgeRetriever
from knowledge_base.types import Filters

GREY = {"moon.en": "The Moon is grey. Its soil is called regolith."}


@pytest.fixture
async def library(data: DataFolder, embedder: Embedder, calibration: Calibration) -> AsyncIterator[Library]:
    opened = Library(data, embedder, calibration=calibration)
    yield opened
    opened.close()


@asynccontextmanager
async def watching(library: Library) -> AsyncIterator[None]:
    watch = asyncio.create_task(library.watch())
    yield
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch


async def soon(holds: Callable[[], bool], seconds: float = 5) -> None:
    """Waits until `holds`."""
    async with asyncio.timeout(seconds):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


async def answering(library: Library) -> str:
    """The release that a turn is answered from now."""
    async with library.reading() as reader:
        return reader.release_id


async def switched(library: Library, release: str, seconds: float = 5) -> None:
    """Waits until turns are answered from `release`."""
    async with asyncio.timeout(seconds):
        while True:
            if await answering(library) == release:
                return
            await asyncio.sleep(0.02)


def copies(data: DataFolder) -> set[str]:
    """The releases that this process holds open."""
    return {path.name.rpartition("-")[0] for path in data.private.glob("*") if path.is_dir()}


async def test_a_turn_finds_cites_and_counts_in_one_release(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(data, MOON, embedder, clock)
    async with library.reading() as reader:
        results = await reader.search("Is there air on the Moon?", k=2)
        assert (results.release, reader.release_id) == (made.release, made.release)
        assert [hit.document.doc_id for hit in results.hits][:1] == ["moon.en"]
        assert len(results.hits) == 2
        assert list(reader.documents) == list(MOON)
        found, document = reader.passage(results.hits[0].passage.passage_id)
        assert (found, document) == (results.hits[0].passage, results.hits[0].document)
        rarity = reader.rarity(["moon", "gas", "zeppelin"])
        assert rarity["zeppelin"] > rarity["moon"] > 0
        with pytest.raises(UnknownPassage, match="'nope'"):
            reader.passage("nope")


async def test_a_filter_and_a_language_reach_the_search(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    build_and_publish(data, MOON, embedder, clock)
    async with library.reading() as reader:
        results = await reader.search("air", filters=Filters(language="zh"))
        assert [hit.document.doc_id for hit in results.hits] == ["moon.zh"]
        assert library.search_now("air", k=5, filters=Filters(language="zh")) == results


async def test_without_a_release_a_turn_is_refused_until_there_is_one(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    with pytest.raises(NoRelease, match="run navigator ingest content"):
        await answering(library)
    made = build_and_publish(data, MOON, embedder, clock)
    assert await answering(library) == made.release


async def test_another_embedder_is_refused_with_its_remedy(data: DataFolder, embedder: Embedder, clock: Clock, calibration: Calibration) -> None:
    class Other(HashingEmbedder):
        stamp = EmbedderStamp("other", 512, "x")

    build_and_publish(data, MOON, embedder, clock)
    with closing(Library(data, Other(), calibration=calibration)) as library, pytest.raises(EmbedderMismatch, match="run navigator ingest content"):
        await answering(library)


async def test_a_turn_under_way_finishes_on_its_release_and_the_next_sees_the_new_one(
    library: Library, data: DataFolder, embedder: Embedder, clock: Clock
) -> None:
    first = build_and_publish(data, MOON, embedder, clock)
    async with watching(library), library.reading() as old:
        second = build_and_publish(data, GREY, embedder, clock)
        await switched(library, second.release)
        async with library.reading() as new:
            assert new.release_id == second.release
            assert (await new.search("air on the Moon")).hits[0].passage.text == GREY["moon.en"]
        assert old.release_id == first.release
        results = await old.search("air on the Moon")
        assert results.release == first.release
        assert results.hits[0].passage.text == MOON["moon.en"]
        assert copies(data) == {first.release, second.release}
    await soon(lambda: copies(data) == {second.release})


async def test_a_publication_is_answering_within_two_seconds_and_so_is_a_rollback(
    library: Library, data: DataFolder, embedder: Embedder, clock: Clock
) -> None:
    async with watching(library):
        for texts in (MOON, GREY):
            made = build_and_publish(data, texts, embedder, clock)
            await switched(library, made.release, seconds=2)
        first = publish.listed(data)[0].release
        with publish.writing(data):
            publish.publish(data, first)
        await switched(library, first, seconds=2)


async def test_a_damaged_publication_leaves_the_old_release_answering(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    first = build_and_publish(data, MOON, embedder, clock)
    assert await answering(library) == first.release
    damaged = build_and_publish(data, GREY, embedder, clock)
    (data.release(damaged.release) / "passages.jsonl").write_text("")
    async with watching(library):
        await asyncio.sleep(1.1)  # one look at the damaged release
        assert await answering(library) == first.release
        third = build_and_publish(data, GREY, embedder, clock)
        await switched(library, third.release)


async def test_a_library_that_opens_on_a_damaged_release_says_so(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(data, MOON, embedder, clock)
    (data.release(made.release) / "documents.jsonl").unlink()
    with pytest.raises(ReleaseDamaged):
        await answering(library)


async def test_no_turn_fails_or_sees_two_releases_while_many_are_published(
    library: Library, data: DataFolder, embedder: Embedder, clock: Clock
) -> None:
    build_and_publish(data, MOON, embedder, clock)
    asked = 0

    async def ask_on() -> None:
        nonlocal asked
        while not done.is_set():
            async with library.reading() as reader:
                results = [await reader.search("air on the Moon") for _ in range(3)]
                assert {one.release for one in results} == {reader.release_id}
                assert len({hit.passage.passage_id for one in results for hit in one.hits}) == len(reader.documents)
            asked += 1

    done = asyncio.Event()
    async with watching(library):
        askers = [asyncio.create_task(ask_on()) for _ in range(4)]
        for texts in (GREY, MOON, GREY):
            made = await asyncio.to_thread(build_and_publish, data, texts, embedder, clock)
            await switched(library, made.release)
        done.set()
        await asyncio.gather(*askers)
    assert asked > 20
    await soon(lambda: copies(data) == {made.release})


class Gated(HashingEmbedder):
    """Embeds a question only once its gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.reached = threading.Event()

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.reached.set()
        assert self.gate.wait(10)
        return super().embed_queries(texts)


async def test_a_turn_cancelled_while_the_release_is_opened_holds_nothing(data: DataFolder, clock: Clock, calibration: Calibration) -> None:
    gated = Gated()
    build_and_publish(data, MOON, gated, clock)
    with closing(Library(data, gated, calibration=calibration)) as library:
        turn = asyncio.create_task(answering(library))
        await soon(gated.reached.is_set)
        turn.cancel()
        gated.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await turn
        await answering(library)
        second = build_and_publish(data, GREY, gated, clock)
        async with watching(library):
            await switched(library, second.release)
        await soon(lambda: copies(data) == {second.release})


class SlowSearch:
    """A reranker, and so a search, that comes to its end only once its gate is open."""

    name = "slow"

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.reached = threading.Event()

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        self.reached.set()
        assert self.gate.wait(10)
        return [0.0 for _pair in pairs]


async def test_a_release_stays_open_for_a_search_that_nobody_waits_for_any_more(
    data: DataFolder, embedder: Embedder, clock: Clock, calibration: Calibration
) -> None:
    gated = SlowSearch()
    first = build_and_publish(data, MOON, embedder, clock)
    with closing(Library(data, embedder, calibration=calibration, reranker=gated)) as library:
        async with watching(library):
            async with library.reading() as reader:
                search = asyncio.create_task(reader.search("air on the Moon"))
                await soon(gated.reached.is_set)
                search.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await search
            second = build_and_publish(data, GREY, embedder, clock)
            await switched(library, second.release)
            await asyncio.sleep(0.2)  # in which it would be closed
            assert copies(data) == {first.release, second.release}
            gated.gate.set()
            await soon(lambda: copies(data) == {second.release})


async def test_a_release_can_be_held_beyond_the_turn_that_found_it(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    first = build_and_publish(data, MOON, embedder, clock)
    async with watching(library):
        async with library.reading() as reader:
            sharing = reader.shared()
            again = sharing.__enter__()
        second = build_and_publish(data, GREY, embedder, clock)
        await switched(library, second.release)
        assert (again.release_id, (await again.search("air on the Moon")).release) == (first.release, first.release)
        sharing.__exit__(None, None, None)
        await soon(lambda: copies(data) == {second.release})


async def test_closing_frees_copies_and_threads(data: DataFolder, embedder: Embedder, clock: Clock, calibration: Calibration) -> None:
    build_and_publish(data, MOON, embedder, clock)
    before = set(threading.enumerate())
    with closing(Library(data, embedder, calibration=calibration)) as library:
        await answering(library)
        assert len(copies(data)) == 1
        assert set(threading.enumerate()) > before
    assert copies(data) == set()
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("search")]


async def test_watching_sweeps_what_dead_processes_left(library: Library, data: DataFolder) -> None:
    (data.private / "leftover").mkdir(parents=True)
    async with watching(library):
        await soon(lambda: not (data.private / "leftover").exists())


async def test_a_chain_gets_the_passages_as_its_own_documents(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(data, MOON, embedder, clock)
    retriever = KnowledgeRetriever(library=library, k=2)
    found = await retriever.ainvoke("Is there air on the Moon?")
    assert [one.page_content for one in found][:1] == [MOON["moon.en"]]
    assert len(found) == 2
    assert found[0].metadata["doc_id"] == "moon.en"
    assert found[0].metadata["release"] == made.release
    assert await asyncio.to_thread(retriever.invoke, "Is there air on the Moon?") == found
