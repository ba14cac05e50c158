"""`navigator ingest --watch` as the process that it is: releases follow files, whatever happens to them."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from command_line import BROKEN, Server, running, write_course

from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder

QUIET = 0.6


@contextmanager
def watching(folder: Path, *paths: Path) -> Iterator[Server]:
    """``navigator ingest --watch`` on the paths, data in ``folder/data``."""
    with running(folder, "ingest", *paths, "--watch", "--quiet", QUIET, merged=True) as process:
        yield process


def held(folder: Path) -> dict[str, str]:
    """Texts by document id in the published release."""
    data = DataFolder(folder / "data")
    current = publish.current_id(data)
    return {one.doc_id: one.text for one in records.read_passages(data.release(current))} if current else {}


def soon(happened: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def test_releases_follow_what_happens_to_the_files(course: Path, tmp_path: Path) -> None:
    with watching(tmp_path, course) as watch:
        watch.said("Published release")
        assert set(held(tmp_path)) == {"moon.md", "rockets.en", "rockets.zh"}

        # written in pieces, each sooner than the quiet time: one release, of the whole
        releases = len(list((tmp_path / "data" / "releases").iterdir()))
        with (course / "mars.md").open("w") as file:
            for word in ("Mars", " is", " red."):
                file.write(word)
                file.flush()
                time.sleep(QUIET / 2)
        assert soon(lambda: "mars.md" in held(tmp_path))
        assert held(tmp_path)["mars.md"] == "Mars is red."
        assert len(list((tmp_path / "data" / "releases").iterdir())) == releases + 1

        # caught half-written: the published text stays until the file is whole
        (course / "moon.md").write_text(BROKEN, encoding="utf-8")
        watch.said(r"moon\.md:1: the front matter is opened by --- and never closed")
        assert "Moon dust" in held(tmp_path)["moon.md"]
        (course / "moon.md").write_text("The Moon is grey.\n", encoding="utf-8")
        assert soon(lambda: held(tmp_path)["moon.md"] == "The Moon is grey.")

        # an editor's way of saving: beside it, then in its place
        (course / ".mars.md.swp").write_text("junk", encoding="utf-8")
        (course / "mars.md~").write_text("Mars is red.", encoding="utf-8")
        (course / "4913").write_text("Mars is a planet.", encoding="utf-8")
        (course / "4913").replace(course / "mars.md")
        assert soon(lambda: held(tmp_path)["mars.md"] == "Mars is a planet.")
        assert set(held(tmp_path)) == {"moon.md", "rockets.en", "rockets.zh", "mars.md"}

        # the folder itself goes and comes back
        course.rename(tmp_path / "away")
        watch.said("is gone: what it held stays published until it is back")
        time.sleep(QUIET * 2)
        assert "mars.md" in held(tmp_path)
        (tmp_path / "away" / "mars.md").unlink()
        (tmp_path / "away").rename(course)
        assert soon(lambda: "mars.md" not in held(tmp_path))
        (course / "venus.md").write_text("Venus is hot.\n", encoding="utf-8")
        assert soon(lambda: "venus.md" in held(tmp_path))

        watch.process.send_signal(signal.SIGTERM)
        assert watch.process.wait(timeout=20) == 0
    assert watch.lines[-1] == "Stopped."
    assert not any("Traceback" in line for line in watch.lines)


def test_another_ingestion_is_waited_for_and_errors_are_survived(course: Path, tmp_path: Path) -> None:
    data = DataFolder(course / "data")  # within what is watched, and not watched
    with ExitStack() as other, running(tmp_path, "ingest", course, "--watch", "--quiet", QUIET, data=data.root, merged=True) as watch:
        other.enter_context(publish.writing(data))
        (course / "mars.md").write_text("Mars is red.\n", encoding="utf-8")
        watch.said("another ingestion holds the data folder")
        time.sleep(1.5)
        assert sum("another ingestion holds" in line for line in watch.lines) == 1
        other.close()
        watch.said("Published release")
        time.sleep(QUIET * 3)
        assert len(publish.listed(data)) == 1, "what ingesting writes is no change"
        for file in course.glob("*.md"):
            file.rename(tmp_path / file.name)
        watch.said("navigator: there is nothing to read in")
        (tmp_path / "mars.md").rename(course / "mars.md")
        assert soon(lambda: publish.current(data).passages == 1)
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(timeout=20) == 0
