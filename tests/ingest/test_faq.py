"""A course's frequently asked questions: what a file must look like, whose sentences it may quote, and when a document keeps its questions."""

import io
import zipfile
from pathlib import Path

import pytest
from ingest_desk import Desk
from small_files import COURSE, LESSON, reading, write

from ingest.course.faq import MOST
from ingest.read import read
from ingest.types import Reading
from knowledge_base.types import FrequentQuestion

FAQ = """- asked:
    - Can you breathe on the Moon?
    - moon air
  answer: The Moon has no air.
- asked: [What is Moon soil]
  answer:
    - Regolith is the soil of the Moon.
    - Tides are of the Earth.
"""
AIR = FrequentQuestion(("Can you breathe on the Moon?", "moon air"), ("The Moon has no air.",))
SOIL = FrequentQuestion(("What is Moon soil",), ("Regolith is the soil of the Moon.", "Tides are of the Earth."))
UNTOLD = FAQ.replace("answer: The Moon has no air.", "answer: The Moon has much air.")
FILE = "faq/moon.en.yaml"
FILES = COURSE | {"lessons/moon.zh.md": LESSON.replace("moon.en", "moon.zh").replace("language: en", "language: zh"), FILE: FAQ}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(tmp_path / "content", FILES)


def asked_about(got: Reading, doc_id: str = "moon.en") -> tuple[FrequentQuestion, ...]:
    return next(material.document.faq for material in got.materials if material.document.doc_id == doc_id)


def packed(files: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


# ---- the file


def test_a_files_questions_stand_with_the_document_that_it_is_named_for(course: Path, desk: Desk) -> None:
    got = reading(course, strict=True)
    assert got.problems == ()
    assert asked_about(got) == (AIR, SOIL)
    assert asked_about(got, "luna-9.en") == ()
    assert desk.ingest(course, strict=True).published


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        (FAQ, "", 1, "there is no question in it"),
        (FAQ, "# What students ask.\n", 1, "there is no question in it"),
        (FAQ, "[]", 1, "there is no question in it"),
        (FAQ, "asked: Why?\nanswer: So.\n", 1, "a list is expected here"),
        (FAQ, "just words", 1, "a list is expected here"),
        (FAQ, FAQ + "- Why?\n", 9, "key: value lines are expected here"),
        (FAQ, FAQ + "-\n", 9, "key: value lines are expected here"),
        (FAQ, FAQ + "- asked: [\n", 9, "YAML"),
        ("  answer: The", "  question: 1\n  answer: The", 4, "does not know the key 'question'"),
        ("  answer: The", "  answer: So.\n  answer: The", 5, "the key 'answer' stands here a second time"),
        ("  answer: The Moon has no air.\n", "", 1, "answer: Field required"),
        ("answer: The Moon has no air.", "answer: []", 4, "answer: Value should have at least 1 item"),
        ("answer: The Moon has no air.", "answer: ' '", 4, "answer.0: String should have at least 1 character"),
        ("answer: The Moon has no air.", f"answer: [{', '.join('abcd'[: MOST + 1])}]", 4, "answer: Value should have at most 3 items"),
        ("answer: The Moon has no air.", "answer: 42", 4, "answer: Input should be a valid list"),
        ("answer: The Moon has no air.", "answer: {en: The Moon has no air.}", 4, "answer: Input should be a valid list"),
        ("[What is Moon soil]", "[]", 5, "asked: List should have at least 1 item"),
        ("[What is Moon soil]", "['']", 5, "asked.0: String should have at least 1 character"),
        ("[What is Moon soil]", "What is Moon soil?", 5, "asked: Input should be a valid list"),
        ("[What is Moon soil]", "[What, 11]", 5, "asked.1: Input should be a valid string"),
        ("[What is Moon soil]", "[null]", 5, "asked.0: Input should be a valid string"),
        ("[What is Moon soil]", '["\\ud800"]', 5, "asked.0: Input should be a valid string"),
        ("[What is Moon soil]", f"[{'火' * 201}]", 5, "asked.0: String should have at most 200 characters"),
        ("[What is Moon soil]", f"[{', '.join(f'q{n}' for n in range(41))}]", 5, "asked: List should have at most 40 items"),
        ("[What is Moon soil]", "[Why, {MOON: air}]", 5, "asked.1: Input should be a valid string"),
        ("[What is Moon soil]", "[Why, ' MOON   air!']", 5, "'MOON   air!' is asked in line 1 already: a question has one answer"),
    ],
)
def test_a_file_that_does_not_follow_the_schema_fails_with_its_line(course: Path, desk: Desk, old: str, new: str, line: int, what: str) -> None:
    assert old in FAQ
    write(course, {FILE: FAQ.replace(old, new)})
    got = reading(course)
    (problem,) = got.problems
    assert (problem.path, problem.line) == (FILE, line)
    assert what in problem.what
    assert got.failed == (FILE,)
    assert desk.ingest(course, strict=True).refused is not None
    assert desk.ingest(course).published, "without --strict the rest is"
    assert desk.held()["moon.en"].faq == ()


def test_what_just_fits_is_taken_and_a_wording_given_twice_counts_once(course: Path) -> None:
    longest = "火" * 200
    write(
        course,
        {FILE: FAQ.replace("[What is Moon soil]", f"[{longest}, ' what ', what]").replace("    - Tides", "    - The Moon has no air.\n    - Tides")},
    )
    got = reading(course)
    assert got.problems == ()
    assert asked_about(got)[1].wordings == (longest, "what")
    assert len(asked_about(got)[1].sentences) == MOST


@pytest.mark.parametrize("name", ["faq/moon.en.md", "faq/moon.en.txt", "faq/moon.en.csv"])
def test_what_is_no_yaml_does_not_belong_on_the_shelf(course: Path, name: str) -> None:
    write(course, {name: "Some words."})
    (problem,) = reading(course).problems
    assert (problem.path, problem.line) == (name, 1)
    assert problem.what.startswith("lies among the frequently asked questions, which are YAML, such as faq/rockets.en.yaml")


def test_a_file_named_for_no_document_and_a_sentence_of_none_are_told_and_strictly_refused(course: Path, desk: Desk) -> None:
    write(course, {"faq/mars.en.yaml": FAQ, FILE: UNTOLD})
    got = reading(course)
    assert [(one.path, one.line, one.what) for one in got.problems] == [
        ("faq/mars.en.yaml", 1, "there is no document 'mars.en': name this file for the one whose sentences it quotes"),
        (FILE, 1, "'The Moon has much air.' is no sentence of 'moon.en': copy it from there, whole and word for word"),
    ]
    assert got.unsound == ("faq/mars.en.yaml", FILE)
    refused = desk.ingest(course, strict=True)
    assert (refused.published, refused.refused is not None) == (False, True)
    assert desk.ingest(course).published
    assert desk.held()["moon.en"].faq == (SOIL,)


@pytest.mark.parametrize(
    "sentence", ["The Moon has no air", "The Moon has no", "The Moon has no air. It has no weather either.", "the moon has no air."]
)
def test_a_sentence_is_quoted_whole_and_word_for_word(course: Path, sentence: str) -> None:
    write(course, {FILE: FAQ.replace("answer: The Moon has no air.", f"answer: '{sentence}'")})
    (problem,) = reading(course).problems
    assert repr(sentence) in problem.what
    assert problem.line == 1


# ---- whose sentences


def test_white_space_and_line_breaks_within_a_sentence_do_not_matter(course: Path) -> None:
    write(course, {"lessons/moon.en.md": LESSON.replace("The Moon has no air. It", "The Moon\nhas  no air. It")})
    write(course, {FILE: FAQ.replace("answer: The Moon has no air.", "answer: >\n    The Moon\n    has no\tair.\n")})
    got = reading(course)
    assert [problem for problem in got.problems if problem.path == FILE] == []
    assert asked_about(got) == (AIR, SOIL)


def test_a_missions_own_sentences_answer_in_each_language(course: Path) -> None:
    write(course, {"faq/luna-9.zh.yaml": "- asked: [月球9号是什么]\n  answer: 月球9号是苏联的着陆器。\n"})
    assert asked_about(reading(course), "luna-9.zh") == (FrequentQuestion(("月球9号是什么",), ("月球9号是苏联的着陆器。",)),)


def test_the_glossarys_sentence_may_answer_what_is_asked_about_its_concept(course: Path) -> None:
    glossary = "- id: tide\n  en: tide\n  zh: 潮水\n  meaning: {en: A tide is the sea going up and down., zh: 潮汐就是海水涨落。}\n  concept: tides\n"
    write(course, {"glossary.yaml": glossary, "faq/tides.en.yaml": "- asked: [tide]\n  answer: A tide is the sea going up and down.\n"})
    got = reading(course)
    assert [problem for problem in got.problems if problem.path.startswith("faq")] == []
    assert asked_about(got, "tides.en")[0].sentences == ("A tide is the sea going up and down.",)


@pytest.mark.parametrize("folder", ["", "space/"])
def test_a_courses_archive_holds_them_too(tmp_path: Path, folder: str) -> None:
    archive = packed({f"{folder}{name}": text for name, text in (FILES).items()})
    write(tmp_path, {"course.zip": archive})
    got = reading(tmp_path)
    assert got.problems == ()
    assert asked_about(got) == (AIR, SOIL)


def test_a_folder_of_a_course_alone_holds_its_documents_and_not_their_questions(course: Path) -> None:
    got = reading(course / "lessons")
    assert asked_about(got) == ()


# ---- what is published


def test_a_changed_list_alone_is_published_and_a_removed_one_takes_its_questions_along(course: Path, desk: Desk) -> None:
    first = desk.ingest(course)
    assert desk.held()["moon.en"].faq == (AIR, SOIL)
    assert desk.ingest(course).published is False
    write(course, {FILE: FAQ.replace("moon air", "air on moon")})
    second = desk.ingest(course)
    assert (second.plan.changed, second.published, second.embedded) == (("moon.en",), True, 0)
    assert second.release != first.release
    assert desk.held()["moon.en"].faq[0].wordings[1] == "air on moon"
    (course / FILE).unlink()
    assert desk.ingest(course).plan.changed == ("moon.en",)
    assert desk.held()["moon.en"].faq == ()


BROKEN = FAQ + "- asked: [\n"


@pytest.mark.parametrize("name", [FILE, "faq/part one/moon.en.yaml", "faq/moon.en.yml"])
def test_a_broken_list_keeps_the_questions_that_are_published_and_still_answered(course: Path, desk: Desk, name: str) -> None:
    (course / FILE).unlink()
    write(course, {name: FAQ})
    desk.ingest(course)
    write(course, {name: BROKEN})
    assert desk.ingest(course).plan.changed == ()
    assert desk.held()["moon.en"].faq == (AIR, SOIL)
    write(course, {"lessons/moon.en.md": LESSON.replace("The Moon has no air.", "The Moon has little air.")})
    desk.ingest(course)
    assert desk.held()["moon.en"].faq == (SOIL,)


@pytest.mark.parametrize("folder", ["", "space/"])
def test_a_list_that_is_broken_within_an_archive_keeps_them_too(tmp_path: Path, desk: Desk, folder: str) -> None:
    place = tmp_path / "zipped"
    for text in (FAQ, BROKEN):
        write(place, {"course.zip": packed({f"{folder}{name}": content for name, content in (FILES | {FILE: text}).items()})})
        desk.ingest(place)
        assert desk.held()["moon.en"].faq == (AIR, SOIL)


@pytest.mark.parametrize("packed_up", [False, True])
def test_a_lesson_that_cannot_be_read_keeps_its_text_and_its_questions(tmp_path: Path, desk: Desk, packed_up: bool) -> None:
    place = tmp_path / "content"
    for text in (LESSON, "---\nid: moon.en"):
        files = FILES | {"lessons/moon.en.md": text}
        write(place, {"course.zip": packed(files)} if packed_up else files)
        report = desk.ingest(place)
    assert [problem.path.rpartition("!")[2] for problem in report.problems] == ["lessons/moon.en.md"], "its list has no fault"
    assert desk.held()["moon.en"].faq == (AIR, SOIL)


def test_a_correction_by_staff_keeps_the_questions_whose_sentences_still_stand(course: Path, desk: Desk, tmp_path: Path) -> None:
    desk.ingest(course)
    lesson = "---\nid: moon.en\n---\nThe Moon has no\nair. It is grey."
    uploads = write(tmp_path / "uploads", {"moon.md": lesson})
    desk.ingest(uploads, source="staff")
    assert desk.held()["moon.en"].faq == (AIR,)
    assert desk.ingest(uploads, source="staff").published is False
    write(uploads, {"moon.md": f"{lesson} It is far away.", "more.md": "More."})
    desk.ingest(uploads, source="staff")
    assert desk.held()["moon.en"].faq == (AIR,)
    assert desk.ingest(course).published is False
    (uploads / "moon.md").unlink()
    desk.ingest(uploads, source="staff")
    desk.ingest(course)
    assert desk.held()["moon.en"].faq == (AIR, SOIL), "the course's own lesson is back, and its list"


def test_another_source_neither_takes_nor_gives_questions(course: Path, desk: Desk, tmp_path: Path) -> None:
    desk.ingest(course)
    desk.ingest(write(tmp_path / "others", {"guide.md": "---\nid: guide\n---\nThe Moon has no air."}), source="guides")
    held = desk.held()
    assert (held["guide"].faq, held["moon.en"].faq) == ((), (AIR, SOIL))


def test_questions_on_a_document_of_another_source_are_no_fault(course: Path, desk: Desk) -> None:
    desk.ingest(course)
    published = list(desk.held().values())
    got = read([write(course.parent / "other", {"course.yaml": "course: x\n", FILE: FAQ, "notes/a.md": "A."})], source="other", published=published)
    assert got.problems == ()
