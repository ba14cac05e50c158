"""The desk that tests of ingestions share."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from ingest_desk import A, B, Desk

from knowledge_base.embedding.base import Embedder
from knowledge_base.release.layout import DataFolder


@pytest.fixture
def desk(tmp_path: Path, data: DataFolder, embedder: Embedder, clock: Callable[[], dt.datetime]) -> Desk:
    """A desk with two files on it, nothing ingested."""
    desk = Desk(tmp_path / "files", data, lambda: embedder, clock)
    desk.write({"a.md": A, "b.md": B})
    return desk
