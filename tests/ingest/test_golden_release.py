"""Golden questions in an ingestion: where they are found, how they travel, who is asked them, when they stop a publication."""

from collections.abc import Callable
from pathlib import Path

import pytest
from ingest_desk import C, Desk
from small_files import COURSE, GOLDEN, write

from ingest import Ingestion, Order, Plan, Problem
from ingest.course.golden import find_golden
from knowledge_base.embedding.base import Embedder
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder
from knowledge_base.review import Review

MORE = GOLDEN + "- {id: g3, language: en, question: 'Who flies?', refuse: true}\n"


def questions(desk: Desk) -> list[str]:
    """The ids of the golden questions in the published release."""
    return [one.question_id for one in records.read_golden(desk.data.release(str(publish.current_id(desk.data))))]


def answers(right: int, *failing: str) -> Callable[[str, str | None], Review]:
    return lambda after, before: Review(before, after, right + len(failing), None, right, failing, ())


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(tmp_path / "content", COURSE)


@pytest.mark.parametrize("place", ["content", "content/lessons", "content/lessons/moon.en.md", ".", "link"])
def test_they_are_found_from_below_and_from_above(course: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "link").symlink_to(course, target_is_directory=True)
    found = find_golden([tmp_path / place])
    assert found.questions is not None
    assert [one.question_id for one in found.questions] == ["g1", "g2"]
    assert found.problems == ()


def test_a_course_without_any_has_none_to_say(course: Path) -> None:
    (course / "golden.yaml").unlink()
    assert find_golden([course]).questions is None


def test_two_courses_ask_together_and_share_no_id(course: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", {"course.yaml": "course: b\n", "golden.yaml": "- {id: h, language: en, question: 'Why?', refuse: true}\n"})
    found = find_golden([course, other, course / "lessons"])
    assert [one.question_id for one in found.questions or ()] == ["g1", "g2", "h"]
    write(other, {"golden.yaml": "- {id: g1, language: en, question: 'Why?', refuse: true}\n"})
    found = find_golden([tmp_path])
    assert found.questions is None
    assert [(one.path, one.line) for one in found.problems] == [("other/golden.yaml", 1)]


def test_a_release_keeps_them_and_another_source_leaves_them(desk: Desk, course: Path, tmp_path: Path) -> None:
    desk.ingest(course)
    assert questions(desk) == ["g1", "g2"]
    desk.ingest(write(tmp_path / "notes", {"c.md": C}), source="notes")
    assert questions(desk) == ["g1", "g2"]
    write(tmp_path / "uploads", {"course.yaml": "course: x\n", "golden.yaml": "[]\n", "lessons.md": "Text."})
    desk.ingest(tmp_path / "uploads", source="staff")
    assert questions(desk) == ["g1", "g2"]


def test_other_questions_alone_are_reason_for_a_release(desk: Desk, course: Path) -> None:
    first = desk.ingest(course)
    write(course, {"golden.yaml": MORE})
    report = desk.ingest(course)
    assert report.plan.empty
    assert (report.published, report.embedded) == (True, 0)
    assert report.release != first.release
    assert questions(desk) == ["g1", "g2", "g3"]
    assert not desk.ingest(course).published
    write(course, {"golden.yaml": "[]\n"})
    assert desk.ingest(course).published
    assert questions(desk) == []


def test_a_broken_file_is_a_problem_and_the_questions_of_before_stay(desk: Desk, course: Path) -> None:
    desk.ingest(course)
    write(course, {"golden.yaml": GOLDEN + "- id: g3\n", "lessons/more.md": "no lesson"})
    report = desk.ingest(course)
    assert set(report.failed) == {"golden.yaml", "lessons/more.md"}
    assert ("golden.yaml", GOLDEN.count("\n") + 1) in [(one.path, one.line) for one in report.problems]
    assert questions(desk) == ["g1", "g2"]


def test_the_candidate_is_asked_before_it_is_published(desk: Desk, data: DataFolder, course: Path) -> None:
    asked: list[tuple[str, str | None, str | None]] = []

    def review(candidate: str, published: str | None) -> Review:
        asked.append((candidate, published, publish.current_id(data)))
        return answers(2)(candidate, published)

    first = desk.ingest(course, review=review)
    assert asked == [(first.release, None, None)]
    assert first.review == answers(2)(str(first.release), None)
    write(course, {"lessons/moon.en.md": COURSE["lessons/moon.en.md"].replace("no air", "hardly any air")})
    second = desk.ingest(course, review=review)
    assert asked[1] == (second.release, first.release, first.release)
    assert desk.ingest(course, review=review).review is None
    assert len(asked) == 2
    assert sorted(path.stem for path in data.reviews.iterdir()) == sorted([str(first.release), str(second.release)])


def test_without_questions_nobody_is_asked(desk: Desk, data: DataFolder) -> None:
    def review(_candidate: str, _published: str | None) -> Review:
        raise AssertionError("there is nothing to ask")

    assert desk.ingest(review=review).published
    assert not data.reviews.exists()


def test_required_answers_that_are_right_let_a_release_be_published(desk: Desk, course: Path) -> None:
    assert desk.ingest(course, review=answers(2), require_golden=True).published


def test_a_required_answer_that_fails_leaves_the_release_built(desk: Desk, data: DataFolder, course: Path) -> None:
    failing = [f"g{number}" for number in range(1, 11)]
    report = desk.ingest(course, review=answers(2, *failing), require_golden=True)
    assert (report.built, report.published, publish.current_id(data)) == (True, False, None)
    assert report.release in [manifest.release for manifest in publish.listed(data)]
    assert report.refused is not None
    assert report.refused.startswith("--require-golden: 10 of 12 golden questions fail (g1, g2, g3, g4, g5, g6, g7, g8 and 2 more): ")
    assert f"navigator releases publish {report.release}" in report.refused
    assert desk.ingest(course, review=answers(2)).published


@pytest.mark.parametrize("golden", [None, "[]\n", "- id: broken\n"])
def test_required_answers_to_no_questions_are_refused(desk: Desk, data: DataFolder, course: Path, golden: str | None) -> None:
    (course / "golden.yaml").unlink()
    if golden is not None:
        write(course, {"golden.yaml": golden})
    report = desk.ingest(course, review=answers(0), require_golden=True)
    assert (report.built, report.published) == (False, False)
    assert "--require-golden: " in str(report.refused)
    assert not data.releases.exists()


def test_the_plan_is_heard_before_anything_is_built(data: DataFolder, embedder: Embedder, course: Path) -> None:
    heard: list[tuple[int, int]] = []

    def planned(plan: Plan, problems: object) -> None:
        assert isinstance(problems, tuple)
        assert all(isinstance(one, Problem) for one in problems)
        heard.append((len(plan.added), len(list(data.releases.glob("*")))))

    Ingestion(data, lambda: embedder, planned=planned).run(Order([course]))
    assert heard == [(5, 0)]
