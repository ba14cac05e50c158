"""Watching: what counts as a change, when it is over, and what is survived."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import NothingToRead, Unreadable
from ingest.watch import Watch
from knowledge_base.errors import Busy

QUIET = 0.3


class Stop(Exception):
    """Ends a watch that would go on for ever."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def watch(folder: Path, told: list[str]) -> Watch:
    return Watch([folder], quiet=QUIET, ignore=folder / "data", tell=told.append, sleep=lambda _seconds: None)


def outcomes(*errors: Exception | None) -> Iterator[Exception | None]:
    yield from errors
    yield Stop()


def test_a_path_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="nowhere"):
        watch(tmp_path / "nowhere", []).run(lambda: None, survives=())


def test_it_ingests_at_once_and_waits_for_another_that_is_under_way(folder: Path) -> None:
    told: list[str] = []
    coming = outcomes(Busy("another ingestion"), Busy("another ingestion"), None)

    def ingest() -> None:
        error = next(coming)
        if error is not None:
            raise error
        (folder / "more.md").write_text("More.")

    with pytest.raises(Stop):
        watch(folder, told).run(ingest, survives=(Unreadable,))
    assert told == ["another ingestion (this is done every second until then)"]


def test_an_error_of_a_kind_that_is_survived_is_told(folder: Path) -> None:
    told: list[str] = []
    coming = outcomes(Unreadable("it is broken"))

    def ingest() -> None:
        (folder / "more.md").write_text("More.")
        error = next(coming)
        assert error is not None
        raise error

    with pytest.raises(Stop):
        watch(folder, told).run(ingest, survives=(Unreadable,))
    assert told == ["navigator: it is broken (the next change is another try)"]


def test_a_single_file_that_is_replaced_again_and_again_is_followed(folder: Path) -> None:
    path = folder / "one.md"
    path.write_text("0")
    changes = Watch([path], quiet=QUIET, ignore=folder / "data", tell=print).changes()
    next(changes)
    for number in range(3):
        (folder / "new").write_text(str(number))
        (folder / "new").replace(path)
        next(changes)


def test_a_folder_that_is_deleted_and_made_again_is_followed(folder: Path) -> None:
    changes = watch(folder, []).changes()
    next(changes)
    for _ in range(3):
        folder.rmdir()
        folder.mkdir()
        next(changes)
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "one.md").write_text("1")
    next(changes)
