"""Reading folders: what counts as material, which id it has, and a problem with file and line for what cannot be read."""

import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_files import ids, reading, write

from ingest.errors import NothingToRead
from ingest.read import read
from ingest.types import Problem
from knowledge_base.types import Document

# ---- which files, which ids


def test_the_id_is_the_path_below_the_folder_given_with_its_suffix(tmp_path: Path) -> None:
    write(tmp_path / "x" / "docs", {"en-00-0.md": "A.", "part/b.markdown": "B.", "part/C.MD": "C."})
    assert ids(reading(tmp_path / "x" / "docs")) == ["en-00-0.md", "part/C.MD", "part/b.markdown"]
    assert ids(reading(tmp_path / "x")) == ["docs/en-00-0.md", "docs/part/C.MD", "docs/part/b.markdown"]


def test_a_single_files_id_is_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"part/b.md": "B."})
    assert ids(reading(tmp_path / "part" / "b.md")) == ["b.md"]


def test_a_relative_path_gives_the_same_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"docs/a.md": "A."})
    monkeypatch.chdir(tmp_path / "docs")
    assert ids(read([Path()], source="course")) == ids(read([Path("../docs")], source="course")) == ["a.md"]


def test_front_matter_names_the_id_and_an_empty_name_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\nid: my-id\n---\nA.", "b.md": "---\nid: ''\n---\nB.", "c.md": "---\nid:\n---\nC.", "d.md": "---\nid: 7\n---\nD."})
    assert ids(reading(tmp_path)) == ["my-id", "b.md", "c.md", "7"]


def test_ids_are_composed_however_the_disk_spells_them(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Kármán.md")
    write(tmp_path, {decomposed: "A.", "b.md": f"---\nid: {unicodedata.normalize('NFD', 'é')}\n---\nB."})
    read_ = reading(tmp_path)
    assert ids(read_) == ["Kármán.md", "é"]
    assert read_.materials[0].document.path == "Kármán.md"


def test_hidden_files_and_other_kinds_are_left_out(tmp_path: Path) -> None:
    others: dict[str, str | bytes] = {
        ".hidden.md": "x",
        ".git/a.md": "x",
        "b/.obsidian/c.md": "x",
        "picture.png": b"\x89PNG",
        "program.py": "x",
        "~$a.docx": b"x",
        "noname": "x",
    }
    assert ids(reading(write(tmp_path, {"a.md": "A."} | others))) == ["a.md"]


def test_a_hidden_folder_given_by_name_is_read(tmp_path: Path) -> None:
    assert ids(reading(write(tmp_path / ".drafts", {"a.md": "A."}))) == ["a.md"]


def test_several_paths_are_one_reading(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.md": "A.", "two/b.md": "B.", "c.md": "C."})
    assert ids(read([tmp_path / "two", tmp_path / "c.md", tmp_path / "one"], source="course")) == ["b.md", "c.md", "a.md"]


def test_a_path_that_does_not_exist_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="does not exist"):
        reading(tmp_path / "nowhere")


@contextmanager
def as_a_stranger() -> Iterator[None]:
    """Takes root's rights away for a while: nothing is closed to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that strangers reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield write(Path(name), {"a.md": "A.", "closed/b.md": "B.", "closed.md": "C."})


def test_a_folder_that_cannot_be_listed_stops_the_reading_since_its_documents_would_seem_withdrawn(open_folder: Path) -> None:
    (open_folder / "closed").chmod(0)
    with as_a_stranger(), pytest.raises(NothingToRead, match=r"cannot be listed \(Permission denied\): make it readable"):
        reading(open_folder)
    (open_folder / "closed").chmod(0o755)


# ---- what cannot be read


def test_each_unreadable_file_is_a_problem_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    late = b"---\nid: late\n---\n" + b"Good line.\n" * 2000 + b"caf\xe9\n"
    files: dict[str, str | bytes] = {
        "a.md": "A.",
        "broken.md": "---\ntitle: [\n---\nBody",
        "empty.md": "",
        "heading.md": "---\nid: h\n---\n\n# Only a heading\n",
        "latin.md": late,
        "open.md": "---\ntitle: x\n",
        "picture.md": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "words.txt": "... --- ...",
        "z.md": "Z.",
    }
    got = reading(write(tmp_path, files))
    assert ids(got) == ["a.md", "z.md"]
    assert [(problem.path, problem.line) for problem in got.problems] == [
        ("broken.md", 2),
        ("empty.md", 1),
        ("heading.md", 4),
        ("latin.md", 2004),
        ("open.md", 1),
        ("picture.md", 1),
        ("words.txt", 1),
    ]
    assert got.failed == tuple(problem.path for problem in got.problems)
    assert got.problems[3].what == "not text in UTF-8, UTF-16 or GB18030: save it as UTF-8, or give it the suffix of what it is"
    assert "no text" in got.problems[1].what


def test_a_file_that_cannot_be_opened_is_a_problem(open_folder: Path) -> None:
    (open_folder / "closed.md").chmod(0)
    with as_a_stranger():
        got = reading(open_folder)
    assert ids(got) == ["a.md", "closed/b.md"]
    assert got.problems == (Problem("closed.md", 1, "cannot be opened (Permission denied): put a file here that this account may read"),)


def test_a_single_file_of_another_kind_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"film.mp4": b"x", "slides.ppt": b"x", "noname": b"x"})
    got = read([tmp_path / "film.mp4", tmp_path / "noname", tmp_path / "slides.ppt"], source="course")
    assert [(problem.path, problem.line) for problem in got.problems] == [("film.mp4", 1), ("noname", 1), ("slides.ppt", 1)]
    assert got.failed == ("film.mp4", "noname", "slides.ppt")
    assert got.problems[0].what.startswith(".mp4: files of this kind are not read, but .csv .docx ")
    assert got.problems[1].what.startswith("no suffix: files of this kind are not read")
    assert got.problems[2].what == ".ppt files are not read: save it as .pptx or .pdf"


def test_an_id_that_stands_in_two_files_is_a_problem_of_the_second(tmp_path: Path) -> None:
    got = reading(write(tmp_path, {"a.md": "---\nid: x\n---\nA.", "b.md": "---\ntitle: y\nid: x\n---\nB.", "c.md": "C."}))
    assert ids(got) == ["x", "c.md"]
    assert got.problems == (Problem("b.md", 3, "the id 'x' is already that of a.md: give this file another"),)


def published(doc_id: str, path: str, source: str = "course") -> Document:
    return Document(doc_id, doc_id, "en", "file", source, path, "")


def test_the_file_that_is_published_under_an_id_keeps_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\nid: x\n---\nNew.", "b.md": "---\nid: x\n---\nOld.", "c.md": "C."})
    got = read([tmp_path], source="course", published=[published("x", "b.md")])
    assert [(one.document.doc_id, one.document.path) for one in got.materials] == [("x", "b.md"), ("c.md", "c.md")]
    assert got.problems == (Problem("a.md", 2, "the id 'x' is already that of b.md: give this file another"),)
    assert got.failed == ("a.md",)
    others = read([tmp_path], source="course", published=[published("x", "b.md", "staff")])
    assert others.materials[0].document.path == "a.md", "another source's file keeps nothing here"


def test_the_published_file_keeps_its_id_even_while_it_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\nid: x\n---\nNew.", "b.md": "---\nid: [\n---\nOld."})
    got = read([tmp_path], source="course", published=[published("x", "b.md")])
    assert got.materials == ()
    assert got.failed == ("b.md", "a.md")
    assert "'x' is already that of b.md" in got.problems[0].what


def test_a_file_that_is_gone_leaves_its_id_to_another(tmp_path: Path) -> None:
    got = read([write(tmp_path, {"a.md": "---\nid: x\n---\nNew."})], source="course", published=[published("x", "b.md")])
    assert [one.document.path for one in got.materials] == ["a.md"]


# ---- plain Markdown


def test_plain_markdown_says_what_its_front_matter_says(tmp_path: Path) -> None:
    said = "id: x\ntitle: A title\nlang: zh-CN\nlesson: moon\ncourse: space\ngrade_band: 4-6\nas_of: 2026-07-04\nauthor: Lee\nweek: 3"
    document = reading(write(tmp_path, {"a.md": f"---\n{said}\n---\nEnglish text.\n"})).materials[0].document
    assert (document.doc_id, document.title, document.language, document.kind) == ("x", "A title", "zh", "lesson")
    assert (document.lesson, document.course, document.grade_band, document.as_of) == ("moon", "space", "4-6", "2026-07-04")
    assert document.metadata == (("author", "Lee"), ("week", "3"))
    assert (document.source, document.path) == ("course", "a.md")


def test_plain_markdown_without_front_matter_is_guessed(tmp_path: Path) -> None:
    chinese, english = (
        one.document for one in reading(write(tmp_path, {"月球.md": "月球没有空气。", "moon.md": "The Moon has no air."})).materials[::-1]
    )
    assert (chinese.title, chinese.language, chinese.kind, chinese.lesson) == ("月球", "zh", "file", None)
    assert (english.title, english.language) == ("moon", "en")


@pytest.mark.parametrize(("stated", "language"), [("en", "en"), ("zh", "zh"), ("zh-Hans", "zh"), ("EN-gb", "en"), ("fr", "zh"), ("", "zh")])
def test_a_stated_language_wins_and_an_unknown_one_is_guessed(tmp_path: Path, stated: str, language: str) -> None:
    got = reading(write(tmp_path, {"a.md": f"---\nlanguage: '{stated}'\n---\n月球没有空气。"}))
    assert got.materials[0].document.language == language


def test_strict_refuses_a_key_that_no_field_knows(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\ntitle: x\nauthor: Lee\n---\nA.", "b.md": "---\ntitle: y\n---\nB."})
    assert len(ids(reading(tmp_path))) == 2
    got = reading(tmp_path, strict=True)
    assert ids(got) == ["b.md"]
    assert [(problem.path, problem.line) for problem in got.problems] == [("a.md", 3)]
    assert "'author'" in got.problems[0].what


def test_any_change_of_what_is_told_changes_the_hash_and_a_new_place_does_not(tmp_path: Path) -> None:
    texts = {
        "a": "---\nid: x\n---\n# H\n\nA.",
        "b": "---\nid: x\n---\n# H\n\nB.",
        "c": "---\nid: x\n---\n# G\n\nA.",
        "d": "---\nid: x\nauthor: Lee\n---\n# H\n\nA.",
        "e": "---\nid: x\ntitle: T\n---\n# H\n\nA.",
    }
    hashes = [reading(write(tmp_path / name, {"x.md": text})).materials[0].document.content_hash for name, text in texts.items()]
    assert len(set(hashes)) == 5
    for name in ("a", "e"):
        assert reading(write(tmp_path / "f" / name, {"moved/y.md": texts[name]})).materials[0].document.content_hash in hashes
    untitled = [{name: "---\nid: x\n---\nA."} for name in ("x.md", "y.md")]
    assert len({reading(write(tmp_path / f"g{at}", files)).materials[0].document.content_hash for at, files in enumerate(untitled)}) == 2


def test_a_title_is_the_front_matters_else_the_first_heading_of_level_one_else_the_files_name(tmp_path: Path) -> None:
    files = {
        "a.md": "---\ntitle: Stated\n---\n# Heading\n\nA.",
        "b.md": "## Part\n\nB.\n\n# *The* Moon\n\nB.",
        "c.md": "## Part\n\nC.",
        "d.txt": "Moon\n\nD.",
    }
    titles = [material.document.title for material in reading(write(tmp_path, files)).materials]
    assert titles == ["Stated", "The Moon", "c", "Moon"]


def test_a_language_is_told_by_the_whole_text(tmp_path: Path) -> None:
    text = "Abstract in English words only.\n\n" * 30 + "月球没有空气，所以它的天空是黑色的。\n\n" * 300
    for name, content in (("a.md", text), ("b.md", text.replace("\n\n", "\n"))):
        assert reading(write(tmp_path, {name: content})).materials[-1].document.language == "zh"
