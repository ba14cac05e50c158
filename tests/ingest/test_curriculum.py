"""The lessons make a course: orders without gaps and twins, both languages, words in the glossary, and everything referred to is there."""

from pathlib import Path

import pytest
from ingest_desk import Desk
from small_files import COURSE, LESSON, reading, write

from ingest.types import Problem

GLOSSARY = "".join(
    f"- id: {en}\n  en: {en}\n  zh: {zh}\n  meaning: {{en: A {en} is a thing., zh: {zh}是一样东西。}}\n"
    for en, zh in (("regolith", "月壤"), ("crater", "撞击坑"), ("weather", "天气"))
)


def lesson(name: str, order: int, language: str = "en") -> str:
    text = LESSON.replace("lesson: moon", f"lesson: {name}").replace("id: moon", f"id: {name}").replace("order: 1", f"order: {order}")
    return text.replace(f"id: {name}.en", f"id: {name}.{language}").replace("language: en", f"language: {language}")


def lessons(**orders: int) -> dict[str, str]:
    return {f"lessons/{name}.{language}.md": lesson(name, order, language) for name, order in orders.items() for language in ("en", "zh")}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(tmp_path / "content", {**COURSE, **lessons(moon=1, mars=2, sun=3), "glossary.yaml": GLOSSARY})


def problems(course: Path) -> list[Problem]:
    return list(reading(course).problems)


def test_a_whole_course_is_strictly_ingested_without_a_problem(course: Path, desk: Desk) -> None:
    report = desk.ingest(course, strict=True)
    assert (report.problems, report.refused, report.published) == ((), None, True)


def test_the_real_course_is_strictly_without_a_problem(desk: Desk) -> None:
    report = desk.ingest(Path(__file__).parents[2] / "content", strict=True, dry_run=True)
    assert (report.problems, report.refused) == ((), None)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        (lessons(sun=2), "order 2 of the unit 'moon-and-mars' is already that of 'mars': give this lesson another"),
        (lessons(sun=5), "the unit 'moon-and-mars' has no lesson of order 3: number its lessons without gaps"),
        ({"lessons/sun.en.md": lesson("sun", 3).replace("missions: [luna-9]", "missions: [luna-8]")}, "the mission 'luna-8' is not in the course"),
        ({"lessons/sun.en.md": lesson("sun", 3).replace("(concept:tides)", "(concept:waves)")}, "the concept 'waves' is not in the course"),
        (
            {f"lessons/sun.{one}.md": lesson("sun", 3, one).replace("prerequisites: []", "prerequisites: [star]") for one in ("en", "zh")},
            "'star' is no",
        ),
    ],
)
def test_what_does_not_fit_is_told_and_strictly_refused(course: Path, desk: Desk, changes: dict[str, str], what: str) -> None:
    write(course, changes)
    report = desk.ingest(course, strict=True, dry_run=True)
    assert report.problems
    assert all(what in problem.what and problem.line > 1 for problem in report.problems)
    assert report.refused is not None


def test_a_lesson_in_one_language_is_strictly_refused(course: Path, desk: Desk) -> None:
    (course / "lessons/sun.zh.md").unlink()
    report = desk.ingest(course, strict=True, dry_run=True)
    assert [problem.what.split(":")[0] for problem in report.problems] == ["the lesson 'sun' lacks its Chinese text"]
    assert report.refused is not None
    assert desk.ingest(course).published


def test_a_word_that_the_glossary_lacks_is_told_and_no_failure(course: Path, desk: Desk) -> None:
    write(course, {"glossary.yaml": GLOSSARY.replace("en: crater\n", "en: impact hole\n")})
    report = desk.ingest(course, strict=True)
    assert {problem.what for problem in report.problems} == {"the word 'crater' is not in the glossary: add it there, or one of its aliases"}
    assert {problem.line for problem in report.problems} == {20}
    assert report.published


def test_without_a_glossary_no_word_is_looked_for(course: Path) -> None:
    (course / "glossary.yaml").unlink()
    assert problems(course) == []
