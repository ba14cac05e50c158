"""A lesson's check questions, their form and their footing in the text, and one lesson in two languages."""

from pathlib import Path

import pytest
from ingest_desk import Desk
from small_files import COURSE, LESSON, reading, write

from ingest.course.lesson_schema import Lesson
from ingest.course.questions import NumberQuestion
from ingest.course.schema import checked
from ingest.front_matter import split_front_matter
from ingest.split import split
from knowledge_base.types import Choice, Idea

CHINESE = LESSON.replace("id: moon.en", "id: moon.zh").replace("language: en", "language: zh")
NEXT = (
    LESSON.replace("moon", "mars").replace("order: 1", "order: 2").replace("moon-and-mars", "x").replace("unit: mars-and-mars", "unit: moon-and-mars")
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(tmp_path / "content", COURSE | {"lessons/moon.zh.md": CHINESE})


def changed(course: Path, file: str, old: str, new: str) -> list[tuple[str, int, str]]:
    """The problems after one change to a file."""
    text = (course / file).read_text(encoding="utf-8")
    assert old in text
    write(course, {file: text.replace(old, new, 1)})
    return [(problem.path, problem.line, problem.what) for problem in reading(course).problems]


def test_a_lesson_in_two_languages_is_read_without_a_problem(course: Path) -> None:
    assert reading(course).problems == ()
    front = split_front_matter(LESSON)
    lesson = checked(Lesson, front.values, front.lines)
    assert [question.kind for question in lesson.questions] == ["choice", "number", "short", "explain", "short"]
    number = lesson.questions[1]
    assert isinstance(number, NumberQuestion)
    assert (number.value, number.unit, number.tolerance) == (1.6, "m/s²", 0.05)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("order: 1", "order: 7", 15, "order: Input should be less than or equal to 6"),
        ("order: 1\n", "", 1, "order: Field required"),
        ("unit: moon-and-mars\n", "", 1, "unit: Field required"),
        ("unit: moon-and-mars", "unit: moon", 14, "unit: Input should be 'getting-to-space'"),
        ("goals: [tell why the Moon has no weather, name its soil]", "goals: [one]", 16, "goals: List should have at least 2 items"),
        ("  - {term: tides, other: 潮汐, meaning: The rise and fall of the sea.}\n", "", 18, "vocabulary: List should have at least 4 items"),
        ("meaning: The loose soil of the Moon.", "means: x", 19, "vocabulary.0.meaning: Field required"),
        ("id: moon-2", "id: moon-two", 23, "the id 'moon-two' is not of the form moon-1"),
        ("id: moon-2", "id: mars-2", 23, "the id 'mars-2' is not of the form moon-1"),
        ("id: moon-2", "id: moon-1", 23, "the id 'moon-1' is given to two questions"),
        ("kind: choice", "kind: guess", 24, "'guess'"),
        ("kind: choice\n    ", "", 24, "Unable to extract tag using discriminator 'kind'"),
        ("level: 1", "level: 4", 24, "level: Input should be 1, 2 or 3"),
        ("right: true", "right: true, misconception: x", 24, "a choice is either right: true or has a misconception"),
        (", misconception: You may be thinking that every loose soil is sand.", "", 24, "a choice is either right: true or has a misconception"),
        ("misconception: You may be thinking that every loose soil is sand.", "right: true", 24, "exactly one choice is right"),
        ("text: Sand", "text: regolith", 24, "two choices have the same text"),
        ("      - {text: Sand, misconception: You may be thinking that every loose soil is sand.}\n", "", 24, "at least 3 items"),
        ("value: 1.6", "value: '1.6'", 36, "questions.1.number.value"),
        ("value: 1.6", "value: .inf", 36, "finite"),
        ("value: 1.6", "value: true", 36, "questions.1.number.value"),
        ("tolerance: 0.05", "tolerance: 5", 36, "less than or equal to 1"),
        ("accept: [[air, atmosphere]]", "accept: [[]]", 47, "accept.0: List should have at least 1 item"),
        ("any: [wind, rain]", "any: []", 57, "any: List should have at least 1 item"),
        ("hint: What is wind made of?", f"hint: {'x' * 1001}", 57, "at most 1000 characters"),
        ("hint: What is wind made of?", "", 57, "questions.3.explain.hint: Field required"),
    ],
)
def test_what_breaks_the_form_is_told_with_its_line(course: Path, old: str, new: str, line: int, what: str) -> None:
    problems = [problem for problem in changed(course, "lessons/moon.en.md", old, new) if problem[0] == "lessons/moon.en.md"]
    assert [(path, at) for path, at, _what in problems] == [("lessons/moon.en.md", line)]
    assert what in problems[0][2]


def test_questions_are_of_three_kinds_at_least(course: Path) -> None:
    short = LESSON.split("  - id: moon-5\n")[1].split("---")[0]
    questions = "".join(f"  - id: moon-{n}\n{short}" for n in range(1, 6))
    write(course, {"lessons/moon.en.md": LESSON.split("  - id: moon-1\n")[0] + questions + "---" + LESSON.split("---")[2]})
    assert "at least 3 kinds" in reading(course).problems[0].what


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("section: Air", "section: The air", 47, "moon-3: no section has the heading 'The air': copy it from the body"),
        (
            "passage: The Moon has no air.",
            "passage: The Moon has air.",
            47,
            "moon-3: its passage does not stand in the section 'Air': copy it from there, word for word",
        ),
        (
            "passage: Regolith is the soil of the Moon.",
            "passage: The Moon has no air.",
            24,
            "moon-1: its passage does not stand in the section 'Soil'",
        ),
        ("prerequisites: []", "prerequisites: [moon]", 17, "the lesson 'moon' is its own prerequisite"),
        ("kind: short\n    level: 1", "kind: short\n    level: 2", 47, "moon-3 is a short question of level 2 here and a short question of level 1"),
        ("order: 1", "order: 2", 15, "order is 2 here and 1 in lessons/moon.en.md: make them agree"),
        ("grade_band: 4-6", "grade_band: 7-9", 6, "grade_band is '7-9' here and '4-6' in lessons/moon.en.md: make them agree"),
    ],
)
def test_what_does_not_keep_its_word_is_told_with_its_line_and_strictly_refused(
    course: Path, desk: Desk, old: str, new: str, line: int, what: str
) -> None:
    problems = changed(course, "lessons/moon.zh.md", old, new)
    assert [(path, at) for path, at, _what in problems][:1] == [("lessons/moon.zh.md", line)]
    assert problems[0][2].startswith(what)
    report = desk.ingest(course, strict=True, dry_run=True)
    assert report.refused == "--strict: a file fails, so nothing is built: mend the problems above and ingest again"
    assert report.failed == ()
    assert desk.ingest(course, dry_run=True).refused is None


def test_a_number_stands_in_its_passage_or_is_computed_in_the_explanation(course: Path) -> None:
    assert changed(course, "lessons/moon.en.md", "explanation: 9.8 divided by 6 is about 1.6.", "explanation: Divide.") == []
    text = (course / "lessons/moon.en.md").read_text(encoding="utf-8").replace("with 1.6 m/s²", "slowly")
    write(course, {"lessons/moon.en.md": text.replace("passage: A stone falls there with 1.6 m/s².", "passage: A stone falls there slowly.")})
    assert [problem.what for problem in reading(course).problems] == [
        "moon-2: neither its passage nor its explanation tells 1.6: quote it, or show how it is computed"
    ]


def test_a_question_asked_in_one_language_only_or_with_another_value_is_told(course: Path) -> None:
    assert [what for _path, _line, what in changed(course, "lessons/moon.zh.md", "id: moon-5", "id: moon-6")] == [
        "moon-5 is asked in lessons/moon.en.md only: ask it here too",
        "moon-6 is not asked in lessons/moon.en.md: ask it there too",
    ]
    changed(course, "lessons/moon.zh.md", "id: moon-6", "id: moon-5")
    found = [what for _path, _line, what in changed(course, "lessons/moon.zh.md", "value: 1.6", "value: 1.7")]
    assert (
        "moon-2 is a number question of level 2 of 1.7 ± 0.05 here and a number question of level 2 of 1.6 ± 0.05 in lessons/moon.en.md" in found[1]
    )


def test_a_prerequisite_is_a_lesson_of_the_course(course: Path) -> None:
    for language in ("en", "zh"):
        write(course, {f"lessons/mars.{language}.md": NEXT.replace("mars.en", f"mars.{language}").replace("language: en", f"language: {language}")})
        changed(course, f"lessons/mars.{language}.md", "prerequisites: []", "prerequisites: [moon]")
    assert reading(course).problems == ()
    assert [problem.what for problem in reading(course / "lessons/mars.en.md").problems] == [], "a part of the course describes no other lesson"
    found = changed(course, "lessons/mars.zh.md", "prerequisites: [moon]", "prerequisites: [venus]")
    assert (
        "lessons/mars.zh.md",
        17,
        "the prerequisite 'venus' is no lesson of the course: correct its id, or add its files",
    ) in found


def test_check_questions_travel_with_the_document_and_stand_in_no_passage(course: Path) -> None:
    material = reading(course).materials[2]
    checks = {check.check_id: check for check in material.document.checks}
    assert [(check.kind, check.answer) for check in checks.values()] == [
        ("choice", "Regolith"),
        ("number", "1.6 m/s²"),
        ("short", "Air."),
        ("explain", "Without air there is no wind and no rain."),
        ("short", "The Moon."),
    ]
    assert checks["moon-1"].choices[:2] == (Choice("Regolith"), Choice("Sand", "You may be thinking that every loose soil is sand."))
    assert (checks["moon-2"].value, checks["moon-2"].unit, checks["moon-2"].tolerance) == (1.6, "m/s²", 0.05)
    assert checks["moon-3"].ideas == (Idea(("air", "atmosphere")),)
    assert checks["moon-4"].ideas[1] == Idea(("wind", "rain"), "weather is made of air")
    assert material.document.metadata[2:] == (
        ("unit", "moon-and-mars"),
        ("unit order", "2"),
        ("order", "1"),
        ("goal", "tell why the Moon has no weather"),
        ("goal", "name its soil"),
    )
    assert not any("regolith" in passage.text and "R." in passage.text for passage in split(material))


@pytest.mark.parametrize(
    ("value", "unit", "answer"),
    [("300000", "N", "300,000 N"), ("1970", "年", "1970年"), ("-183.0", "°C", "-183°C"), ("5.97e+24", "kg", "5.97e+24 kg"), ("0.5", "'%'", "0.5%")],
)
def test_a_number_is_told_as_people_write_it(course: Path, value: str, unit: str, answer: str) -> None:
    text = LESSON.replace("value: 1.6", f"value: {value}").replace("unit: m/s²", f"unit: {unit}")
    write(course, {"lessons/moon.en.md": text})
    assert reading(course).materials[2].document.checks[1].answer == answer


def test_a_changed_question_changes_the_document_and_embeds_nothing_anew(course: Path, desk: Desk) -> None:
    before = desk.ingest(course)
    changed(course, "lessons/moon.en.md", "hint: You breathe it.", "hint: It is what you breathe.")
    report = desk.ingest(course)
    assert (report.plan.changed, report.embedded, report.passages) == (("moon.en",), 0, before.passages)
    assert desk.held()["moon.en"].checks[2].hint == "It is what you breathe."
    assert desk.held()["moon.zh"].checks[2].hint == "You breathe it."
