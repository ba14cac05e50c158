"""Plans beyond added and changed: renames, withdrawals, sources that come to nothing, strictness, what a dry run foresees."""

from pathlib import Path

import pytest
from ingest_desk import A, B, C, Desk, everything_below, plan
from small_files import COURSE, write

from ingest import NothingToRead
from ingest.withdrawals import restore, withdraw, withdrawn
from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder

BROKEN = b"---\nid: a"
MANY = {f"{number}.md": f"Text {number}." for number in range(12)}


# ---- renames


def test_a_file_that_took_its_id_from_its_path_is_renamed_when_it_moves(desk: Desk) -> None:
    desk.write({"d.md": "D flew."})
    desk.ingest()
    desk.remove("d.md")
    desk.write({"part/d.md": "D flew."})
    report = desk.ingest()
    assert report.plan == plan(renamed="d.md>part/d.md", unchanged="a b")
    assert (report.published, report.embedded) == (True, 0)
    assert set(desk.texts()) == {"a", "b", "part/d.md"}


def test_a_renamed_file_whose_name_was_its_title_is_the_same_text(desk: Desk) -> None:
    desk.write({"d.md": "# Wings\n\nD flew."})
    desk.ingest()
    desk.remove("d.md")
    desk.write({"wings of d.md": "# Wings\n\nD flew."})
    (rename,) = desk.ingest().plan.renamed
    assert (rename.before, rename.after) == ("d.md", "wings of d.md")


@pytest.mark.parametrize(
    "text",
    ["D flew high.", "---\ntitle: D\n---\nD flew.", "---\nlanguage: zh\n---\nD flew.", "# D\n\nD flew.", "---\ncourse: space\n---\nD flew."],
)
def test_what_differs_in_more_than_its_name_is_not_renamed(desk: Desk, text: str) -> None:
    desk.write({"d.md": "D flew."})
    desk.ingest()
    desk.remove("d.md")
    desk.write({"e.md": text})
    assert desk.ingest().plan == plan(added="e.md", removed="d.md", unchanged="a b")


def test_an_id_that_a_file_states_anew_is_another_document(desk: Desk) -> None:
    desk.ingest()
    desk.write({"a.md": A.replace("id: a", "id: z")})
    assert desk.ingest().plan == plan(added="z", removed="a", unchanged="b")


@pytest.mark.parametrize(("before", "after"), [(["c.md", "d.md"], ["e.md"]), (["c.md"], ["d.md", "e.md"]), (["c.md", "d.md"], ["e.md", "f.md"])])
def test_files_of_one_content_are_not_guessed_at(desk: Desk, before: list[str], after: list[str]) -> None:
    desk.write(dict.fromkeys(before, "Twins."))
    desk.ingest()
    desk.remove(*before)
    desk.write(dict.fromkeys(after, "Twins."))
    assert desk.ingest().plan == plan(added=" ".join(after), removed=" ".join(before), unchanged="a b")


def test_a_course_s_file_that_moves_takes_both_its_documents_along(desk: Desk, tmp_path: Path) -> None:
    course = write(tmp_path / "content", COURSE)
    desk.ingest(course)
    (course / "missions" / "luna").mkdir()
    (course / "missions" / "luna-9.yaml").rename(course / "missions" / "luna" / "luna-9.yaml")
    assert desk.ingest(course).plan == plan(renamed="luna-9.en luna-9.zh", unchanged="tides.en tides.zh moon.en")


# ---- withdrawals


def test_a_withdrawn_document_goes_whoever_brought_it_and_comes_back_when_it_may(desk: Desk, data: DataFolder, tmp_path: Path) -> None:
    desk.ingest()
    withdraw(data, ["b"])
    assert desk.ingest(write(tmp_path / "uploads", {"c.md": C}), source="staff").plan == plan(added="c", removed="b")
    assert set(desk.texts()) == {"a", "c"}
    without = desk.ingest()
    assert without.plan == plan(unchanged="a")
    assert [(one.path, one.what) for one in without.problems] == [
        ("b.md", "left out: staff have withdrawn 'b'; it is brought back on the staff page")
    ]
    restore(data, ["b"])
    assert desk.ingest().plan == plan(added="b", unchanged="a")


def test_what_staff_upload_stands_above_what_they_withdrew(desk: Desk, data: DataFolder, tmp_path: Path) -> None:
    desk.ingest()
    withdraw(data, ["b"])
    uploads = write(tmp_path / "uploads", {"b.md": B.replace("landed", "sank")})
    assert desk.ingest(uploads, source="staff").plan == plan(added="b")
    assert desk.ingest().plan == plan(unchanged="a")
    assert desk.texts()["b"] == "B flew. It sank."


def test_a_withdrawn_document_goes_even_while_its_file_cannot_be_read(desk: Desk, data: DataFolder) -> None:
    desk.ingest()
    withdraw(data, ["a"])
    desk.write({"a.md": BROKEN})
    assert desk.ingest().plan == plan(removed="a", unchanged="b")


def test_the_list_of_withdrawn_documents_is_kept_in_lines(data: DataFolder) -> None:
    assert withdrawn(data) == frozenset()
    withdraw(data, ["b.md", "第一课 🚀/a.md"])
    withdraw(data, ["b.md"])
    assert data.withdrawn.read_text(encoding="utf-8") == "b.md\n第一课 🚀/a.md\n"
    restore(data, ["b.md", "never there"])
    assert withdrawn(data) == {"第一课 🚀/a.md"}
    assert [path.name for path in data.root.iterdir()] == ["withdrawn"]


@pytest.mark.parametrize("doc_id", ["", "a\nb"])
def test_what_is_no_id_is_not_withdrawn(data: DataFolder, doc_id: str) -> None:
    with pytest.raises(ValueError, match="no document's id"):
        withdraw(data, [doc_id])


# ---- sources that come to nothing


def test_a_source_that_would_lose_all_that_it_has_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    first = desk.ingest(write(tmp_path / "many", MANY))
    notes = write(tmp_path / "notes", {"n.md": "Notes."})
    report = desk.ingest(notes)
    assert (report.published, report.built, report.release) == (False, False, first.release)
    assert report.refused is not None
    assert report.refused.startswith("all 12 documents of the source 'course' would be withdrawn: ")
    assert "--source NAME" in report.refused
    assert "--allow-removals" in report.refused
    assert desk.ingest(notes, dry_run=True).refused == report.refused
    assert desk.ingest(notes, source="notes").published
    assert set(MANY) < set(desk.texts())
    assert desk.ingest(notes, allow_removals=True).plan.removed == tuple(sorted(MANY))


def test_what_stays_of_a_source_tells_that_it_is_the_one(desk: Desk, tmp_path: Path) -> None:
    many = write(tmp_path / "many", MANY)
    desk.ingest(many)
    for name in list(MANY)[:-1]:
        (many / name).unlink()
    report = desk.ingest(many)
    assert report.published
    assert len(report.plan.removed) == 11


def test_a_source_of_few_documents_may_be_replaced_by_others(desk: Desk, tmp_path: Path) -> None:
    desk.ingest()
    assert desk.ingest(write(tmp_path / "others", {"c.md": C})).plan == plan(added="c", removed="a b")


def test_staff_may_take_their_last_upload_back(desk: Desk, tmp_path: Path) -> None:
    desk.ingest()
    uploads = write(tmp_path / "uploads", {"a.md": A.replace("A flew", "A sank")})
    desk.ingest(uploads, source="staff")
    (uploads / "a.md").unlink()
    assert desk.ingest(uploads, source="staff").plan == plan(removed="a")
    assert desk.ingest().plan == plan(added="a", unchanged="b")
    assert desk.texts()["a"] == "A flew."


def test_everything_may_be_withdrawn_when_that_is_meant(desk: Desk, data: DataFolder) -> None:
    desk.ingest()
    desk.remove("a.md", "b.md")
    with pytest.raises(NothingToRead):
        desk.ingest()
    assert desk.ingest(allow_removals=True).published
    assert publish.current(data).passages == 0
    desk.write({"a.md": A})
    assert desk.ingest().plan == plan(added="a")


# ---- strictness


@pytest.mark.parametrize("bad", [{"bad.md": BROKEN}, {"bad.md": b"---\ncolour: red\n---\nText."}])
def test_strictly_nothing_is_built_when_a_file_fails(desk: Desk, data: DataFolder, bad: dict[str, bytes]) -> None:
    first = desk.ingest(strict=True)
    desk.write({"c.md": C, **bad})
    report = desk.ingest(strict=True)
    assert (report.plan.added, report.failed, report.release) == (("c",), ("bad.md",), first.release)
    assert report.refused == "--strict: a file fails, so nothing is built: mend the problems above and ingest again"
    assert [folder.name for folder in data.releases.iterdir()] == [first.release]
    assert desk.ingest().published


# ---- dry runs


def test_a_dry_run_foresees_that_another_embedder_embeds_everything(desk: Desk, tmp_path: Path) -> None:
    desk.ingest()
    before = everything_below(tmp_path)
    other = EmbedderStamp("other", 7, "x")
    (note,) = desk.ingest(dry_run=True, stamp=other).notes
    assert note == "Everything will be embedded anew: 'hashing' embedded the published release and 'other' is set."
    assert desk.ingest(dry_run=True, stamp=HashingEmbedder.stamp).notes == ()
    assert everything_below(tmp_path) == before


@pytest.mark.parametrize(
    ("way", "says"),
    [
        ("chunking", "Everything will be embedded anew: passages are cut in another way"),
        ("indexing", "The release will be built anew: it is indexed in another way"),
    ],
)
def test_a_dry_run_foresees_that_releases_are_made_otherwise_by_now(desk: Desk, data: DataFolder, way: str, says: str) -> None:
    manifest = data.release(str(desk.ingest().release)) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"{way}": ', f'"{way}": 9'))
    (note,) = desk.ingest(dry_run=True).notes
    assert note.startswith(says)


def test_an_embedder_whose_stamp_is_foretold_is_not_made_ready_for_an_unchanged_folder(desk: Desk) -> None:
    desk.ingest()

    def slow() -> HashingEmbedder:
        raise AssertionError("nothing is to be embedded")

    again = Desk(desk.folder, desk.data, slow, desk.clock)
    assert not again.ingest(stamp=HashingEmbedder.stamp).published
