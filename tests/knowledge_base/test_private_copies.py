"""Private copies: opening never writes to a release, the dead leave no copies, and many processes read at once."""

import hashlib
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_release import MOON, Clock, build_and_publish

from knowledge_base import own_folder
from knowledge_base.embedding.base import Embedder
from knowledge_base.errors import DataFolderUnusable
from knowledge_base.own_folder import OwnFolder
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
    assert copy.path != other.path
    assert digests(copy.path) == digests(original)
    assert copy.path.parent == data.private
    (copy.path / "small").write_text("changed")
    assert (original / "small").read_text() == (other.path / "small").read_text() == "x"


def test_discarding_a_copy_leaves_nothing_of_it(data: DataFolder, original: Path) -> None:
    copy, other = (private.private_copy(data, original) for _ in range(2))
    copy.discard()
    assert {path.name for path in data.private.iterdir()} == {other.path.name, f"{other.path.name}.lock"}
    other.discard()
    assert not list(data.private.iterdir())


def test_only_what_nobody_holds_is_swept_whatever_process_ids_say(data: DataFolder, original: Path) -> None:
    """Containers give every server the process id 1, so that a leftover may carry the id of a living process."""
    ours = private.private_copy(data, original)
    for name in ("1", str(os.getpid()), "some-release-dead"):
        (data.private / name).mkdir()
        (data.private / name / "chroma.sqlite3").write_text("x")
    (data.private / "some-release-dead.lock").touch()
    (data.private / "some-release-locked-and-died.lock").touch()
    private.sweep(data)
    assert {path.name for path in data.private.iterdir()} == {ours.path.name, f"{ours.path.name}.lock"}
    assert digests(ours.path) == digests(original)
    ours.discard()


def test_copies_are_made_and_swept_at_once_without_harm(data: DataFolder, original: Path) -> None:
    done = threading.Event()

    def sweep_on() -> None:
        while not done.is_set():
            private.sweep(data)

    with ThreadPoolExecutor(4) as pool:
        sweepers = [pool.submit(sweep_on) for _ in range(2)]
        made = [pool.submit(private.private_copy, data, original) for _ in range(100)]
        copies = [one.result() for one in made]
        assert all(digests(copy.path) == digests(original) for copy in copies)
        done.set()
        assert [sweeper.result() for sweeper in sweepers] == [None, None]
    for copy in copies:
        copy.discard()
    assert not list(data.private.iterdir())


def test_only_folders_of_the_name_given_are_swept(tmp_path: Path) -> None:
    """So are models that somebody began to prepare, and no prepared ones."""
    making = OwnFolder(tmp_path, "preparing")
    for name in ("preparing-died", "some-model"):
        (tmp_path / name).mkdir()
    own_folder.sweep(tmp_path, "preparing")
    assert {path.name for path in tmp_path.iterdir()} == {"some-model", making.path.name, f"{making.path.name}.lock"}
    making.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["some-model"]


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
    assert len([path for path in data.private.iterdir() if path.is_dir()]) == 2, "ours and the dead one's"
    private.sweep(data)
    assert len([path for path in data.private.iterdir() if path.is_dir()]) == 1
    assert release.vector_index.nearest(embedder.embed_queries(["air on the Moon"])[0], 3) == nearest
    release.close()
    assert digests(folder) == before
