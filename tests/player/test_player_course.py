"""The course as the player reads it: its order, its neighbours, and one line for each file that it cannot show."""

from pathlib import Path

import pytest
from player_rig import course_in, write_course

from player import BadCourse, open_course


def test_lessons_stand_by_unit_and_order(tmp_path: Path) -> None:
    course = course_in(tmp_path / "course")
    assert [one.doc_id for one in course.lessons("en")] == ["rockets.en", "orbits.en", "moon.en"]
    assert [*course.units("en")] == ["getting-to-space", "moon-and-mars"]
    assert (course.name, course.title("zh")) == ("space-1", "航天入门")


def test_a_lesson_knows_its_neighbours_its_other_language_and_its_talk(tmp_path: Path) -> None:
    course = course_in(tmp_path / "course")
    rockets, orbits, moon = course.lessons("en")
    assert [course.beside(one) for one in (rockets, orbits, moon)] == [(None, orbits), (rockets, moon), (orbits, None)]
    assert course.other(rockets) is course.find("rockets.zh")
    assert course.other(moon) is None
    assert course.find("rockets.transcript.en") is rockets
    assert rockets.talk is not None
    assert rockets.talk.name == "rockets.en.vtt"
    assert orbits.talk is None
    assert course.find("change-5.en") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("No front matter.", "begins with no front matter"),
        ("---\nid: x.en\ntitle: never closed\n", "begins with no front matter"),
        ("---\nid: [x\n---\n", "cannot be read"),
        ("---\n- a list\n---\n", "key: value lines are expected"),
        ("---\nid: x.en\nlesson: x\nlanguage: en\n---\n", "title: Field required"),
        ("---\nid: x.en\nlesson: ../x\nlanguage: en\ntitle: X\n---\n", "lesson: String should match pattern"),
        ("---\nid: x.fr\nlesson: x\nlanguage: fr\ntitle: X\n---\n", "language: "),
        ("---\nid: rockets.en\nlesson: x\nlanguage: en\ntitle: X\n---\n", "has the id 'rockets.en', which 'rockets.en.md' has already"),
    ],
)
def test_a_lesson_that_cannot_be_shown_is_told_and_left_out(tmp_path: Path, text: str, why: str) -> None:
    course, (unread,) = open_course(write_course(tmp_path / "course", zzz=text))
    assert len(course.lessons("en")) == 3
    assert unread.path.name == "zzz.md"
    assert why in unread.why
    assert "\n" not in unread.why


def test_bytes_that_are_no_text_and_folders_are_told_too(tmp_path: Path) -> None:
    folder = write_course(tmp_path / "course")
    (folder / "lessons" / "bytes.md").write_bytes(b"---\n\xff\xfe")
    (folder / "lessons" / "folder.md").mkdir()
    unread = open_course(folder)[1]
    assert [one.path.name for one in unread] == ["bytes.md", "folder.md"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "no course"),
        ({"course.yaml": "title: no name\n"}, "course: Field required"),
        ({"course.yaml": "course: [\n"}, "cannot be read"),
        ({"course.yaml": "course: x\n"}, "has no lesson"),
        ({"course.yaml": "course: x\n", "lessons/a.md": "no lesson"}, "the first, 'a.md', cannot be read"),
    ],
)
def test_a_folder_that_is_no_course_is_refused_in_one_line(tmp_path: Path, files: dict[str, str], why: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadCourse, match=why) as told:
        open_course(tmp_path)
    assert "\n" not in str(told.value)


def test_the_courses_own_title_may_be_one_for_both_languages(tmp_path: Path) -> None:
    folder = write_course(tmp_path / "course")
    (folder / "course.yaml").write_text("course: x\ntitle: Space · 航天\n", encoding="utf-8")
    course, _unread = open_course(folder)
    assert course.title("en") == course.title("zh") == "Space · 航天"
