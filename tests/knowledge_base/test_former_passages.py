"""Old citations: what older releases tell of a passage, what is withdrawn, and what pruning leaves of it."""

import datetime as dt
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import pytest
from small_release import MOON, Clock, build_and_publish, passage

from knowledge_base.calibration import Calibration
from knowledge_base.embedding.base import Embedder
from knowledge_base.errors import PassageWithdrawn, UnknownPassage
from knowledge_base.library import Library
from knowledge_base.release import history, private, publish, tombstones
from knowledge_base.release.former import Cited, FormerPassages
from knowledge_base.release.layout import DataFolder
from knowledge_base.review import Review

GREY = {"moon.en": "The Moon is grey. Its soil is called regolith."}
OLD_MOON = passage("moon.en", MOON["moon.en"]).passage_id
NEW_MOON = passage("moon.en", GREY["moon.en"]).passage_id
ROCKETS = passage("rockets.en", MOON["rockets.en"]).passage_id


@pytest.fixture
async def library(data: DataFolder, embedder: Embedder, calibration: Calibration) -> AsyncIterator[Library]:
    opened = Library(data, embedder, calibration=calibration)
    yield opened
    opened.close()


@pytest.fixture
def two(data: DataFolder, embedder: Embedder, clock: Clock) -> tuple[str, str]:
    """A release with three documents, and the published one, in which one of them changed and the others are gone."""
    return build_and_publish(data, MOON, embedder, clock).release, build_and_publish(data, GREY, embedder, clock).release


async def cited(library: Library, passage_id: str) -> Cited:
    async with library.reading() as reader:
        return await reader.cited(passage_id)


def prune(data: DataFolder, keep: int) -> history.Pruned:
    with publish.writing(data):
        return history.prune(data, keep)


async def test_a_citation_of_a_document_that_changed_still_opens_with_the_old_text(library: Library, two: tuple[str, str]) -> None:
    new, old = await cited(library, NEW_MOON), await cited(library, OLD_MOON)
    assert (new.passage.text, new.release) == (GREY["moon.en"], two[1])
    assert (old.passage.text, old.document.title, old.release) == (MOON["moon.en"], "About moon", two[0])


@pytest.mark.usefixtures("two")
async def test_a_citation_of_a_document_that_is_gone_is_withdrawn_by_its_title(library: Library) -> None:
    with pytest.raises(PassageWithdrawn) as told:
        await cited(library, ROCKETS)
    assert told.value.title == "About rockets"
    assert "gas" not in str(told.value)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("passage_id", ["nope", "", "\0", OLD_MOON[:-1], OLD_MOON + "\0", "嫦娥", "\ud800", f"{OLD_MOON}\n{ROCKETS}"])
async def test_what_no_release_ever_held_is_unknown(library: Library, data: DataFolder, passage_id: str) -> None:
    prune(data, 0)
    with pytest.raises(UnknownPassage):
        await cited(library, passage_id)


async def test_after_pruning_it_is_still_withdrawn_and_nothing_is_told_of_it(library: Library, data: DataFolder, two: tuple[str, str]) -> None:
    await cited(library, OLD_MOON)
    assert prune(data, 1).releases == (two[0],)
    for passage_id in (ROCKETS, OLD_MOON):
        with pytest.raises(PassageWithdrawn) as told:
            await cited(library, passage_id)
        assert told.value.title is None
    assert (await cited(library, NEW_MOON)).release == two[1]


@pytest.mark.usefixtures("two")
async def test_a_passage_that_comes_back_after_pruning_opens_again(library: Library, data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    prune(data, 1)
    third = build_and_publish(data, MOON, embedder, clock)
    library.close()
    again = Library(data, embedder)
    assert (await cited(again, ROCKETS)).release == third.release
    again.close()
    assert prune(data, 1).withdrawn == {NEW_MOON}, "of what was buried, nothing that a release holds again"


def test_looking_for_what_nobody_holds_reads_no_release_again(data: DataFolder, two: tuple[str, str]) -> None:
    former = FormerPassages(data)
    with pytest.raises(UnknownPassage):
        former.find("nope")
    for release in two:
        for path in data.release(release).iterdir():
            if path.is_file():
                path.unlink()
    with pytest.raises(UnknownPassage):
        former.find("nope")


def test_a_release_that_comes_or_goes_is_noticed(data: DataFolder, two: tuple[str, str], embedder: Embedder, clock: Clock) -> None:
    former = FormerPassages(data)
    assert former.find(OLD_MOON).release == two[0]
    third = build_and_publish(data, MOON, embedder, clock)
    assert former.find(OLD_MOON).release == third.release
    shutil.rmtree(data.release(third.release))
    assert former.find(OLD_MOON).release == two[0]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("name", ["passages.jsonl", "documents.jsonl", "manifest.json", "passage_rows.npy"])
@pytest.mark.parametrize("looked_before", [True, False])
def test_a_damaged_release_is_not_quoted_and_hides_no_other(
    data: DataFolder, embedder: Embedder, clock: Clock, name: str, looked_before: bool
) -> None:
    third = build_and_publish(data, MOON, embedder, clock)
    former = FormerPassages(data)
    if looked_before:
        former.find(NEW_MOON)
    path = data.release(third.release) / name
    path.write_bytes(path.read_bytes().replace(b"air", b"ice").replace(b"\x01", b"\x02").replace(b"{", b"["))
    assert former.find(OLD_MOON).passage.text == MOON["moon.en"]


def test_a_release_from_before_there_were_rows_is_read_through(data: DataFolder, two: tuple[str, str]) -> None:
    for release in two:
        folder = data.release(release)
        manifest = json.loads((folder / "manifest.json").read_text())
        del manifest["files"]["passage_rows.npy"]
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / "passage_rows.npy").unlink()
    assert FormerPassages(data).find(OLD_MOON).passage.text == MOON["moon.en"]
    assert prune(data, 1).withdrawn == {passage(doc_id, text).passage_id for doc_id, text in MOON.items()}


def test_pruning_tells_what_no_release_holds_any_more_again_and_again(data: DataFolder, two: tuple[str, str]) -> None:
    """A caller that was cut short before it forgot its quotes is told again."""
    gone = {passage(doc_id, text).passage_id for doc_id, text in MOON.items()}
    assert prune(data, 2) == history.Pruned((), frozenset())
    assert prune(data, 1) == history.Pruned((two[0],), frozenset(gone))
    assert prune(data, 1) == history.Pruned((), frozenset(gone))
    assert set(tombstones.buried(data)) == gone


def test_of_releases_of_one_second_the_older_goes(data: DataFolder, embedder: Embedder) -> None:
    """A lesson that was withdrawn at once must not stay because of how two hashes happen to compare."""
    moments = (dt.datetime(2026, 7, 1, microsecond=1_000 * number, tzinfo=dt.UTC) for number in range(12))
    made = [build_and_publish(data, {"moon.en": f"The Moon {number}."}, embedder, lambda: next(moments)).release for number in range(12)]
    assert made != sorted(made)
    assert publish.ids(data) == [manifest.release for manifest in publish.listed(data)] == made
    assert prune(data, 1).releases == tuple(made[:-1])


def test_pruning_works_when_the_published_records_are_damaged(data: DataFolder, two: tuple[str, str]) -> None:
    (data.release(two[1]) / "passages.jsonl").write_text("{")
    (data.release(two[1]) / "documents.jsonl").unlink()
    assert prune(data, 1).releases == (two[0],)
    assert [folder.name for folder in data.releases.iterdir()] == [two[1]]


def test_pruning_works_when_what_goes_is_damaged(data: DataFolder, two: tuple[str, str]) -> None:
    shutil.rmtree(data.release(two[0]))
    data.release(two[0]).mkdir()
    assert prune(data, 1).releases == (two[0],)


def test_pruning_removes_reviews_that_quote_what_is_gone(data: DataFolder, two: tuple[str, str]) -> None:
    data.reviews.mkdir()
    for name, before, after in (("a", None, two[1]), ("b", two[0], two[1]), ("c", None, two[0]), ("d", two[1], two[1])):
        review = Review(before, after, 0, None, 0, (), ())
        (data.reviews / f"{name}.json").write_text(json.dumps(asdict(review)))
    (data.reviews / "damaged.json").write_text("{")
    (data.reviews / "odd.json").write_text("[]")
    prune(data, 1)
    assert {path.name for path in data.reviews.iterdir()} == {"a.json", "d.json"}


def test_pruning_removes_copies_that_nobody_holds(data: DataFolder, two: tuple[str, str]) -> None:
    held = private.private_copy(data, data.release(two[0]) / "chroma")
    (data.private / f"{two[0]}-left").mkdir()
    prune(data, 1)
    assert {path.name for path in data.private.iterdir()} == {held.path.name, f"{held.path.name}.lock"}
    held.discard()


def test_a_pruning_that_was_cut_short_is_finished_by_the_next_writer(data: DataFolder, two: tuple[str, str]) -> None:
    data.release(two[0]).rename(data.releases / f".pruning-{two[0]}")
    Path(f"{data.tombstones}.123").write_text("half")
    with publish.writing(data):
        assert [folder.name for folder in data.releases.iterdir()] == [two[1]]
    assert not list(data.root.glob("tombstones*"))


def test_tombstones_are_bounded_and_the_oldest_go_first(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    data.root.mkdir()
    monkeypatch.setattr(tombstones, "MOST", 3)
    tombstones.bury(data, ["a", "b"])
    tombstones.bury(data, ["c", "a", "d"])
    assert tombstones.buried(data) == ["c", "a", "d"]
    assert data.tombstones.read_text() == "c\na\nd\n"
    tombstones.bury(data, [])
    assert tombstones.buried(data) == ["c", "a", "d"]
