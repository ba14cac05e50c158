"""Releases whose vectors are in a Chroma server, a collection a release: the same life, and what happens when the server is away."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from chroma_run import ChromaRun, free_port, silent_server, web_server
from small_release import MOON, Clock, build, build_and_publish

from knowledge_base.calibration import Calibration
from knowledge_base.embedding.base import Embedder, Vectors
from knowledge_base.errors import ChromaUnreachable, ReleaseDamaged
from knowledge_base.index import chroma_server
from knowledge_base.library import Library
from knowledge_base.progress import Progress, silent
from knowledge_base.release import history, publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.nearest import collection
from knowledge_base.release.open import open_release
from knowledge_base.types import Filters, Results

GREY = {"moon.en": "The Moon is grey. Its soil is called regolith."}
QUESTION = "Is there air on the Moon?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    running = ChromaRun(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def started(server: ChromaRun) -> Iterator[ChromaRun]:
    """The server, for a test that may stop it."""
    yield server
    if not server.answers():
        server.start()


@pytest.fixture
def served(tmp_path: Path, server: ChromaRun) -> DataFolder:
    """A data folder whose vectors are in the server."""
    return DataFolder(tmp_path / "data", server.url)


def nearest(data: DataFolder, embedder: Embedder, release: str | None = None) -> list[str]:
    """The documents nearest to the question, nearest first."""
    opened = open_release(data, release, embedder.stamp)
    found = opened.vector_index.nearest(embedder.embed_queries([QUESTION])[0], 10)
    opened.close()
    return [opened.passages[opened.rows[passage_id]].doc_id for passage_id in found]


def test_a_release_lives_in_the_server_as_it_does_in_a_folder(served: DataFolder, server: ChromaRun, embedder: Embedder, clock: Clock) -> None:
    first = build_and_publish(served, MOON, embedder, clock).release
    second = build_and_publish(served, GREY, embedder, clock).release
    assert (server.count(collection(first)), server.count(collection(second))) == (3, 1)
    assert not (served.release(first) / "chroma").exists()
    assert (nearest(served, embedder, first)[0], len(nearest(served, embedder, first))) == ("moon.en", 3)
    assert nearest(served, embedder) == ["moon.en"]
    with publish.writing(served):
        publish.publish(served, first)
    assert len(nearest(served, embedder)) == 3
    with publish.writing(served):
        assert history.prune(served, 0).releases == (second,)
    assert (server.count(collection(first)), server.count(collection(second))) == (3, 0)
    assert not served.private.exists()


def test_an_empty_release_lives_there_too(served: DataFolder, embedder: Embedder, clock: Clock) -> None:
    build_and_publish(served, {}, embedder, clock)
    assert nearest(served, embedder) == []


def test_the_server_finds_what_brute_force_finds(server: ChromaRun) -> None:
    chance = np.random.default_rng(5)
    vectors = (chance.normal(size=(20, 32))[chance.integers(0, 20, 700)] + 0.3 * chance.normal(size=(700, 32))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with chroma_server.ChromaServer(server.url) as filling:
        filling.fill("brute-force", [f"p{row}" for row in range(700)], vectors, progress=silent)
    with closing(chroma_server.ChromaServer(server.url).open("brute-force")) as index:
        for row in range(0, 700, 70):
            exact = np.argsort(-(vectors @ vectors[row]))[:10]
            assert len({f"p{one}" for one in exact} & set(index.nearest(vectors[row], 10))) >= 9


def test_the_same_contents_built_twice_within_a_second_keep_their_collection(
    served: DataFolder, server: ChromaRun, embedder: Embedder, clock: Clock
) -> None:
    now = clock()
    first, second = (build(served, MOON, embedder, lambda: now) for _ in range(2))
    assert first.release == second.release
    assert server.count(collection(first.release)) == 3


def test_a_release_made_in_a_folder_is_put_into_the_server_once(
    data: DataFolder, server: ChromaRun, embedder: Embedder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a school moves to a server: all of its readers open the release at once."""
    made = build_and_publish(data, MOON | {"mars.en": "Mars moved."}, embedder, clock)  # a release that no other test has put there
    moved = DataFolder(data.root, server.url)
    filled: list[str] = []
    fill = chroma_server.ChromaServer.fill

    def noted(self: chroma_server.ChromaServer, name: str, ids: list[str], vectors: Vectors, *, progress: Progress) -> None:
        filled.append(name)
        fill(self, name, ids, vectors, progress=progress)

    monkeypatch.setattr(chroma_server.ChromaServer, "fill", noted)
    with ThreadPoolExecutor(4) as readers:
        assert {tuple(found) for found in readers.map(lambda _one: nearest(moved, embedder), range(4))} == {tuple(nearest(data, embedder))}
    assert filled == [collection(made.release)]


def test_a_release_made_in_the_server_is_put_into_a_folder(served: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(served, MOON, embedder, clock)
    expected = nearest(served, embedder)
    moved = DataFolder(served.root)
    with ThreadPoolExecutor(4) as readers:
        assert list(readers.map(lambda _one: nearest(moved, embedder), range(4))) == [expected] * 4
    assert (moved.release(made.release) / "chroma" / "chroma.sqlite3").is_file()
    assert not list(moved.private.iterdir())


def test_without_its_mark_a_release_that_lacks_its_folder_is_damaged(served: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(served, MOON, embedder, clock)
    (served.release(made.release) / "collection").unlink()
    with pytest.raises(ReleaseDamaged):
        nearest(DataFolder(served.root), embedder)


def test_a_collection_that_is_half_filled_is_filled(served: DataFolder, server: ChromaRun, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(served, MOON, embedder, clock)
    expected = nearest(served, embedder)
    server.remove(collection(made.release))
    opened = open_release(DataFolder(served.root), None, embedder.stamp)
    with chroma_server.ChromaServer(server.url) as filling:
        filling.fill(collection(made.release), list(opened.rows)[:1], opened.vectors.passages[:1], progress=silent)
    opened.close()
    assert nearest(served, embedder) == expected


class Failing(Exception):
    pass


def test_a_build_that_fails_leaves_no_collection(served: DataFolder, server: ChromaRun, embedder: Embedder, clock: Clock) -> None:
    names: list[str] = []

    def fail(what: str, done: int, total: int) -> None:  # noqa: ARG001 - a listener's signature
        if what == "indexing":
            names.append(next(served.releases.glob(".building-*/collection")).read_text())
            assert server.count(names[0]) == 3
            raise Failing

    with pytest.raises(Failing):
        build(served, MOON, embedder, clock, progress=fail)
    assert server.count(names[0]) == 0
    assert not list(served.releases.iterdir())


def test_the_collection_of_a_writer_that_died_is_swept_when_the_server_is_there(
    served: DataFolder, started: ChromaRun, embedder: Embedder, clock: Clock
) -> None:
    made = build_and_publish(served, MOON, embedder, clock)
    left = served.releases / ".building-1"
    left.mkdir()
    (left / "collection").write_text("navigator-of-the-dead")
    (left / "passages.jsonl").write_text("secret")
    with chroma_server.ChromaServer(started.url) as filling:
        filling.fill("navigator-of-the-dead", ["a"], np.ones((1, 512), np.float32), progress=silent)
    started.stop()
    with publish.writing(served):
        assert [path.name for path in left.iterdir()] == ["collection"], "what it held goes at once, its mark when the collection has gone"
    started.start()
    with publish.writing(served):
        assert [path.name for path in served.releases.iterdir()] == [made.release]
    assert started.count("navigator-of-the-dead") == 0
    assert started.count(collection(made.release)) == 3


async def test_without_the_server_could_not_look_is_an_error_and_it_answers_again_when_it_is_back(
    served: DataFolder, started: ChromaRun, embedder: Embedder, clock: Clock, calibration: Calibration
) -> None:
    made = build_and_publish(served, MOON, embedder, clock)
    with closing(Library(served, embedder, calibration=calibration)) as library:
        async with library.reading() as reader:
            before = await reader.search(QUESTION)
            started.stop()
            with pytest.raises(ChromaUnreachable, match="start it, or set NAVIGATOR_CHROMA_URL"):
                await reader.search(QUESTION)
            filtered = await reader.search(QUESTION, filters=Filters(language="en"))
            assert filtered.hits, "what is narrowed is found without it"
            started.start()
            assert await reader.search(QUESTION) == before
        assert before.release == made.release


def test_without_the_server_nothing_is_opened_built_or_pruned(served: DataFolder, started: ChromaRun, embedder: Embedder, clock: Clock) -> None:
    first, second = (build_and_publish(served, texts, embedder, clock).release for texts in (MOON, GREY))
    started.stop()
    with pytest.raises(ChromaUnreachable):
        open_release(served, None, embedder.stamp)
    with pytest.raises(ChromaUnreachable):
        build_and_publish(served, MOON, embedder, clock)
    with pytest.raises(ChromaUnreachable), publish.writing(served):
        history.prune(served, 1)
    assert {folder.name for folder in served.releases.glob("[!.]*")} == {first, second}
    assert publish.current_id(served) == second
    started.start()
    assert build_and_publish(served, MOON, embedder, clock).passages == 3
    assert not list(served.releases.glob(".*"))


async def found(library: Library) -> Results | None:
    """What the question finds now, or None when nobody can look."""
    try:
        async with library.reading() as reader:
            return await reader.search(QUESTION)
    except ChromaUnreachable:
        return None


async def test_a_collection_that_the_server_lost_is_filled_again_by_a_running_library(
    served: DataFolder, server: ChromaRun, embedder: Embedder, clock: Clock, calibration: Calibration
) -> None:
    made = build_and_publish(served, MOON, embedder, clock)
    with closing(Library(served, embedder, calibration=calibration)) as library:
        watching = asyncio.create_task(library.watch())
        async with library.reading() as reader:
            before = await reader.search(QUESTION)
            server.remove(collection(made.release))
            with pytest.raises(ChromaUnreachable, match="lost"):
                await reader.search(QUESTION)
        async with asyncio.timeout(10):
            while True:
                if await found(library) == before:
                    break
                await asyncio.sleep(0.1)
        assert server.count(collection(made.release)) == 3
        watching.cancel()
        await asyncio.wait([watching])


def test_a_server_that_says_nothing_does_not_hold_anybody_up(
    data: DataFolder, embedder: Embedder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_server, "ANSWERS_WITHIN", 0.3)
    build_and_publish(data, MOON, embedder, clock)
    with silent_server() as url:
        begun = time.monotonic()
        with pytest.raises(ChromaUnreachable, match="no answer in time"):
            open_release(DataFolder(data.root, url), None, embedder.stamp)
        assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (404, b"not here"),
        (404, b'{"detail": "Not Found"}'),
        (502, b"<html>"),
        (401, b"who?"),
        (500, b"{}"),
    ],
)
def test_what_is_no_chroma_server_is_told(data: DataFolder, embedder: Embedder, clock: Clock, status: int, body: bytes) -> None:
    build_and_publish(data, MOON, embedder, clock)
    with web_server(status, body) as url, pytest.raises(ChromaUnreachable, match="set NAVIGATOR_CHROMA_URL to where it runs") as told:
        open_release(DataFolder(data.root, url), None, embedder.stamp)
    assert "\n" not in str(told.value)
    assert url not in str(told.value), "students may see it"


def test_an_address_where_nobody_listens_is_told_at_once(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    build_and_publish(data, MOON, embedder, clock)
    with pytest.raises(ChromaUnreachable, match="refused"):
        open_release(DataFolder(data.root, f"http://127.0.0.1:{free_port()}"), None, embedder.stamp)
