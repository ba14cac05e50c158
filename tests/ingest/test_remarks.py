"""What a person is told to look at in files that read well: statements past their day, figures without their number, lessons in one language."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from ingest_desk import Desk
from small_files import CONCEPT, COURSE, LESSON, MISSION, write

LESSON_ZH = LESSON.replace("id: moon.en", "id: moon.zh").replace("language: en", "language: zh").replace("The Moon has no air.", "月球没有空气。")
WHOLE = {**COURSE, "lessons/moon.zh.md": LESSON_ZH}


def problems(desk: Desk, folder: Path, files: Mapping[str, str | bytes]) -> list[tuple[str, int, str]]:
    """What ingesting a course with these files tells on 1 July 2026."""
    report = desk.ingest(write(folder / "content", {**WHOLE, **files}))
    assert report.published
    assert report.failed == ()
    return [(problem.path, problem.line, problem.what) for problem in report.problems]


def test_a_whole_course_has_no_problems(desk: Desk, tmp_path: Path) -> None:
    assert problems(desk, tmp_path, {}) == []


@pytest.mark.parametrize(("day", "expired"), [("2026-06-30", True), ("2026-07-01", False), ("2026-06", True), ("2026-07", False), ("2026", False)])
def test_a_fact_expires_when_its_day_month_or_year_is_over(desk: Desk, tmp_path: Path, day: str, expired: bool) -> None:
    found = problems(desk, tmp_path, {"missions/luna-9.yaml": f"{MISSION}valid_until: {day}\n"})
    told = [("missions/luna-9.yaml", MISSION.count("\n") + 1, f"this file expired on {day}: check it and set a new valid_until")]
    assert found == (told if expired else [])


def test_a_statement_of_its_own_expires_with_its_place(desk: Desk, tmp_path: Path) -> None:
    mission = MISSION.replace("results:\n  - {", "results:\n  - {en: Old., zh: 旧。}\n  - {valid_until: 2026-05-01, ").replace(
        "end: {", "end: {valid_until: '2025', "
    )
    lines = {line.split(":")[0]: number for number, line in enumerate(mission.split("\n"), 1)}
    assert problems(desk, tmp_path, {"missions/luna-9.yaml": mission}) == [
        ("missions/luna-9.yaml", lines["end"], "end expired on 2025: check it and set a new valid_until"),
        ("missions/luna-9.yaml", lines["results"], "results[2] expired on 2026-05-01: check it and set a new valid_until"),
    ]


def test_concepts_and_lessons_expire_too(desk: Desk, tmp_path: Path) -> None:
    files = {
        "concepts/tides.yaml": CONCEPT.replace("definition: {", "definition: {valid_until: 2026-01-01, "),
        "lessons/moon.zh.md": LESSON_ZH.replace("lesson: moon", "lesson: moon\nvalid_until: 2025-12"),
    }
    assert [problem[:2] for problem in problems(desk, tmp_path, files)] == [("concepts/tides.yaml", 6), ("lessons/moon.zh.md", 4)]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-06", ["this file expired on 2026-06: check it and set a new valid_until"]),
        ("2026-12-01", []),
        ("soon", ["valid_until: 'soon' is no day: write it as 2026-07-01"]),
    ],
)
def test_any_text_may_say_until_when_it_holds(desk: Desk, day: str, told: list[str]) -> None:
    desk.write({"a.md": f"---\nid: a\nvalid_until: {day}\n---\nA flew."})
    report = desk.ingest(strict=True)
    assert [(one.path, one.line, one.what) for one in report.problems] == [("a.md", 3, what) for what in told]
    assert report.published
    assert desk.held()["a"].metadata == ()


def test_a_figure_s_sentences_tell_its_value(desk: Desk, tmp_path: Path) -> None:
    files = {
        "missions/luna-9.yaml": MISSION.replace("value: 99", "value: 98.5"),
        "concepts/tides.yaml": CONCEPT.replace("每天有2次涨潮", "每天有几次涨潮"),
    }
    line = MISSION[: MISSION.index("figures:")].count("\n") + 1
    assert problems(desk, tmp_path, files) == [
        ("concepts/tides.yaml", 7, "numbers[1]: its zh sentence does not tell the value 2: make them agree"),
        ("missions/luna-9.yaml", line, "figures.mass: its en sentence does not tell the value 98.5: make them agree"),
        ("missions/luna-9.yaml", line, "figures.mass: its zh sentence does not tell the value 98.5: make them agree"),
    ]


def test_a_lesson_in_one_language_is_told_once_and_published(desk: Desk) -> None:
    desk.write({"stars-1.md": "---\nlesson: stars\n---\nStars shine.", "stars-2.md": "---\nlesson: stars\n---\nStars burn."})
    report = desk.ingest()
    assert [(one.path, one.line, one.what) for one in report.problems] == [
        ("stars-1.md", 1, "the lesson 'stars' lacks its Chinese text: add it with lesson: stars and language: zh")
    ]
    assert report.published


def test_a_lesson_s_other_language_may_come_from_another_source(desk: Desk, tmp_path: Path) -> None:
    desk.write({"stars.md": "---\nlesson: stars\n---\nStars shine."})
    desk.ingest()
    uploads = write(tmp_path / "uploads", {"stars.zh.md": "---\nlesson: stars\n---\n恒星会发光。"})
    assert desk.ingest(uploads, source="staff").problems == ()
    assert desk.ingest().problems == ()
