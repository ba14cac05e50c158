"""The desk that tests of ingestions share, and the jobs of one server."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ingest_desk import A, B, Desk
from stand_in_jobs import working

from ingest import Jobs
from knowledge_base.embedding.base import Embedder
from knowledge_base.release.layout import DataFolder


@pytest.fixture
def desk(tmp_path: Path, data: DataFolder, embedder: Embedder, clock: Callable[[], dt.datetime]) -> Desk:
    """A desk with two files on it, nothing ingested."""
    desk = Desk(tmp_path / "files", data, lambda: embedder, clock)
    desk.write({"a.md": A, "b.md": B})
    return desk


@pytest.fixture
def jobs(data: DataFolder) -> Iterator[Jobs]:
    data.ensure_writable()
    with working(data) as jobs:
        yield jobs
