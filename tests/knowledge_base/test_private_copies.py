"""Private copies: opening never writes to a release, the dead leave no copies, and many processes read at once."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_release import MOON, Clock, build_and_publish

from knowledge_base.embedding.base import Embedder
from knowledge_base.errors import DataFolderUnusable
from knowledge_base.release import private
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release

ROOT = Path(__file__).parents[2]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    folder = tmp_path / "some-release" / "chroma"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "big").write_bytes(os.urandom(200_000))
    (folder / "small").write_text("x")
    return folder


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_copy_is_the_same_and_apart(data: DataFolder, original: Path) -> None:
    copy, other = (private.private_copy(data, original) for _ in range(2))
    assert copy != other
    assert digests(copy) == digests(original)
    assert copy.parent == data.private / str(os.getpid())
    (copy / "small").write_text("changed")
    assert (original / "small").read_text() == (other / "small").read_text() == "x"


def test_discarding_the_last_copy_removes_the_processs_folder(data: DataFolder, original: Path) -> None:
    copy, other = (private.private_copy(data, original) for _ in range(2))
    private.discard(copy)
    assert list(copy.parent.iterdir()) == [other]
    private.discard(other)
    assert not other.parent.exists()


def test_only_the_copies_of_dead_processes_are_swept(data: DataFolder, original: Path) -> None:
    with subprocess.Popen(["true"]) as ended:
        pass
    living = {str(os.getpid()), str(os.getppid()), "1"}
    for name in {*living, str(ended.pid), "leftover"}:
        (data.private / name).mkdir(parents=True)
        (data.private / name / "chroma.sqlite3").write_text("x")
    ours = private.private_copy(data, original)
    private.sweep(data)
    assert {path.name for path in data.private.iterdir()} == living
    assert digests(ours) == digests(original)


def test_sweeping_before_anything_was_opened_is_no_error(data: DataFolder) -> None:
    private.sweep(data)
    assert not data.root.exists()


def test_a_copy_that_cannot_be_made_is_the_operators_to_mend(data: DataFolder, original: Path) -> None:
    data.root.mkdir()
    data.private.write_text("a file where the folder should be")
    with pytest.raises(DataFolderUnusable, match="make room there, or make it writable"):
        private.private_copy(data, original)


def test_opening_and_searching_change_no_byte_of_a_release(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    folder = data.release(build_and_publish(data, MOON, embedder, clock).release)
    before = digests(folder)
    release = open_release(data, None, embedder.stamp)
    release.vector_index.nearest(embedder.embed_queries(["air"])[0], 3)
    release.close()
    assert digests(folder) == before
    assert not list(data.private.glob("*"))


def test_many_processes_read_at_once_and_one_that_dies_harms_nobody(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    folder = data.release(build_and_publish(data, MOON, embedder, clock).release)
    before = digests(folder)
    release = open_release(data, None, embedder.stamp)
    nearest = release.vector_index.nearest(embedder.embed_queries(["air on the Moon"])[0], 3)
    found = " ".join([*nearest, str(release.lexical.holders("moon")[0].tolist())])
    command = [sys.executable, str(Path(__file__).parent / "searching_reader.py"), str(data.root)]
    readers = [
        subprocess.Popen([*command, last], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
        for last in ("live", "live", "die")
    ]
    told = [reader.communicate(timeout=120)[0].splitlines() for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0, -9]
    assert told == [[found] * 5, [found] * 5, [found] * 3]
    assert {path.name for path in data.private.iterdir()} == {str(os.getpid()), str(readers[2].pid)}
    private.sweep(data)
    assert {path.name for path in data.private.iterdir()} == {str(os.getpid())}
    assert release.vector_index.nearest(embedder.embed_queries(["air on the Moon"])[0], 3) == nearest
    release.close()
    assert digests(folder) == before
