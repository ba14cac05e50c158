"""`navigator ingest`: what it prints, what it writes, what it leaves alone."""

from pathlib import Path

import pytest
from command_line import BROKEN, CommandLine, OtherEmbedder, publish, write_course

KEYS = {"release", "published", "documents", "passages", "embedded", "seconds", "problems"}
DOCUMENTS = {"added", "changed", "removed", "unchanged", "failed"}


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def releases(navigator: CommandLine) -> list[str]:
    return sorted(folder.name for folder in (navigator.data / "releases").glob("*"))


def current(navigator: CommandLine) -> str:
    return (navigator.data / "current").read_text(encoding="utf-8").strip()


def test_the_json_is_the_contract_s_and_stands_alone(navigator: CommandLine, course: Path) -> None:
    ran = navigator("ingest", course, "--json")
    report = ran.json
    assert set(report) == KEYS
    assert report["documents"] == dict.fromkeys(DOCUMENTS, 0) | {"added": 3}
    assert (report["published"], report["passages"], report["embedded"], report["problems"]) == (True, 3, 3, [])
    assert report["release"] == current(navigator)
    assert 0 < report["seconds"] < 60
    assert "embedding: " in ran.err


def test_a_second_run_publishes_and_embeds_nothing(navigator: CommandLine, course: Path) -> None:
    first = navigator("ingest", course, "--json").json
    again = navigator("ingest", course, "--json").json
    assert (again["release"], again["published"], again["embedded"]) == (first["release"], False, 0)
    assert again["documents"] == dict.fromkeys(DOCUMENTS, 0) | {"unchanged": 3}
    assert releases(navigator) == [first["release"]]


def test_only_what_changed_is_embedded(navigator: CommandLine, course: Path) -> None:
    navigator("ingest", course)
    (course / "moon.md").write_text("The Moon is grey.\n", encoding="utf-8")
    (course / "rockets.zh.md").unlink()
    (course / "mars.md").write_text("Mars is red.\n", encoding="utf-8")
    report = navigator("ingest", course, "--json").json
    assert report["documents"] == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1, "failed": 0}
    assert (report["passages"], report["embedded"], report["published"]) == (3, 2, True)


def test_a_dry_run_writes_nothing(navigator: CommandLine, course: Path) -> None:
    report = navigator("ingest", course, "--dry-run", "--json").json
    assert (report["release"], report["published"], report["documents"]["added"]) == (None, False, 3)
    assert not navigator.data.exists()
    ran = navigator("ingest", course, "--dry-run")
    assert ran.status == 0
    assert "Nothing was written: run the same without --dry-run to publish." in ran.out


def test_no_publish_builds_beside_the_published_release(navigator: CommandLine, course: Path) -> None:
    first = navigator("ingest", course, "--json").json["release"]
    (course / "moon.md").write_text("The Moon is grey.\n", encoding="utf-8")
    second = navigator("ingest", course, "--no-publish", "--json").json
    assert second["published"] is False
    assert current(navigator) == first != second["release"]
    assert releases(navigator) == sorted([first, second["release"]])


def test_sources_are_kept_apart(navigator: CommandLine, course: Path, tmp_path: Path) -> None:
    navigator("ingest", course)
    (tmp_path / "mars.md").write_text("Mars is red.\n", encoding="utf-8")
    report = navigator("ingest", tmp_path / "mars.md", "--source", "guests", "--json").json
    assert report["documents"] == dict.fromkeys(DOCUMENTS, 0) | {"added": 1}
    assert report["passages"] == 4


def test_what_staff_upload_is_not_replaced_from_the_command_line(navigator: CommandLine, course: Path) -> None:
    ran = navigator("ingest", course, "--source", "staff")
    assert ran.status == 2
    assert "name another" in ran.err


def test_a_problem_is_told_with_its_file_and_line_and_the_rest_goes_on(navigator: CommandLine, course: Path) -> None:
    (course / "bad").mkdir()
    (course / "bad" / "open.md").write_text(BROKEN, encoding="utf-8")
    report = navigator("ingest", course, "--json").json_of_a_failure
    assert report["documents"] == dict.fromkeys(DOCUMENTS, 0) | {"added": 3, "failed": 1}
    assert report["published"] is True
    assert report["problems"] == [{"path": "bad/open.md", "line": 1, "what": "the front matter is opened by --- and never closed"}]
    ran = navigator("ingest", course)
    assert ran.status == 1
    assert "bad/open.md:1: the front matter is opened by --- and never closed" in ran.err.splitlines()
    assert ran.err.splitlines()[-1].startswith("navigator: 1 file could not be read, all others were")


def test_a_problem_s_place_is_printed_as_it_is(navigator: CommandLine, course: Path) -> None:
    (course / "a[b].md").write_text("---\n" + "# a comment\n" * 98 + "title: one\ntitle: two\n---\nText.\n", encoding="utf-8")
    ran = navigator("ingest", course)
    assert any(line.startswith("a[b].md:101: ") for line in ran.err.splitlines())
    (course / "a[b].md").write_text("---\n" + "# a comment\n" * 97 + "title: one\ntitle: two\n---\nText.\n", encoding="utf-8")
    assert any(line.startswith("a[b].md:100: ") for line in navigator("ingest", course).err.splitlines())


def test_strict_refuses_front_matter_that_no_field_knows(navigator: CommandLine, course: Path) -> None:
    (course / "mars.md").write_text("---\ntitle: Mars\ncolour: red\n---\nMars is red.\n", encoding="utf-8")
    assert navigator("ingest", course, "--dry-run", "--json").json["problems"] == []
    (problem,) = navigator("ingest", course, "--dry-run", "--strict", "--json").json_of_a_failure["problems"]
    assert (problem["path"], problem["line"]) == ("mars.md", 3)


def test_a_dry_run_over_good_and_bad_files_plans_the_good_ones_and_fails(navigator: CommandLine, tmp_path: Path) -> None:
    report = navigator("ingest", write_course(tmp_path / "mixed", broken=BROKEN), "--dry-run", "--json").json_of_a_failure
    assert (report["documents"]["added"], report["documents"]["failed"], report["release"]) == (3, 1, None)


@pytest.mark.parametrize("published", [False, True])
def test_when_no_file_can_be_read_the_command_fails_and_the_course_stays(
    navigator: CommandLine, course: Path, tmp_path: Path, published: bool
) -> None:
    before = navigator("ingest", course, "--json").json["release"] if published else None
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "open.md").write_text(BROKEN, encoding="utf-8")
    ran = navigator("ingest", tmp_path / "bad", "--source", "other")
    assert ran.status == 1
    assert ran.err.splitlines()[-1] == "navigator: none of the files could be read: mend the problems above and ingest again"
    assert (current(navigator) if published else None) == before


@pytest.mark.parametrize(("name", "says"), [("nowhere", "does not exist"), ("empty", "there is nothing to read")])
def test_a_path_without_material_is_one_line(navigator: CommandLine, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "empty").mkdir()
    failure = navigator("ingest", tmp_path / name, "--json").failure
    assert says in failure
    assert str(tmp_path / name) in failure


def test_another_embedder_rebuilds_what_did_not_change(navigator: CommandLine, course: Path) -> None:
    publish(navigator.data, course, OtherEmbedder)
    assert "navigator ingest" in navigator("ask", "Why?").failure
    report = navigator("ingest", course, "--json").json
    assert (report["published"], report["documents"]["unchanged"], report["embedded"]) == (True, 3, 3)
    assert navigator("ask", "Why?").status == 0


def test_the_plan_is_shown_to_people(navigator: CommandLine, course: Path) -> None:
    ran = navigator("ingest", course)
    assert ran.status == 0
    rows = [line.split(maxsplit=2) for line in ran.out.splitlines()]
    assert ["added", "3", "moon.md, rockets.en, rockets.zh"] in rows
    assert f"Published release {current(navigator)}: 3 passages, 3 embedded" in ran.out
    assert f"Nothing changed; release {current(navigator)} stays published." in navigator("ingest", course).out


def test_a_missing_model_package_is_one_line_with_the_command_that_brings_it(
    navigator: CommandLine, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge_base.embedding.packaged.PACKAGE", "no_such_package")
    navigator.set(EMBEDDER="multilingual-e5-small")
    assert "run pip install no_such_package==" in navigator("ingest", course).failure
    assert releases(navigator) == []
    assert not (navigator.data / "current").exists()
