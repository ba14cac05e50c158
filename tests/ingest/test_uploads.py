"""Uploads: which names are taken, what becomes of archives, and how a stage is made of what there is and what comes."""

import unicodedata
import zipfile
from pathlib import Path

import pytest

from ingest import BadName, Upload, clean_name, sort_out, uploaded
from ingest.staff.uploads import stage
from knowledge_base.release.layout import DataFolder


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("rockets.md", "rockets.md"),
        ("a/b c/火箭 🚀.md", "a/b c/火箭 🚀.md"),
        ("./a//b.md", "a/b.md"),
        (unicodedata.normalize("NFD", "Élan.md"), "Élan.md"),
        ("x" * 197 + ".md", "x" * 197 + ".md"),
        (".DS_Store", None),
        ("a/.git/config", None),
        ("~$rockets.docx", None),
        ("__MACOSX/a.md", None),
    ],
)
def test_a_name_is_a_clean_relative_path(name: str, clean: str | None) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/",
        "..",
        "../a.md",
        "a/../../b.md",
        "/etc/passwd",
        "C:\\a.md",
        "c:a.md",
        "a\\b.md",
        "a\0.md",
        "a\n.md",
        "\x7f",
        "火" * 67 + ".md",
        "a/" * 600,
    ],
)
def test_a_name_that_no_folder_should_hold_is_refused(name: str) -> None:
    with pytest.raises(BadName, match="the name"):
        clean_name(name)


def packed(folder: Path, **members: str) -> Upload:
    path = folder / "1"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return Upload("lessons.zip", path)


def test_an_archive_is_unpacked_and_what_is_wrong_with_it_is_told(tmp_path: Path) -> None:
    members = {
        "航天/火箭.md": "火箭。",
        "../evil.md": "x",
        "nested.zip": "PK",
        "picture.png": "x",
        "__MACOSX/a.md": "x",
        "bomb.md": " " * 9_000_000,
        "old.doc": "x",
    }
    files, problems = sort_out([packed(tmp_path, **members)])
    assert [(file.name, file.content.read_text()) for file in files] == [("航天/火箭.md", "火箭。")]
    told = {problem.path: problem.what for problem in problems}
    assert set(told) == {"lessons.zip!../evil.md", "lessons.zip!nested.zip", "lessons.zip!bomb.md", "old.doc"}
    assert "bomb" in told["lessons.zip!bomb.md"]
    assert not (tmp_path.parent / "evil.md").exists()


def test_files_that_are_no_material_are_told_unless_they_came_in_a_folder(tmp_path: Path) -> None:
    arrived = []
    for number, name in enumerate(["a.md", "photo.png", "folder/photo.png", "slides.ppt", "broken.zip", "a.md"]):
        (tmp_path / str(number)).write_text(name + str(number))
        arrived.append(Upload(name, tmp_path / str(number)))
    files, problems = sort_out(arrived)
    assert [file.content.read_text() for file in files] == ["a.md5"]
    assert [problem.path for problem in problems] == ["photo.png", "slides.ppt", "broken.zip"]


def test_a_stage_is_the_uploads_without_what_goes_and_with_what_comes(data: DataFolder, tmp_path: Path) -> None:
    for name in ("a.md", "old/b.md", "old/deep/c.md", "was-a-file"):
        (data.uploads / name).parent.mkdir(parents=True, exist_ok=True)
        (data.uploads / name).write_text(name)
    came = []
    for number, name in enumerate(["was-a-file/d.md", "old", "a.md"]):
        (tmp_path / str(number)).write_text(f"new {name}")
        came.append(Upload(name, tmp_path / str(number)))
    data.jobs.mkdir()
    stage(data, data.jobs / "stage", came, ["old/deep/c.md"])
    staged = {path.relative_to(data.jobs / "stage").as_posix(): path.read_text() for path in (data.jobs / "stage").rglob("*") if path.is_file()}
    assert staged == {"a.md": "new a.md", "old": "new old", "was-a-file/d.md": "new was-a-file/d.md"}
    assert [*uploaded(data)] == ["a.md", "old/b.md", "old/deep/c.md", "was-a-file"]
    assert (data.uploads / "a.md").read_text() == "a.md"
