"""ZIP files: their members are read like files, Chinese names are right, and what is hostile in them is refused one by one."""

import io
import random
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from small_files import CONCEPT, COURSE, MISSION, ids, reading, write

from ingest.errors import Unreadable
from ingest.formats.archive import MOST_MEMBERS, members
from ingest.read import read
from ingest.sandbox import Limits

SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello there.\n"


class RawName(zipfile.ZipInfo):
    """A member whose name is packed without the mark for UTF-8, in an encoding of its own."""

    encoding = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), 0


def packed(entries: Iterable[tuple[str | zipfile.ZipInfo, str | bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def zipped(folder: Path, *entries: tuple[str | zipfile.ZipInfo, str | bytes]) -> Path:
    return write(folder, {"lessons.zip": packed(entries)})


def test_members_are_read_like_files(tmp_path: Path) -> None:
    made = Path(__file__).parent / "made"
    zipped(
        tmp_path,
        ("part/moon.md", "# The Moon\n\nIt has no air."),
        ("part/", ""),
        ("luna-9.yaml", MISSION),
        ("tides.yaml", CONCEPT),
        ("talk.srt", SRT),
        ("paper.pdf", (made / "page.en.print.pdf").read_bytes()),
        ("./dot.md", "Dot."),
    )
    got = reading(tmp_path)
    assert got.problems == ()
    assert ids(got) == ["dot.md", "luna-9.en", "luna-9.zh", "paper.pdf", "part/moon.md", "talk.srt", "tides.en", "tides.zh"]
    moon = got.materials[4].document
    assert (moon.path, moon.title) == ("lessons.zip!part/moon.md", "The Moon")
    assert ids(reading(tmp_path / "lessons.zip")) == ids(got)


def test_hidden_members_and_other_kinds_are_left_out(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.md", ".hidden.md", "b/.git/c.md", "~$d.docx", "picture.png", "noname"]
    got = reading(zipped(tmp_path, *((name, "x") for name in names), ("a.md", "A.")))
    assert (ids(got), got.problems) == (["a.md"], ())


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "cp437"])
def test_names_without_the_mark_for_utf8_are_right(tmp_path: Path, encoding: str) -> None:
    name = "résumé/café.md" if encoding == "cp437" else "月球/火箭课一.md"
    RawName.encoding = encoding
    assert ids(reading(zipped(tmp_path, (RawName(name), "Text.")))) == [name]


@pytest.mark.parametrize(
    "name", ["../up.md", "a/../../up.md", "..", "/absolute.md", "C:\\windows.md", "c:drive.md", "back\\slash.md", "..\\up.md", "a//b.md", "nul\0.md"]
)
def test_a_hostile_name_is_a_problem_of_its_own(tmp_path: Path, name: str) -> None:
    entry = zipfile.ZipInfo("x" * len(name.encode()))
    content = packed([(entry, "x"), ("good.md", "Good.")]).replace(b"x" * len(name.encode()), name.encode())
    got = reading(write(tmp_path, {"lessons.zip": content}))
    assert ids(got) == ["good.md"]
    assert len(got.problems) == 1
    assert got.problems[0].path.startswith("lessons.zip!")
    assert got.problems[0].path.isprintable()
    assert "its name leads out of the archive" in got.problems[0].what
    assert list(tmp_path.iterdir()) == [tmp_path / "lessons.zip"]


def test_links_encrypted_members_and_inner_archives_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    content = bytearray(packed([("locked.md", "Locked."), ("good.md", "Good."), (link, "/etc/passwd"), ("inner.zip", packed([("a.md", "A.")]))]))
    content[6] |= 1
    content[content.find(b"PK\1\2") + 8] |= 1
    got = reading(write(tmp_path, {"lessons.zip": bytes(content)}))
    assert ids(got) == ["good.md"]
    assert [(problem.path, problem.what) for problem in got.problems] == [
        ("lessons.zip!inner.zip", "is an archive within an archive: put its files into the outer one"),
        ("lessons.zip!link.md", "is a link: pack the file itself"),
        ("lessons.zip!locked.md", "is encrypted: pack it without a password"),
    ]
    assert got.lost("lessons.zip!locked.md")
    assert not got.lost("lessons.zip!good.md")


def test_a_damaged_archive_loses_none_of_what_it_held(tmp_path: Path) -> None:
    whole = packed([("a.md", "A."), ("b.md", "B." * 1000)])
    got = reading(write(tmp_path, {"cut.zip": whole[: len(whole) // 2], "empty.zip": b"", "text.zip": b"hello", "z.md": "Z."}))
    assert ids(got) == ["z.md"]
    assert got.failed == ("cut.zip", "empty.zip", "text.zip")
    assert all("is damaged" in problem.what and "pack it anew" in problem.what for problem in got.problems)
    assert got.lost("cut.zip!a.md")
    assert not got.lost("other.zip!a.md")


def test_a_damaged_member_is_its_own_problem(tmp_path: Path) -> None:
    content = packed([("a.md", "It flew."), ("b.md", "It fell.")], zipfile.ZIP_STORED).replace(b"It flew.", b"It flow.")
    got = reading(write(tmp_path, {"lessons.zip": content}))
    assert ids(got) == ["b.md"]
    assert "is damaged" in got.problems[0].what


def test_bombs_are_refused_unread(tmp_path: Path) -> None:
    zeros = b"\0" * 20_000_000
    got = reading(zipped(tmp_path, ("bomb.txt", zeros), ("good.md", "Good. " * 1000)))
    assert ids(got) == ["good.md"]
    assert got.problems[0].what == "unpacks to an absurd size (a ZIP bomb): it is not read"
    large = packed([("a.md", random.Random(1).randbytes(300_000)), ("b.md", "B.")])
    write(tmp_path / "limited", {"large.zip": large})
    got = read([tmp_path / "limited"], source="course", limits=Limits(size=len(large) - 1))
    assert got.failed == ("large.zip",)


def test_a_bomb_scattered_over_many_small_members_is_refused_whole(tmp_path: Path) -> None:
    got = reading(zipped(tmp_path, *((f"{at}.md", "rocket " * 140_000) for at in range(21))))
    assert got.failed == ("lessons.zip",)
    assert "in many files (a ZIP bomb)" in got.problems[0].what


def test_too_much_in_all_or_too_many_members_are_refused() -> None:
    one = packed([("a.md", b" " * 95_000_000)])
    header = one[one.find(b"PK\1\2") : one.find(b"PK\5\6")]
    many = one.replace(header, header * 12)
    end = many.find(b"PK\5\6")
    many = many[: end + 8] + (12).to_bytes(2, "little") * 2 + (len(header) * 12).to_bytes(4, "little") + many[end + 16 :]
    with pytest.raises(Unreadable, match=r"unpacks to more than 1000 MB|damaged"):
        list(members(many))
    with pytest.raises(Unreadable, match=f"more than {MOST_MEMBERS}"):
        list(members(packed(((f"{at}.md", "") for at in range(MOST_MEMBERS + 1)), zipfile.ZIP_STORED)))


def test_whatever_is_broken_in_an_archive_is_told_as_such() -> None:
    whole = packed([("a.md", "It flew. " * 50), ("月球.md", "月球没有空气。" * 50), ("c/d.txt", "x")])
    chance = random.Random(1)
    for _ in range(600):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.2:
            del broken[chance.randrange(len(broken)) :]
        try:
            for member in members(bytes(broken)):
                try:
                    member.content(1_000_000)
                except Unreadable:
                    continue
        except Unreadable:
            continue


def test_a_course_in_a_zip_is_one(tmp_path: Path) -> None:
    files = {f"space/{name}": content for name, content in COURSE.items()}
    more = {"space/lessons/bad.md": "No front matter.", "space/new.md": "Where?", "other/a.md": "A."}
    got = reading(zipped(tmp_path, *files.items(), *more.items()))
    assert {material.document.doc_id: material.document.course for material in got.materials} == {
        "other/a.md": None,
        "tides.en": "space",
        "tides.zh": "space",
        "moon.en": "space",
        "luna-9.en": "space",
        "luna-9.zh": "space",
    }
    assert [problem.path for problem in got.problems] == ["lessons.zip!space/lessons/bad.md", "lessons.zip!space/new.md"]
    assert got.failed == ("lessons.zip!space/lessons/bad.md",)


def test_a_zip_in_a_course_belongs_to_it(tmp_path: Path) -> None:
    write(tmp_path, {"course.yaml": "course: space\n"})
    got = reading(zipped(tmp_path / "more", ("a.md", "A.")))
    assert [material.document.course for material in got.materials] == ["space"]
