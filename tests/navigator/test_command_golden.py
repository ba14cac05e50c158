"""What staff see of golden questions, renames and journals: `navigator ingest` and `navigator releases diff --answers`."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import BROKEN, STAGES, CommandLine, OtherEmbedder, publish, write_course

from navigator.journal import Journal

GOLDEN = f"""- {{id: stages, language: en, question: "{STAGES}", contains: [[less mass]]}}
- {{id: painter, language: en, question: "Who painted the famous sunflowers?", refuse: true}}
"""


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    course = write_course(tmp_path / "course")
    (course / "course.yaml").write_text("course: space\n", encoding="utf-8")
    (course / "golden.yaml").write_text(GOLDEN, encoding="utf-8")
    for name in [path for path in course.iterdir() if path.suffix == ".md"]:
        (course / "texts").mkdir(exist_ok=True)
        name.rename(course / "texts" / name.name)
    return course


def spoil(course: Path) -> None:
    """Takes the answer out of the course."""
    path = course / "texts" / "rockets.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace("less mass is easier to speed up", "that is the custom"), encoding="utf-8")


def events(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_students_will_notice_is_shown(navigator: CommandLine, course: Path) -> None:
    first = navigator("ingest", course)
    assert "Golden questions: 2 of 2 right." in first.out.splitlines()
    assert "Answers that change" not in first.out
    spoil(course)
    lines = navigator("ingest", course).out.splitlines()
    assert "Golden questions: 1 of 2 right (before: 2); wrong: stages." in lines
    at = lines.index(f"stages  {STAGES}  (now wrong)")
    assert lines[at - 1] == "Golden questions answered otherwise than before: 1."
    assert lines[at + 1].startswith("    before: Rockets drop their empty stages because less mass")
    assert lines[at + 2].startswith("    after:  Rockets drop their empty stages because that is the custom")


def test_the_json_stays_the_contract_s_and_the_count_is_told_beside_it(navigator: CommandLine, course: Path) -> None:
    ran = navigator("ingest", course, "--json")
    assert set(ran.json) == {"release", "published", "documents", "passages", "embedded", "seconds", "problems"}
    assert "Golden questions: 2 of 2 right." in ran.err.splitlines()


def test_a_golden_question_that_fails_may_stop_the_publication(navigator: CommandLine, course: Path) -> None:
    assert navigator("ingest", course, "--require-golden", "--json").json["published"]
    spoil(course)
    ran = navigator("ingest", course, "--require-golden")
    assert ran.status == 1
    (release,) = {folder.name for folder in (navigator.data / "releases").iterdir()} - {(navigator.data / "current").read_text().strip()}
    assert ran.err.splitlines()[-1].startswith("navigator: --require-golden: 1 of 2 golden questions fail (stages): release " + release)
    assert f"Built release {release}; the published one stays." in ran.out
    assert navigator("releases", "publish", release).status == 0


def test_requiring_answers_without_questions_is_one_line_with_what_to_write(navigator: CommandLine, course: Path) -> None:
    (course / "golden.yaml").unlink()
    ran = navigator("ingest", course, "--require-golden")
    assert ran.status == 1
    assert ran.err.splitlines()[-1] == (
        "navigator: --require-golden: there are no golden questions: write them into golden.yaml beside the course's course.yaml"
    )
    assert "Nothing is published." in ran.out


def test_two_releases_are_asked_alive(navigator: CommandLine, course: Path) -> None:
    before = navigator("ingest", course, "--json").json["release"]
    spoil(course)
    after = navigator("ingest", course, "--json").json["release"]
    assert "Golden questions" not in navigator("releases", "diff", before, after).out
    shown = navigator("releases", "diff", before, after, "--answers").out
    assert "~ rockets.en" in shown.splitlines()
    assert "Golden questions: 1 of 2 right (before: 2); wrong: stages." in shown
    (change,) = navigator("releases", "diff", after, before, "--answers", "--json").json["review"]["changes"]
    assert (change["before"]["right"], change["after"]["right"]) == (False, True)
    assert "review" not in navigator("releases", "diff", after, before, "--json").json
    (course / "golden.yaml").write_text("[]\n", encoding="utf-8")
    third = navigator("ingest", course, "--json").json["release"]
    assert "holds no golden questions" in navigator("releases", "diff", before, third, "--answers").failure


def test_a_release_of_another_embedder_is_not_compared_with(navigator: CommandLine, course: Path) -> None:
    first = publish(navigator.data, course, OtherEmbedder)
    ran = navigator("ingest", course)
    assert "Golden questions: 2 of 2 right." in ran.out.splitlines()
    second = (navigator.data / "current").read_text().strip()
    assert "another" in navigator("releases", "diff", first, second, "--answers").failure


def test_a_rename_is_shown_with_both_names_and_counted_as_the_contract_has_it(navigator: CommandLine, course: Path) -> None:
    navigator("ingest", course)
    (course / "texts" / "moon.md").rename(course / "moon dust 🚀.markdown")
    (course / "moon dust 🚀.markdown").rename(course / "texts" / "月.md")
    (course / "texts" / "rockets.zh.md").rename(course / "texts" / "rakete.md")
    documents = navigator("ingest", course, "--dry-run", "--json").json["documents"]
    assert documents == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1, "failed": 0}
    rows = [line.split(maxsplit=2) for line in navigator("ingest", course).out.splitlines()]
    assert ["renamed", "2", "rockets.zh, texts/moon.md -> texts/月.md"] in rows


def test_an_expired_statement_and_a_lesson_in_one_language_are_told_and_no_failure(navigator: CommandLine, course: Path) -> None:
    (course / "texts" / "rockets.zh.md").unlink()
    ran = navigator("ingest", course)
    assert ran.status == 0
    assert "texts/rockets.en.md:1: the lesson 'rockets' lacks its Chinese text: add it with lesson: rockets and language: zh" in ran.err.splitlines()


def test_a_source_that_would_lose_everything_is_asked_about_in_one_line(navigator: CommandLine, tmp_path: Path) -> None:
    navigator("ingest", write_course(tmp_path / "big", **{f"more{number}": f"Text {number}." for number in range(10)}))
    (tmp_path / "notes.md").write_text("Notes.\n", encoding="utf-8")
    ran = navigator("ingest", tmp_path / "notes.md")
    assert ran.status == 1
    assert ran.err.splitlines()[-1].startswith("navigator: all 13 documents of the source 'course' would be withdrawn: ")
    assert "stays published." in ran.out
    assert "Nothing was built" in ran.out
    assert navigator("ingest", tmp_path / "notes.md", "--allow-removals").status == 0


# ---- the journal that the staff page reads


def test_the_journal_tells_the_plan_the_progress_the_review_and_the_report(navigator: CommandLine, course: Path, tmp_path: Path) -> None:
    (course / "texts" / "bad.md").write_text(BROKEN, encoding="utf-8")
    ran = navigator("ingest", course, "--journal", tmp_path / "journal", "--json")
    assert ran.status == 1
    heard = events(tmp_path / "journal")
    kinds = [event["event"] for event in heard]
    assert (kinds[0], kinds[-2:]) == ("plan", ["review", "report"])
    assert set(kinds[1:-2]) == {"progress"}
    assert heard[0]["plan"] == {
        "added": ["texts/moon.md", "rockets.en", "rockets.zh"],
        "changed": [],
        "removed": [],
        "unchanged": 0,
        "renamed": [],
        "problems": ran.json_of_a_failure["problems"],
    }
    assert {"what", "done", "total"} < set(heard[1])
    assert (heard[-2]["review"]["right"], heard[-2]["review"]["failing"]) == (2, [])
    assert heard[-1]["report"] == ran.json_of_a_failure
    assert heard[-1]["failed"] == ["texts/bad.md"]


def test_the_journal_ends_with_what_went_wrong(navigator: CommandLine, course: Path, tmp_path: Path) -> None:
    line = navigator("ingest", tmp_path / "nowhere", "--journal", tmp_path / "journal").failure
    assert [(event["event"], f"navigator: {event['what']}") for event in events(tmp_path / "journal")] == [("failed", line)]
    spoil(course)
    navigator("ingest", course, "--require-golden", "--journal", tmp_path / "journal")
    assert [event["event"] for event in events(tmp_path / "journal")][-2:] == ["report", "failed"]


def test_the_journal_leaves_out_steps_that_follow_too_closely(tmp_path: Path) -> None:
    now = [0.0]
    journal = Journal(tmp_path / "journal", clock=lambda: now[0])
    for step in range(101):
        journal.progress("embedding", step, 100)
        now[0] += 0.05
    journal.progress("indexing", 1, 100)
    journal.close()
    done = [event["done"] for event in events(tmp_path / "journal") if event["what"] == "embedding"]
    assert (done[0], done[-1]) == (0, 100)
    assert 20 <= len(done) <= 27
    assert events(tmp_path / "journal")[-1]["what"] == "indexing"


@pytest.mark.parametrize("other", ["--json", "--dry-run", "--journal=x"])
def test_watching_has_no_end_to_report(navigator: CommandLine, course: Path, other: str) -> None:
    ran = navigator("ingest", course, "--watch", other)
    assert (ran.status, ran.out) == (2, "")
    assert not navigator.data.exists()
