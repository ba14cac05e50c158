"""A writer that dies at any moment leaves the old or the new release published, and the next writer sweeps what it left."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dying_writer import MOMENTS, SECOND
from small_release import MOON, Clock, build, build_and_publish

from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import Busy
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release

SCRIPT = Path(__file__).parent / "dying_writer.py"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wreckage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folders in each of which a writer died at the moment that names it, while a first release was published."""
    root = tmp_path_factory.mktemp("wreckage")
    build_and_publish(DataFolder(root / "embedding"), MOON, HashingEmbedder(), _spring)
    for moment in MOMENTS:
        if moment != "embedding":
            shutil.copytree(root / "embedding", root / moment)
    told = subprocess.run([sys.executable, SCRIPT, root], cwd=ROOT, env=_environment(), capture_output=True, text=True, timeout=120, check=True)
    assert told.stdout.split() == [word for moment in sorted(MOMENTS) for word in (moment, "SIGKILL")]
    return root


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_old_or_the_new_release_is_published_and_whole(wreckage: Path, moment: str) -> None:
    data = DataFolder(wreckage / moment)
    release = open_release(data, None, HashingEmbedder.stamp)
    expected = SECOND if moment == "pointed" else MOON
    assert {one.doc_id: one.text for one in release.passages} == expected
    assert len(release.vector_index.nearest(HashingEmbedder().embed_queries(["air on the Moon"])[0], 10)) == len(expected)
    release.close()


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_next_writer_sweeps_what_was_left_and_succeeds(wreckage: Path, moment: str, tmp_path: Path, clock: Clock) -> None:
    data = DataFolder(tmp_path / moment)
    shutil.copytree(wreckage / moment, data.root)
    made = build_and_publish(data, SECOND, HashingEmbedder(), clock)
    assert publish.current(data) == made
    assert {path.name for path in data.root.iterdir()} <= {"releases", "current", "lock", "open"}
    assert {path.name for path in data.releases.iterdir()} == {manifest.release for manifest in publish.listed(data)}


def test_something_was_left_to_sweep(wreckage: Path) -> None:
    left = {moment for moment in MOMENTS if [*(wreckage / moment / "releases").glob(".building-*"), *(wreckage / moment).glob("current.*")]}
    assert left == set(MOMENTS) - {"renamed", "pointed"}


class Failing(Exception):
    pass


@pytest.mark.parametrize("moment", ["embedding", "indexing"])
def test_a_build_that_fails_leaves_nothing_behind(data: DataFolder, embedder: Embedder, clock: Clock, moment: str) -> None:
    first = build_and_publish(data, MOON, embedder, clock)

    def fail(what: str, done: int, total: int) -> None:  # noqa: ARG001 - a listener's signature
        if what == moment:
            raise Failing

    with pytest.raises(Failing):
        build(data, SECOND, embedder, clock, progress=fail)
    assert publish.current(data) == first
    assert [path.name for path in data.releases.iterdir()] == [first.release]
    assert build(data, SECOND, embedder, clock).passages == len(SECOND)


@pytest.fixture
def building(data: DataFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a build on `data`, where a first release is published."""
    build_and_publish(data, MOON, HashingEmbedder(), _spring)
    command = [sys.executable, str(SCRIPT), str(data.root), "wait"]
    with subprocess.Popen(command, cwd=ROOT, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_to_wait_and_a_killed_one_blocks_nobody(
    data: DataFolder, building: subprocess.Popen[str], embedder: Embedder, clock: Clock
) -> None:
    with pytest.raises(Busy, match="wait until it is done"), publish.writing(data):
        pass
    assert list(data.releases.glob(".building-*")), "the second writer must not sweep under the first one's feet"
    open_release(data, None, embedder.stamp).close()
    building.kill()
    building.wait()
    assert publish.current(data).passages == len(MOON)
    build_and_publish(data, SECOND, embedder, clock)
    assert not list(data.releases.glob(".building-*"))
    assert publish.current(data).passages == len(SECOND)


def test_a_second_writer_in_the_same_process_is_told_to_wait(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    heard: list[str] = []

    def ask(what: str, done: int, total: int) -> None:  # noqa: ARG001 - a listener's signature
        with pytest.raises(Busy), publish.writing(data):
            pass
        heard.append("busy")

    build(data, MOON, embedder, clock, progress=ask)
    assert heard


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _spring() -> dt.datetime:
    return dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
