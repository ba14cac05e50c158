"""Backups that are cut short, damaged or hostile put nothing in place; whoever is killed or has no room leaves no half a thing."""

import hashlib
import os
import random
import resource
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import ROOT
from small_backup import backed_up, filled, kept, turns, write_tar

from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from navigator.backup import PREFIX, CannotBackUp
from navigator.restore import BadBackup, CannotRestore, check, restore

ONE = {"withdrawn": b"moon.en\n"}
HASHED = {name: hashlib.sha256(content).hexdigest() for name, content in ONE.items()}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return filled(tmp_path_factory.mktemp("school") / "data")


@pytest.fixture(scope="module")
def file(school: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("backups") / "whole.tar"
    backed_up(school, made)
    return made


@pytest.fixture
def target(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "target")


def refused(file: Path, target: DataFolder, why: str) -> None:
    """The file is refused by one line, and nothing of it is in place, inside the folder or out of it."""
    beside = set(file.parent.iterdir()) | {target.root}
    with pytest.raises(BadBackup, match=why) as told:
        restore(file, target, replace=False)
    assert "\n" not in str(told.value)
    assert repr(str(file)) in str(told.value)
    assert {path.name for path in target.root.iterdir()} == {"lock", "serving"}
    assert set(file.parent.iterdir()) == beside


@pytest.mark.parametrize("part", [0, 0.001, 0.3, 0.7, 0.99])
def test_a_file_cut_short_is_refused(file: Path, target: DataFolder, tmp_path: Path, part: float) -> None:
    whole = file.read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: int(len(whole.rstrip(b"\0")) * part)])
    refused(tmp_path / "cut.tar", target, "is not a whole backup")


def test_a_flipped_byte_anywhere_is_noticed_or_means_nothing(file: Path, tmp_path: Path) -> None:
    whole, chance, noticed = file.read_bytes(), random.Random(5), 0
    for _round in range(60):
        at = chance.randrange(len(whole.rstrip(b"\0")))
        (tmp_path / "flipped.tar").write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        try:
            assert check(tmp_path / "flipped.tar").files == check(file).files
        except BadBackup:
            noticed += 1
    assert noticed > 30, "all but the padding between members is checked"


def test_a_flipped_byte_of_a_release_puts_nothing_in_place(file: Path, target: DataFolder, tmp_path: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[whole.index(b"Moon dust sticks")] ^= 1
    (tmp_path / "flipped.tar").write_bytes(whole)
    refused(tmp_path / "flipped.tar", target, "1 files are missing, too many or do not match their hash, 'releases/.*/passages.jsonl' first")


@pytest.mark.parametrize(
    "name", ["../out", "releases/../../../out", "releases//x", "releases/.", "other", "current/inner", "uploads", "lock", "models/m"]
)
def test_a_name_that_no_backup_holds_is_refused(target: DataFolder, tmp_path: Path, name: str) -> None:
    refused(
        write_tar(tmp_path / "hostile.tar", {name: b"x"}, {name: hashlib.sha256(b"x").hexdigest()}), target, "which no backup of this version does"
    )


@pytest.mark.parametrize("name", ["/etc/cron.d/x", "navigator-backup-2/current", "../x", "current"])
def test_a_name_outside_the_prefix_is_refused(target: DataFolder, tmp_path: Path, name: str) -> None:
    refused(write_tar(tmp_path / "hostile.tar", {"any": tarfile.TarInfo(name)}), target, "which no backup of this version does")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.GNUTYPE_SPARSE])
def test_only_plain_files_are_taken(target: DataFolder, tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo(f"{PREFIX}/uploads/x")
    info.type, info.linkname = kind, "/etc/passwd"
    refused(write_tar(tmp_path / "hostile.tar", {"any": info}), target, "not a whole backup")


@pytest.mark.parametrize("files", [{}, HASHED | {"current": "0"}, {"withdrawn": "0"}, ["withdrawn"], {"withdrawn": 1}, "nothing"])
def test_a_table_of_contents_that_says_otherwise_is_refused(target: DataFolder, tmp_path: Path, files: object) -> None:
    refused(write_tar(tmp_path / "other.tar", ONE, files), target, "not a whole backup")


def test_what_is_no_backup_is_refused(target: DataFolder, tmp_path: Path) -> None:
    for name, content in (("notes.md", b"# Notes\n" * 500), ("empty", b""), ("noise", random.Random(1).randbytes(20_000)), ("zeros", bytes(20_000))):
        (tmp_path / name).write_bytes(content)
        refused(tmp_path / name, target, "not a whole backup")
    refused(tmp_path / "nowhere.tar", target, "there is no file")
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "folder", target, "there is no file")


def test_a_file_with_the_right_contents_is_taken(target: DataFolder, tmp_path: Path) -> None:
    assert restore(write_tar(tmp_path / "right.tar", ONE, HASHED), target, replace=False).backup.files == 1
    assert target.withdrawn.read_bytes() == ONE["withdrawn"]


@pytest.mark.parametrize("moment", [1, 5])
def test_a_killed_backup_leaves_no_file_and_the_next_one_sweeps(school: DataFolder, tmp_path: Path, moment: int) -> None:
    made = tmp_path / "b.tar"
    killed("backup", school, made, moment)
    assert not made.exists()
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o700]
    backed_up(school, made)
    assert list(tmp_path.iterdir()) == [made]
    check(made)


@pytest.mark.parametrize("moment", [0, 1, 2, 9, 10])
def test_a_killed_restore_leaves_all_or_nothing_published(school: DataFolder, file: Path, target: DataFolder, moment: int) -> None:
    restore(file, target, replace=False)
    before = kept(target.root)
    killed("restore", target, file, moment)
    if moment <= 1:
        assert {name: content for name, content in kept(target.root).items() if not name.startswith(".restoring")} == before
    else:
        assert publish.current_id(target) is None
    restore(file, target, replace=True)
    assert kept(target.root) == kept(school.root)
    assert turns(target.root) == 3


def killed(what: str, data: DataFolder, file: Path, moment: int) -> None:
    command = [sys.executable, *map(str, (Path(__file__).with_name("dying_backup.py"), what, data.root, file, moment))]
    assert subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=False).returncode == -9


@contextmanager
def little_room(most: int) -> Iterator[None]:
    """As on a full disk: no file may grow past `most` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_without_room_nothing_is_left_and_the_line_says_so(school: DataFolder, file: Path, target: DataFolder, tmp_path: Path) -> None:
    with little_room(20_000):
        with pytest.raises(CannotBackUp, match="make room"):
            backed_up(school, tmp_path / "b.tar")
        with pytest.raises(CannotRestore, match="make room there"):
            restore(file, target, replace=False)
    assert not list(tmp_path.glob("*b.tar*"))
    assert {path.name for path in target.root.iterdir()} == {"lock", "serving"}
