"""`navigator backup` and `navigator restore`: one file, taken while serving, that brings everything back elsewhere."""

import shutil
import sqlite3
import stat
import tracemalloc
from pathlib import Path

import pytest
from command_line import STAGES, CommandLine, serving, write_course
from small_backup import backed_up, filled, kept, turns, write_turns

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import Busy
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release
from navigator.backup import CannotBackUp
from navigator.restore import check, restore


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def filled_data(tmp_path: Path) -> DataFolder:
    return filled(tmp_path / "data")


def test_another_machine_answers_the_same_and_its_doctor_is_content(navigator: CommandLine, filled_data: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "school.tar"
    answer = navigator("ask", STAGES, "--json").json
    made = navigator("backup", file, "--json").json
    assert (made["file"], made["release"], made["releases"]) == (str(file), answer["release"], 1)
    assert made["bytes"] == file.stat().st_size
    before = kept(filled_data.root)
    shutil.rmtree(filled_data.root)
    restored = navigator("restore", file, "--json").json
    assert (restored["restored"], restored["replaced"], restored["release"], restored["files"]) == (True, [], answer["release"], made["files"])
    assert kept(filled_data.root) == before
    assert turns(filled_data.root) == 3
    again = navigator("ask", STAGES, "--json").json
    assert {key: again[key] for key in ("answer", "citations", "release")} == {key: answer[key] for key in ("answer", "citations", "release")}
    assert navigator("doctor").status == 0
    assert not any((filled_data.root / name).exists() for name in ("jobs", "models", "open/1", ".restoring"))


def test_only_its_owner_may_read_a_backup_and_a_restored_key(filled_data: DataFolder, tmp_path: Path) -> None:
    backed_up(filled_data, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", DataFolder(tmp_path / "other"), replace=False)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "b.tar", tmp_path / "other" / "pseudonym.key")}
    assert modes == {0o600}


def test_it_says_in_words_what_it_wrote_checked_and_restored(navigator: CommandLine, filled_data: DataFolder, tmp_path: Path) -> None:
    release = publish.current_id(filled_data)
    assert f"1 release, {release} published" in navigator("backup", "b.tar").out
    assert navigator("restore", "b.tar", "--check").out.startswith("Whole: ")
    assert not (tmp_path / "lock").exists()
    told = navigator("restore", "b.tar", "--replace").out
    assert told.startswith("Restored: ")
    assert "Replaced: current, withdrawn, tombstones, state.db, pseudonym.key, staff.log, releases, uploads, reviews, jobs." in told


def test_conversations_are_those_of_one_moment_while_others_write(filled_data: DataFolder, tmp_path: Path) -> None:
    with sqlite3.connect(filled_data.root / "state.db") as writing:
        writing.execute("INSERT INTO small_talk VALUES ('said')")
        writing.commit()  # stands in the write-ahead log alone
        writing.execute("INSERT INTO small_talk VALUES ('being said')")
        backed_up(filled_data, tmp_path / "b.tar")
        writing.rollback()
    writing.close()
    restore(tmp_path / "b.tar", DataFolder(tmp_path / "other"), replace=False)
    assert turns(tmp_path / "other") == 4


def test_replacing_leaves_nothing_of_what_was_there(filled_data: DataFolder, tmp_path: Path) -> None:
    backed_up(filled_data, tmp_path / "b.tar")
    before = kept(filled_data.root)
    write_turns(filled_data.root, 5)
    (filled_data.root / "state.db-wal").write_bytes(b"a log of the replaced database")
    (filled_data.root / "uploads" / "later.md").write_text("later", encoding="utf-8")
    done = restore(tmp_path / "b.tar", filled_data, replace=True)
    assert {"current", "releases", "uploads", "state.db", "jobs"} <= set(done.replaced)
    assert kept(filled_data.root) == before
    assert turns(filled_data.root) == 3
    assert (filled_data.root / "models" / "m" / "graph.onnx").exists(), "a model is prepared once, and is no part of a backup"


def test_a_backup_is_taken_while_a_server_answers_and_no_restore_is(filled_data: DataFolder, tmp_path: Path) -> None:
    with serving(tmp_path) as server, server.client() as client:
        backed_up(filled_data, tmp_path / "b.tar")
        with pytest.raises(Busy, match=r"a server or bot answers from .*: stop it, then restore"):
            restore(tmp_path / "b.tar", filled_data, replace=True)
        assert client.post("/v1/ask", json={"question": STAGES}).json()["kind"] == "grounded"
    assert restore(tmp_path / "b.tar", filled_data, replace=True).replaced


def test_while_an_ingestion_runs_neither_is_done(filled_data: DataFolder, tmp_path: Path) -> None:
    with publish.writing(filled_data):
        with pytest.raises(Busy, match="another ingestion"):
            backed_up(filled_data, tmp_path / "b.tar")
        with pytest.raises(Busy, match="another ingestion"):
            restore(tmp_path / "b.tar", filled_data, replace=True)
    assert not list(tmp_path.glob("*b.tar*"))


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        ("there.tar", "'there.tar' exists: give another name"),
        ("data/uploads/b.tar", "lies in the data folder itself"),
        ("no-such-folder/b.tar", "the folder 'no-such-folder' does not exist"),
        ("data-course", "'data-course' exists"),
    ],
)
def test_where_no_backup_may_be_written_is_one_line(navigator: CommandLine, filled_data: DataFolder, file: str, refusal: str) -> None:
    Path("there.tar").write_text("another backup", encoding="utf-8")
    before = sorted(filled_data.root.rglob("*"))
    assert refusal in navigator("backup", file).failure
    assert Path("there.tar").read_text(encoding="utf-8") == "another backup"
    assert sorted(filled_data.root.rglob("*")) == before


def test_an_empty_or_missing_data_folder_is_not_backed_up(navigator: CommandLine) -> None:
    assert "holds nothing to back up" in navigator("backup", "b.tar").failure
    assert not navigator.data.exists()


def test_a_folder_that_holds_something_is_not_replaced_unasked(navigator: CommandLine, filled_data: DataFolder, tmp_path: Path) -> None:
    navigator("backup", "b.tar")
    before = kept(filled_data.root)
    assert "holds current, withdrawn," in navigator("restore", "b.tar").failure
    Path("b.tar").rename(filled_data.root / "b.tar")
    assert "lies in the data folder that it would replace" in navigator("restore", "data/b.tar", "--replace").failure
    (filled_data.root / "b.tar").rename(tmp_path / "b.tar")
    assert kept(filled_data.root) == before


def test_a_prepared_model_does_not_keep_a_backup_out(filled_data: DataFolder, tmp_path: Path) -> None:
    backed_up(filled_data, tmp_path / "b.tar")
    (tmp_path / "other" / "models").mkdir(parents=True)
    assert restore(tmp_path / "b.tar", DataFolder(tmp_path / "other"), replace=False).replaced == ()


def test_a_database_that_is_none_is_told_and_nothing_is_written(filled_data: DataFolder, tmp_path: Path) -> None:
    filled_data.state.write_bytes(b"no database at all" * 100)
    with pytest.raises(CannotBackUp, match=r"state\.db' cannot be copied"):
        backed_up(filled_data, tmp_path / "b.tar")
    assert not list(tmp_path.glob("*b.tar*"))


def test_big_files_pass_through_little_memory(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    (data.uploads).mkdir(parents=True)
    with (data.uploads / "big.pdf").open("wb") as file:
        file.truncate(48_000_000)
    tracemalloc.start()
    try:
        backed_up(data, tmp_path / "b.tar")
        check(tmp_path / "b.tar")
        restore(tmp_path / "b.tar", data, replace=True)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000
    assert (data.uploads / "big.pdf").stat().st_size == 48_000_000


@pytest.mark.usefixtures("filled_data")
def test_what_lies_elsewhere_is_named(navigator: CommandLine) -> None:
    navigator.set(DATABASE_URL="postgresql://localhost/navigator", PSEUDONYM_KEY="k" * 32)
    told = navigator("backup", "b.tar", "--json")
    assert told.json["files"]
    assert "back them up with pg_dump" in told.err
    assert "NAVIGATOR_PSEUDONYM_KEY is not in it" in told.err


def test_uploads_alone_can_be_backed_up(navigator: CommandLine, tmp_path: Path) -> None:
    write_course(navigator.data.parent / "uploads").rename(tmp_path / "u")
    navigator.data.mkdir()
    (tmp_path / "u").rename(navigator.data / "uploads")
    assert "0 releases, none published" in navigator("backup", "b.tar").out
    assert navigator("restore", "b.tar", "--check", "--json").json["release"] is None


def test_what_students_often_ask_is_backed_up_and_restored(filled_data: DataFolder, tmp_path: Path) -> None:
    course = tmp_path / "course"
    (course / "faq").mkdir(parents=True)
    (course / "course.yaml").write_text("course: space\n", encoding="utf-8")
    write_course(course / "files")
    (course / "faq" / "rockets.zh.yaml").write_text("- asked: [为什么要分级]\n  answer: 火箭分级，是因为空贮箱只是多余的质量。\n", encoding="utf-8")
    assert not Ingestion(filled_data, HashingEmbedder).run(Order([course])).failed
    backed_up(filled_data, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", DataFolder(tmp_path / "other"), replace=False)
    before, after = (open_release(data, None, HashingEmbedder.stamp) for data in (filled_data, DataFolder(tmp_path / "other")))
    assert [question.wordings for question in after.documents["rockets.zh"].faq] == [("为什么要分级",)]
    assert len(after.wordings) == 1
    assert (after.wordings == before.wordings).all()
    before.close()
    after.close()
