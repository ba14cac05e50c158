"""Fixtures that several rooms' tests share: a data folder, a clock, and an embedder that notes what it was given to embed."""

import datetime as dt
import itertools
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ingest import Ingestion, Order
from knowledge_base import calibration as fitted
from knowledge_base.calibration import Calibration
from knowledge_base.embedding.base import Embedder, EmbedderStamp, Vectors
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.progress import Progress, silent
from knowledge_base.release.layout import DataFolder

CHROMIUM = Path("/usr/bin/chromium")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_model: runs the packaged embedding model, which is prepared once (about a minute)")


class CountingEmbedder:
    """The honest fake, which notes every text that it embeds as a document."""

    def __init__(self, noted: list[str]) -> None:
        self._noted = noted
        self._inner = HashingEmbedder()

    @property
    def stamp(self) -> EmbedderStamp:
        return self._inner.stamp

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._inner.embed_queries(texts)

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        self._noted.extend(texts)
        return self._inner.embed_documents(texts, progress=progress)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder that does not exist yet."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def embedded() -> list[str]:
    """Every text that `embedder` was given to embed as a document, in order."""
    return []


@pytest.fixture
def embedder(embedded: list[str]) -> Embedder:
    """The honest fake; what it embeds stands in `embedded`."""
    return CountingEmbedder(embedded)


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    """A clock that is a second later whenever it is asked."""
    seconds = itertools.count()
    return lambda: dt.datetime(2026, 7, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=next(seconds))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one file at a time: while Playwright is open no asynchronous test can run, and no second one be opened."""
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def calibration() -> Calibration:
    """Weights that trust cosines and words alike, whatever embedder is in use."""
    return fitted.load(fitted.path_for("multilingual-e5-small"))


@pytest.fixture
def two_missions(tmp_path: Path, calibration: Calibration) -> Iterator[Library]:
    """A release of two missions, of which a follow-up may ask: when each was launched, and its mass."""
    course = tmp_path / "missions"
    course.mkdir()
    for number, numeral, day, mass in ((5, "五", "23 November 2020", "8,200"), (6, "六", "3 May 2024", "8,350")):
        en, zh = f"Chang'e-{number}", f"嫦娥{numeral}号"
        told = {
            "about": {"en": f"{en} was a Chinese mission to the Moon.", "zh": f"{zh}是中国的月球任务。"},
            "launch": {"en": f"{en} was launched on {day} by a Long March 5 rocket.", "zh": f"{zh}由长征五号火箭发射。", "date": "2020-11-23"},
            "figures": {"mass": {"en": f"The mass of {en} was {mass} kg.", "zh": f"{zh}的质量是{mass}千克。", "value": mass, "unit": "kg"}},
        }
        about = {"id": f"change-{number}", "names": {"en": en, "zh": zh}, "kind": ["mission"], "agency": "CNSA", "country": "China"}
        checked = {"as_of": "2026-05-24", "sources": [{"title": "A report"}], "check": "checked", "source_strength": "strong"}
        (course / f"change-{number}.yaml").write_text(json.dumps(about | checked | told), encoding="utf-8")
    data = DataFolder(tmp_path / "published")
    assert not Ingestion(data, HashingEmbedder).run(Order([course])).failed
    with closing(Library(data, HashingEmbedder(), calibration=calibration)) as library:
        yield library
