"""`navigator releases`: what there is, what differs, going back and forth, clearing up."""

import hashlib
import json
from pathlib import Path

import pytest
from command_line import STAGES, CommandLine, OtherEmbedder, publish, write_course

from knowledge_base import calibration


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def two(navigator: CommandLine, tmp_path: Path) -> tuple[str, str]:
    """Two releases, the second published: one document came, one changed, one went."""
    course = write_course(tmp_path / "course")
    first = publish(navigator.data, course)
    (course / "moon.md").write_text("The Moon is grey.\n", encoding="utf-8")
    (course / "mars.md").write_text("Mars is red.\n", encoding="utf-8")
    (course / "rockets.zh.md").unlink()
    return first, publish(navigator.data, course)


def test_the_list_tells_which_is_published(navigator: CommandLine, two: tuple[str, str]) -> None:
    listed = navigator("releases", "list", "--json").json
    assert listed["published"] == two[1]
    assert {one["release"]: one["published"] for one in listed["releases"]} == {two[0]: False, two[1]: True}
    shown = navigator("releases", "list").out
    assert all(release in shown for release in two)


def test_without_a_release_the_list_is_empty(navigator: CommandLine) -> None:
    assert navigator("releases", "list", "--json").json == {"published": None, "releases": []}


def test_one_release_is_shown_with_its_stamp(navigator: CommandLine, two: tuple[str, str]) -> None:
    stamp = navigator("releases", "show", two[1], "--json").json
    assert (stamp["release"], stamp["parent"], stamp["documents"], stamp["published"]) == (two[1], two[0], 3, True)
    assert two[0] in navigator("releases", "show", two[1]).out


def test_a_release_says_which_calibration_was_installed_when_it_was_built(navigator: CommandLine, two: tuple[str, str]) -> None:
    path = calibration.path_for("hashing")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    stamp = {"name": "hashing", "version": calibration.load(path).version, "sha256": digest}
    assert navigator("releases", "show", two[1], "--json").json["calibration"] == stamp
    assert digest in navigator("releases", "show", two[1]).out


def test_a_release_from_before_there_was_that_stamp_still_answers(navigator: CommandLine, two: tuple[str, str]) -> None:
    manifest = navigator.data / "releases" / two[1] / "manifest.json"
    raw = json.loads(manifest.read_text(encoding="utf-8"))
    del raw["calibration"]
    manifest.write_text(json.dumps(raw), encoding="utf-8")
    assert navigator("releases", "show", two[1], "--json").json["calibration"] is None
    assert navigator("ask", STAGES, "--json").json["release"] == two[1]


def test_the_difference_names_what_came_changed_and_went(navigator: CommandLine, two: tuple[str, str]) -> None:
    found = navigator("releases", "diff", *two, "--json").json
    assert {key: found[key] for key in ("added", "changed", "removed")} == {"added": ["mars.md"], "changed": ["moon.md"], "removed": ["rockets.zh"]}
    assert navigator("releases", "diff", *two).out.splitlines()[:3] == ["+ mars.md", "~ moon.md", "- rockets.zh"]


def test_rolling_back_and_publishing_move_the_pointer(navigator: CommandLine, two: tuple[str, str]) -> None:
    assert navigator("releases", "rollback", "--json").json == {"published": two[0], "before": two[1]}
    assert navigator("ask", "火箭为什么要分级？", "--json").json["release"] == two[0]
    assert navigator("releases", "publish", two[1], "--json").json == {"published": two[1], "before": two[0]}
    assert navigator("ask", STAGES, "--json").json["release"] == two[1]


def test_there_is_nothing_before_the_first_release(navigator: CommandLine, tmp_path: Path) -> None:
    publish(navigator.data, write_course(tmp_path / "course"))
    assert "nothing to roll back to" in navigator("releases", "rollback").failure


@pytest.mark.parametrize("release", ["20200101T000000Z-0000", "", ".", "..", "../data"])
@pytest.mark.parametrize("command", ["show", "publish"])
def test_a_release_that_is_not_there_is_one_line(navigator: CommandLine, two: tuple[str, str], command: str, release: str) -> None:
    assert f"there is no release {release!r}" in navigator("releases", command, release).failure
    assert navigator("releases", "list", "--json").json["published"] == two[1]


def test_a_release_that_the_embedder_in_use_cannot_search_is_not_published(navigator: CommandLine, two: tuple[str, str], tmp_path: Path) -> None:
    other = publish(navigator.data, write_course(tmp_path / "again"), OtherEmbedder)
    assert navigator("releases", "publish", two[0]).status == 0
    assert "'another'" in navigator("releases", "publish", other).failure
    assert navigator("releases", "list", "--json").json["published"] == two[0]


def test_pruning_keeps_the_published_release_and_the_newest(navigator: CommandLine, two: tuple[str, str]) -> None:
    assert navigator("releases", "prune", "--keep", 2).out == "There was nothing to remove.\n"
    navigator("releases", "rollback")
    assert navigator("releases", "prune", "--keep", 0, "--json").json == {"removed": [two[1]]}
    assert [one["release"] for one in navigator("releases", "list", "--json").json["releases"]] == [two[0]]
    assert navigator("ask", STAGES).status == 0


def test_how_many_to_keep_must_be_said(navigator: CommandLine, two: tuple[str, str]) -> None:
    assert navigator("releases", "prune").status == 2
    assert len(navigator("releases", "list", "--json").json["releases"]) == len(two)
