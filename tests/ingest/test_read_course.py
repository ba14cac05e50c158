"""Reading a course: its lessons, missions and concepts follow its schema, and what breaks it is told with file and line."""

from pathlib import Path

import pytest
from small_files import CONCEPT, COURSE, LESSON, MISSION, ids, reading, write

from ingest.read import read


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(tmp_path / "content", COURSE)


def test_a_course_gives_its_lessons_and_both_languages_of_its_facts(course: Path) -> None:
    got = reading(course)
    assert got.problems == ()
    assert ids(got) == ["tides.en", "tides.zh", "moon.en", "luna-9.en", "luna-9.zh"]
    assert [material.document.kind for material in got.materials] == ["glossary", "glossary", "lesson", "fact", "fact"]


def test_a_lesson_says_what_its_front_matter_says(course: Path) -> None:
    document = reading(course).materials[2].document
    assert (document.lesson, document.title, document.grade_band, document.as_of) == ("moon", "The Moon", "4-6", "2026-05-24")
    assert [(origin.title, origin.url, origin.date) for origin in document.origins] == [("A book", "https://example.org/book", "2020")]
    assert document.metadata[:2] == (("mission", "luna-9"), ("concept", "tides"))


@pytest.mark.parametrize("part", ["lessons", "lessons/moon.en.md", "missions", "concepts/tides.yaml"])
def test_a_part_of_a_course_follows_the_courses_schema_too(course: Path, part: str) -> None:
    write(course, {"lessons/moon.en.md": LESSON.replace("lesson: moon", "lesson: moon\nextra: 1"), "missions/luna-9.yaml": MISSION + "extra: 1\n"})
    write(course, {"concepts/tides.yaml": CONCEPT + "extra: 1\n"})
    assert [problem.what for problem in reading(course / part).problems] == ["the course's schema does not know the key 'extra'"]


def test_markdown_elsewhere_in_a_course_is_plain(course: Path) -> None:
    write(course, {"teachers/guide.md": "---\nauthor: Lee\n---\nA guide."})
    got = reading(course)
    assert got.problems == ()
    assert got.materials[-1].document.doc_id == "teachers/guide.md"


def test_a_lesson_of_no_course_may_carry_any_front_matter(tmp_path: Path) -> None:
    assert reading(write(tmp_path, {"lessons/a.md": "---\nauthor: Lee\n---\nA."})).problems == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "what"),
    [
        ("lessons/moon.en.md", "lesson: moon", "lesson: moon\nlevel: easy", 4, "does not know the key 'level'"),
        ("lessons/moon.en.md", "title: The Moon\n", "", 1, "title: Field required"),
        ("lessons/moon.en.md", "language: en", "language: fr", 5, "language: Input should be 'en' or 'zh'"),
        ("lessons/moon.en.md", "grade_band: 4-6", "grade_band: 2-9", 6, "grade_band"),
        ("lessons/moon.en.md", "as_of: 2026-05-24", "as_of: soon", 9, "as_of"),
        ("lessons/moon.en.md", "[luna-9]", "luna-9", 7, "missions: Input should be a valid list"),
        ("lessons/moon.en.md", "id: moon.en", "id: Moon/EN", 2, "id: String should match pattern"),
        ("lessons/moon.en.md", "    answer: Air.\n", "", 47, "questions.2.short.answer: Field required"),
        ("lessons/moon.en.md", '    url: "https://example.org/book"\n', '    link: "x"\n', 11, "does not know the key 'sources.0.link'"),
        ("missions/luna-9.yaml", "status:", "stats:", 23, "does not know the key 'stats'"),
        ("missions/luna-9.yaml", "check: checked\n", "", 1, "check: Field required"),
        ("missions/luna-9.yaml", "  zh: 月球9号于1966年1月31日发射。\n", "", 11, "launch.zh: Field required"),
        ("missions/luna-9.yaml", "value: 99, ", "", 24, "figures.mass.value: Field required"),
        ("missions/luna-9.yaml", "related: [luna-2]", "related: 7", 33, "related: Input should be a valid list"),
        ("missions/luna-9.yaml", "en: Luna 9 had no crew., ", "en: '', ", 26, "crew.en"),
        ("missions/luna-9.yaml", ", zh: 1966年2月6日与月球9号失去联系。", "", 22, "en and zh are told together"),
        ("missions/luna-9.yaml", "id: luna-9\n", "", 1, "id: Field required"),
        ("concepts/tides.yaml", "level: middle\n", "", 1, "level: Field required"),
        ("concepts/tides.yaml", "numbers:", "figures:", 7, "does not know the key 'figures'"),
        ("concepts/tides.yaml", "as_of: 2026-11", "as_of: 11/2026", 12, "as_of"),
    ],
)
def test_what_breaks_the_courses_schema_is_told_with_file_and_line_and_the_rest_is_read(
    course: Path, file: str, old: str, new: str, line: int, what: str
) -> None:
    assert COURSE[file].count(old) == 1
    write(course, {file: COURSE[file].replace(old, new)})
    got = reading(course)
    assert [(problem.path, problem.line) for problem in got.problems] == [(file, line)]
    assert what in got.problems[0].what
    assert got.failed == (file,)
    assert len(got.materials) == (4 if file.endswith(".md") else 3)


def test_what_lies_in_a_course_belongs_to_it_unless_it_names_another(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("course: aerospace\n", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("Rockets fly.\n", encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("---\ncourse: history\n---\nRockets flew.\n", encoding="utf-8")
    courses = {material.document.doc_id: material.document.course for material in read([tmp_path], source="course").materials}
    assert courses == {"notes/a.md": "aerospace", "notes/b.md": "history"}


def test_a_mission_of_which_one_language_is_taken_gives_neither(course: Path) -> None:
    write(course, {"lessons/a.md": LESSON.replace("id: moon.en", "id: luna-9.zh")})
    got = reading(course)
    assert "luna-9.en" not in ids(got)
    assert [problem.path for problem in got.problems] == ["missions/luna-9.yaml"]


def test_what_lies_where_nothing_or_something_else_is_read_is_told(course: Path) -> None:
    write(course, {"new.en.md": LESSON, "lessons/tides.yaml": CONCEPT, "missions/notes.md": "Notes.", "README.md": "About.", "plan.doc": "x"})
    got = reading(course)
    assert [(problem.path, problem.what) for problem in got.problems] == [
        ("lessons/tides.yaml", "is a fact's YAML among the lessons: move it to missions/ or concepts/"),
        ("missions/notes.md", "is Markdown among the missions, which are YAML: move it to lessons/"),
        ("new.en.md", "lies beside course.yaml, where nothing is read: move it into a folder such as lessons/"),
        ("plan.doc", "lies beside course.yaml, where nothing is read: move it into a folder such as lessons/"),
    ]
    assert got.failed == ("lessons/tides.yaml", "missions/notes.md")
    assert len(got.materials) == 5


def test_a_mission_or_concept_that_nobody_describes_is_told_where_it_is_named(course: Path) -> None:
    lesson = LESSON.replace("[luna-9]", "[luna-9, luna-99]").replace("\nRegolith is", "\n[Regolith](concept:regolith) is")
    write(course, {"lessons/moon.en.md": lesson, "concepts/tides.yaml": CONCEPT.replace("related_missions: []", "related_missions: [luna-8]")})
    got = reading(course)
    assert [(problem.path, problem.line) for problem in got.problems] == [
        ("concepts/tides.yaml", 11),
        ("lessons/moon.en.md", 7),
        ("lessons/moon.en.md", 88),
    ]
    assert got.problems[1].what == "the mission 'luna-99' is not in the course: correct its id, or add its file to missions/"
    assert got.problems[2].what == "the concept 'regolith' is not in the course: correct its id, or add its file to concepts/"
    assert got.failed == ()


def test_what_is_described_elsewhere_or_cannot_be_read_now_is_not_missed(course: Path) -> None:
    assert reading(course / "lessons").problems == (), "a part of the course describes nothing"
    write(course, {"missions/luna-9.yaml": "broken: [", "missions/luna-10.yaml": MISSION.replace("id: luna-9", "id: luna-10")})
    assert [problem.path for problem in reading(course).problems] == ["missions/luna-9.yaml"]
    whole = [material.document for material in reading(write(course.parent / "whole", COURSE)).materials]
    write(course, {"lessons/moon.en.md": LESSON.replace("[luna-9]", "[luna-9, luna-77]")})
    got = read([course / "lessons"], source="staff", published=whole)
    assert [problem.what for problem in got.problems] == ["the mission 'luna-77' is not in the course: correct its id, or add its file to missions/"]


def test_a_broken_course_yaml_is_named(course: Path) -> None:
    write(course, {"course.yaml": "# ours\ncourse: [space\n"})
    got = reading(course)
    assert got.materials == ()
    assert {problem.what.split(":")[0] for problem in got.problems} == {"the course's own course.yaml is broken in line 2"}
