"""An ingestion: what the plan says, what is embedded, what is published, and what is never touched."""

import json
from pathlib import Path

import pytest
from ingest_desk import A, B, C, Desk, everything_below, plan
from small_files import COURSE, LESSON, MISSION, write

from ingest import NothingToRead
from knowledge_base.embedding.base import Embedder, EmbedderStamp
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import Busy, ReleaseDamaged
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release

# ---- plans


def test_the_first_ingestion_adds_all_and_publishes(desk: Desk, data: DataFolder) -> None:
    report = desk.ingest()
    assert report.plan == plan(added="a b")
    assert (report.published, report.passages, report.embedded, report.failed, report.problems) == (True, 2, 2, (), ())
    assert report.release == publish.current_id(data)
    assert desk.texts() == {"a": "A flew.", "b": "B flew. It landed."}


def test_an_unchanged_folder_embeds_and_publishes_nothing(desk: Desk, data: DataFolder, embedded: list[str]) -> None:
    first = desk.ingest()
    embedded.clear()
    before = everything_below(data.releases)
    second = desk.ingest()
    assert second.plan == plan(unchanged="a b")
    assert (second.published, second.embedded, second.passages, second.release) == (False, 0, 2, first.release)
    assert embedded == []
    assert everything_below(data.releases) == before


def test_added_changed_removed_and_unchanged_are_told_apart(desk: Desk, embedded: list[str]) -> None:
    desk.write({"c.md": C})
    desk.ingest()
    embedded.clear()
    desk.write({"b.md": B.replace("landed", "sank"), "d.md": "D flew."})
    desk.remove("c.md")
    report = desk.ingest()
    assert report.plan == plan(added="d.md", changed="b", removed="c", unchanged="a")
    assert (report.published, report.passages, report.embedded) == (True, 3, 2)
    assert desk.texts() == {"a": "A flew.", "b": "B flew. It sank.", "d.md": "D flew."}
    assert "a\nA flew." not in embedded


def test_a_release_names_the_one_it_was_built_upon(desk: Desk, data: DataFolder) -> None:
    first = desk.ingest()
    desk.write({"c.md": C})
    desk.ingest()
    assert publish.current(data).parent == first.release


def test_a_file_that_moves_keeps_its_document_when_it_keeps_its_id(desk: Desk) -> None:
    desk.write({"a.md": A.replace("id: a", "id: a\ntitle: T")})
    desk.ingest()
    desk.remove("a.md")
    desk.write({"part/moved.md": A.replace("id: a", "id: a\ntitle: T")})
    report = desk.ingest()
    assert report.plan == plan(renamed="a", unchanged="b")
    assert (report.published, report.embedded) == (True, 0)
    assert desk.held()["a"].path == "part/moved.md"


def test_a_file_that_moved_and_then_broke_withdraws_nothing(desk: Desk) -> None:
    desk.ingest()
    desk.remove("a.md")
    desk.write({"part/moved.md": A})
    desk.ingest()
    desk.write({"part/moved.md": "---\nid: a"})
    assert desk.ingest().plan == plan(unchanged="b")
    assert desk.texts()["a"] == "A flew."


def test_a_file_that_fails_withdraws_nothing_and_the_rest_goes_on(desk: Desk) -> None:
    desk.ingest()
    desk.write({"a.md": "---\nid: a", "b.md": B.replace("landed", "sank")})
    report = desk.ingest()
    assert report.plan == plan(changed="b")
    assert report.failed == ("a.md",)
    assert [(problem.path, problem.line, problem.what) for problem in report.problems] == [
        ("a.md", 1, "the front matter is opened by --- and never closed")
    ]
    assert report.published
    assert desk.texts() == {"a": "A flew.", "b": "B flew. It sank."}


def test_both_languages_of_a_mission_that_fails_stay(desk: Desk, tmp_path: Path) -> None:
    course = write(tmp_path / "content", COURSE)
    desk.ingest(course)
    write(course, {"missions/luna-9.yaml": MISSION + "typo: 1\n", "lessons/moon.en.md": LESSON.replace("no air", "hardly any air")})
    assert desk.ingest(course).plan == plan(changed="moon.en", unchanged="tides.en tides.zh")
    assert {"luna-9.en", "luna-9.zh"} <= set(desk.held())


def test_when_every_file_fails_nothing_is_published(desk: Desk, data: DataFolder) -> None:
    desk.write({"a.md": b"\xff", "b.md": b"\xff"})
    report = desk.ingest()
    assert (report.release, report.published, report.passages) == (None, False, 0)
    assert len(report.problems) == 2
    assert publish.current_id(data) is None
    desk.write({"a.md": A, "b.md": B})
    desk.ingest()
    desk.write({"a.md": b"\xff", "b.md": b"\xff"})
    assert desk.ingest().plan == plan()
    assert set(desk.texts()) == {"a", "b"}


def test_a_folder_without_material_is_refused_and_withdraws_nothing(desk: Desk) -> None:
    desk.ingest()
    desk.remove("a.md", "b.md")
    with pytest.raises(NothingToRead, match="nothing to read"):
        desk.ingest()
    assert set(desk.texts()) == {"a", "b"}


# ---- sources


def test_another_source_is_left_untouched(desk: Desk, tmp_path: Path, embedded: list[str]) -> None:
    desk.ingest()
    embedded.clear()
    others = write(tmp_path / "others", {"c.md": C})
    report = desk.ingest(others, source="staff")
    assert report.plan == plan(added="c")
    assert (report.passages, report.embedded) == (3, 1)
    assert {document.doc_id: document.source for document in desk.held().values()} == {"a": "course", "b": "course", "c": "staff"}
    desk.remove("b.md")
    assert desk.ingest().plan == plan(removed="b", unchanged="a")
    assert set(desk.texts()) == {"a", "c"}


def test_staff_stand_above_the_course_on_the_same_id_until_they_withdraw_it(desk: Desk, tmp_path: Path) -> None:
    desk.ingest()
    uploads = write(tmp_path / "uploads", {"a.md": A.replace("A flew", "A never flew"), "c.md": C})
    assert desk.ingest(uploads, source="staff").plan == plan(added="a c")
    assert desk.texts() == {"a": "A never flew.", "b": "B flew. It landed.", "c": "C flew."}
    assert desk.held()["a"].source == "staff"
    desk.write({"a.md": A.replace("A flew", "A flew again")})
    again = desk.ingest()
    assert again.plan == plan(unchanged="b")
    assert [(one.path, one.what) for one in again.problems] == [
        ("a.md", "left out: staff's upload 'a.md' stands in place of 'a'; correct or remove it on the staff page")
    ]
    assert desk.texts()["a"] == "A never flew."
    (uploads / "a.md").unlink()
    assert desk.ingest(uploads, source="staff").plan == plan(removed="a", unchanged="c")
    assert desk.ingest().plan == plan(added="a", unchanged="b")
    assert desk.texts()["a"] == "A flew again."


def test_a_source_that_is_not_the_staffs_takes_no_others_id(desk: Desk, tmp_path: Path) -> None:
    desk.ingest()
    others = write(tmp_path / "others", {"a.md": A.replace("A flew", "A never flew"), "c.md": C})
    report = desk.ingest(others, source="guests")
    assert report.plan == plan(added="c")
    assert [one.path for one in report.problems] == ["a.md"]
    assert report.problems[0].what.startswith("left out: 'a' is a document of the source 'course'; give this one another id")
    assert report.failed == ()
    assert desk.texts()["a"] == "A flew."


# ---- what is written


def test_a_dry_run_tells_the_plan_and_writes_nothing_at_all(desk: Desk, data: DataFolder, tmp_path: Path) -> None:
    def no_embedder() -> Embedder:
        raise AssertionError("a dry run embeds nothing")

    desk_without = Desk(desk.folder, data, no_embedder, desk.clock)
    report = desk_without.ingest(dry_run=True)
    assert (report.plan, report.release, report.published) == (plan(added="a b"), None, False)
    assert {path.name for path in tmp_path.iterdir()} == {"files"}
    first = desk.ingest()
    desk.write({"c.md": C})
    before = everything_below(tmp_path)
    report = desk_without.ingest(dry_run=True)
    assert report.plan == plan(added="c", unchanged="a b")
    assert (report.release, report.published, report.passages, report.embedded) == (first.release, False, 2, 0)
    assert everything_below(tmp_path) == before


def test_without_publishing_a_release_is_built_and_the_old_one_stays(desk: Desk, data: DataFolder) -> None:
    first = desk.ingest()
    desk.write({"c.md": C})
    report = desk.ingest(publish=False)
    assert not report.published
    assert report.release != first.release
    assert publish.current_id(data) == first.release
    assert [manifest.release for manifest in publish.listed(data)] == [first.release, report.release]


def test_another_embedder_builds_anew_from_unchanged_files(desk: Desk, data: DataFolder) -> None:
    class Other(HashingEmbedder):
        stamp = EmbedderStamp("other", 512, "x")

    desk.ingest()
    report = Desk(desk.folder, data, Other, desk.clock).ingest()
    assert report.plan == plan(unchanged="a b")
    assert (report.published, report.embedded) == (True, 2)
    assert publish.current(data).embedder == Other.stamp


@pytest.mark.parametrize("way", ["chunking", "indexing"])
def test_a_release_that_was_made_in_another_way_is_built_anew_from_unchanged_files(desk: Desk, data: DataFolder, way: str) -> None:
    manifest = data.release(str(desk.ingest().release)) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {way: -1}))
    report = desk.ingest()
    assert report.plan == plan(unchanged="a b")
    assert report.published
    assert not desk.ingest().published


def test_an_ingestion_waits_for_nobody(desk: Desk, data: DataFolder) -> None:
    with publish.writing(data):
        with pytest.raises(Busy, match="wait until it is done"):
            desk.ingest()
        assert desk.ingest(dry_run=True).plan == plan(added="a b")


def test_what_is_published_can_be_opened_and_holds_every_passage(desk: Desk, data: DataFolder, embedder: Embedder, tmp_path: Path) -> None:
    report = desk.ingest(write(tmp_path / "content", COURSE))
    release = open_release(data, None, embedder.stamp)
    assert len(release.passages) == report.passages
    assert set(release.documents) == {"moon.en", "luna-9.en", "luna-9.zh", "tides.en", "tides.zh"}
    assert {release.document_of(row).doc_id for row in range(len(release.passages))} == set(release.documents)
    release.close()


# ---- repair: the errors of a damaged release tell the operator to ingest


@pytest.mark.parametrize("name", ["manifest.json", "passages.jsonl", "passage_vectors.npy", "chroma/chroma.sqlite3", "lexical/vocab.index.json"])
def test_ingesting_the_unchanged_course_repairs_a_damaged_release(desk: Desk, data: DataFolder, embedder: Embedder, name: str) -> None:
    first = desk.ingest()
    (data.release(str(first.release)) / name).write_bytes(b"damaged")
    with pytest.raises(ReleaseDamaged, match="run navigator ingest content"):
        open_release(data, None, embedder.stamp)
    report = desk.ingest()
    assert report.published
    assert report.release != first.release
    release = open_release(data, None, embedder.stamp)
    assert [passage.text for passage in release.passages] == ["A flew.", "B flew. It landed."]
    release.close()


def test_repairing_keeps_what_another_source_had_in_the_release_before(desk: Desk, data: DataFolder, tmp_path: Path) -> None:
    desk.ingest(write(tmp_path / "uploads", {"c.md": C}), source="staff")
    desk.ingest()
    desk.write({"a.md": A.replace("A flew", "A flew again")})
    second = desk.ingest()
    (data.release(str(second.release)) / "manifest.json").unlink()
    desk.ingest()
    assert desk.texts() == {"a": "A flew again.", "b": "B flew. It landed.", "c": "C flew."}


def test_a_pointer_to_a_release_that_is_gone_is_repaired(desk: Desk, data: DataFolder) -> None:
    desk.ingest()
    data.current.write_text("20200101T000000Z-00000000\n")
    report = desk.ingest()
    assert report.published
    assert publish.current(data).passages == 2
