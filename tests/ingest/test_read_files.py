"""Which files below a folder are opened, and what becomes of those that are hostile, huge, odd or in a format that is not read."""

import os
import socket
import sys
from pathlib import Path

import pytest
from small_files import ids, reading, write

from ingest.errors import NothingToRead
from ingest.read import read
from ingest.sandbox import Limits
from ingest.types import Problem

MEGABYTE = 1_000_000


def test_every_format_is_read_whatever_the_case_of_its_suffix(tmp_path: Path) -> None:
    made = Path(__file__).parent / "made"
    files: dict[str, str | bytes] = {
        "a.md": "Markdown.",
        "b.Markdown": "Markdown.",
        "c.TXT": "Text.",
        "d.HTML": "<p>Page.</p>",
        "e.htm": "<p>Page.</p>",
        "f.PDF": (made / "page.en.print.pdf").read_bytes(),
        "g.Docx": (made / "lesson.en.docx").read_bytes(),
        "h.pptx": (made / "talk.en.pptx").read_bytes(),
        "i.XLSX": (made / "glossary.en.xlsx").read_bytes(),
        "j.csv": "term,definition\nThrust,What pushes a rocket.\n",
        "k.SRT": "1\n00:00:01,000 --> 00:00:02,000\nHello there.\n",
        "l.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.\n",
    }
    got = reading(write(tmp_path, files))
    assert [problem for problem in got.problems if problem.path in got.failed] == []
    assert ids(got) == list(files)
    kinds = {material.document.doc_id: material.document.kind for material in got.materials}
    assert {name for name, kind in kinds.items() if kind == "transcript"} == {"k.SRT", "l.vtt"}
    assert {name for name, kind in kinds.items() if kind == "glossary"} == {"i.XLSX", "j.csv"}


def test_pages_slides_and_seconds_reach_the_blocks(tmp_path: Path) -> None:
    made = Path(__file__).parent / "made"
    write(tmp_path, {"a.srt": "1\n00:01:01,500 --> 00:01:02,000\nHello there.\n", "b.pdf": (made / "lesson.zh.pdf").read_bytes()})
    talk, paper = reading(tmp_path).materials
    assert talk.blocks[0].position_s == 61.5
    assert {block.page for block in paper.blocks} >= {1, 2}
    assert paper.document.language == "zh"


def test_what_a_format_leaves_out_is_remarked(tmp_path: Path) -> None:
    made = Path(__file__).parent / "made"
    got = reading(write(tmp_path, {"a.pptx": (made / "talk.en.pptx").read_bytes()}))
    assert ["hidden" in remark.what for remark in got.materials[0].remarks] == [True]


def test_text_is_read_in_the_encodings_of_schools(tmp_path: Path) -> None:
    texts: dict[str, str | bytes] = {
        "a.md": "---\ntitle: 月球\n---\n月球没有空气。".encode("gb18030"),
        "b.txt": "月球没有空气。".encode("utf-16"),
        "c.md": "---\ntitle: Moon\n---\nThe Moon has no air.".encode("utf-16-le"),
        "d.csv": "术语,定义\n比冲,衡量发动机效率的量。\n".encode("gb18030"),
        "e.html": "<p>月球没有空气。</p>".encode("gb18030"),
    }
    got = reading(write(tmp_path, texts))
    assert got.problems == ()
    assert [(one.document.title, one.document.language) for one in got.materials[:3]] == [("月球", "zh"), ("b", "zh"), ("Moon", "en")]
    assert all("月球没有空气。" in got.materials[at].blocks[0].text for at in (0, 1, 4))


def test_a_file_that_its_parser_dies_of_is_one_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.html": "<p>One.</p>", "b.pdf": b"%PDF-1.7 broken", "c.docx": b"PK\3\4 broken", "d.html": "<p>Two.</p>"}
    got = reading(write(tmp_path, files))
    assert ids(got) == ["a.html", "d.html"]
    assert got.failed == ("b.pdf", "c.docx")


# ---- names


def test_any_name_that_a_disk_takes_is_read(tmp_path: Path) -> None:
    names = ["with space.md", "月球.md", "🚀 go.md", "n" * 197 + ".md", "'quoted' & $x; #1.md", "-rf.md", "wow!.md", "a.b.c.md"]
    got = reading(write(tmp_path, dict.fromkeys(names, "Text.")))
    assert sorted(ids(got)) == sorted(names)
    assert got.problems == ()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_bytes_that_are_no_text_and_control_characters_in_names_are_escaped(tmp_path: Path) -> None:
    for name in (b"caf\xe9.md", b"two\nlines.md"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(b"Text.")
    got = reading(tmp_path)
    assert ids(got) == ["caf\\xe9.md", "two\\nlines.md"]
    assert all(material.document.path.isprintable() for material in got.materials)


# ---- links


def test_a_link_within_the_folder_is_not_read_twice_and_one_that_leads_out_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.md": "A.", ".store/x1": "Kept elsewhere.", "sub/b.md": "B."})
    write(tmp_path, {"secret.md": "S.", "others/c.md": "C."})
    links = {
        "again.md": "a.md",
        "kept.md": ".store/x1",
        "kept too.md": ".store/x1",
        "up": ".",
        "loop.md": "loop.md",
        "nowhere.md": "nothing.md",
        "out.md": "../secret.md",
        "outer": "../others",
        "passwd.txt": "/etc/passwd",
        "picture.png": "/etc/passwd",
        "sub/up.md": "../a.md",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    got = reading(folder)
    assert ids(got) == ["a.md", "kept too.md", "sub/b.md"]
    assert [problem.path for problem in got.problems] == ["loop.md", "nowhere.md", "out.md", "outer", "passwd.txt"]
    assert got.problems[2] == Problem("out.md", 1, f"is a link out of the folder, to {str(tmp_path / 'secret.md')!r}: put the file itself here")
    assert got.failed == ("loop.md", "nowhere.md", "out.md", "outer", "passwd.txt")


def test_a_folder_that_is_itself_given_as_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "docs", {"a.md": "A."})
    (tmp_path / "link").symlink_to("docs")
    assert ids(reading(tmp_path / "link")) == ["a.md"]


# ---- what is no ordinary file, or too large


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "A."})
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe.fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket.md"))
        got = reading(tmp_path)
    assert ids(got) == ["a.md"]
    assert [(problem.path, problem.what) for problem in got.problems] == [
        (name, "is no ordinary file (a pipe, a socket or a device): remove it") for name in ("pipe.md", "socket.md")
    ]


def test_a_pipe_or_a_device_given_by_name_is_the_callers_mistake(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    for path in (tmp_path / "pipe.md", Path("/dev/null")):
        with pytest.raises(NothingToRead, match="is neither a file nor a folder"):
            reading(path)


def test_a_file_of_300_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "A."})
    for name in ("big.md", "big.pdf", "big.zip"):
        with open(tmp_path / name, "wb") as file:
            file.truncate(300 * MEGABYTE)
    got = reading(tmp_path)
    assert ids(got) == ["a.md"]
    assert {problem.what for problem in got.problems} == {"has 300 MB, more than the 100 MB that are read: split it into parts"}


def test_the_limit_is_the_callers(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x" * 100, "b.md": "x" * 101})
    assert ids(read([tmp_path], source="course", limits=Limits(size=100))) == ["a.md"]


def test_a_single_line_of_five_megabytes_is_read(tmp_path: Path) -> None:
    got = reading(write(tmp_path, {"a.md": "far away " * 560_000, "b.txt": "x" * 5_000_000}))
    assert got.problems == ()
    assert [len(material.blocks[0].text) for material in got.materials] == [5_039_999, 5_000_000]


@pytest.mark.parametrize(
    "content", ["# " + "far away " * 100_000 + "\n\nText.", "---\ntitle: " + "x" * 5000 + "\n---\nText.", "---\nid: " + "x" * 5000 + "\n---\nText."]
)
def test_a_heading_without_end_is_refused_since_every_passage_would_carry_it(tmp_path: Path, content: str) -> None:
    got = reading(write(tmp_path, {"a.md": content}))
    assert got.failed == ("a.md",)
    assert "make it shorter than 1000" in got.problems[0].what


# ---- what is material in another format


def test_material_in_a_format_that_is_not_read_is_told_and_other_files_are_not(tmp_path: Path) -> None:
    names = [
        "a.doc",
        "b.PPT",
        "c.xls",
        "d.odt",
        "e.rtf",
        "f.ass",
        "g.rar",
        ".h.doc",
        "~$i.doc",
        "j.png",
        "k.mp4",
        "l.py",
        "LICENSE",
        "m.md~",
        "n.bak",
    ]
    got = reading(write(tmp_path, dict.fromkeys(names, "x") | {"z.md": "Z."}))
    assert ids(got) == ["z.md"]
    assert [(problem.path, problem.what.partition(": ")[2]) for problem in got.problems] == [
        ("a.doc", "save it as .docx or .pdf"),
        ("b.PPT", "save it as .pptx or .pdf"),
        ("c.xls", "save it as .xlsx or .csv"),
        ("d.odt", "save it as .docx or .pdf"),
        ("e.rtf", "save it as .docx or .pdf"),
        ("f.ass", "save it as .srt or .vtt"),
        ("g.rar", "save it as .zip"),
    ]
    assert got.failed == ()
