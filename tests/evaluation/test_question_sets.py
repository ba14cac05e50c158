"""Question sets: read as they are meant, refused with the file and line where they are not."""

from pathlib import Path

import pytest
from tiny_sets import write_set, write_space

from evaluation.sets import BadSet, Item, load

GOLDEN = """# The course's own questions.
- id: g001
  language: en
  question: "How much moon soil did Chang'e-5 bring home?"
  contains: [["1,731", "1731"], [g]]
  sources: [change-5, moon]
- id: g002
  language: zh
  question: 谁画了向日葵？
  refuse: true
"""


def one_line(folder: Path, line: str) -> Path:
    """A set whose first question is good and whose third line is `line`."""
    made = write_set(folder / "set", {"a.md": "Text."}, [{"id": "good", "question": "Why?"}])
    with (made / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    return made


def test_a_folder_is_read_with_its_name_its_documents_and_every_question(tmp_path: Path) -> None:
    questions = load(write_space(tmp_path))
    assert (questions.name, questions.docs) == ("space", tmp_path / "space" / "docs")
    assert [item.item_id for item in questions.items] == ["tanks", "tanks-zh", "dust", "gas", "clock", "painter", "crew"]
    assert questions.items[0] == Item(
        item_id="tanks",
        question="Why do rockets drop their empty tanks?",
        language="en",
        answerable=True,
        docs=frozenset({"en-tanks.md"}),
        docs_other_language=frozenset({"zh-tanks.md"}),
        contains=(("less mass",),),
    )


def test_any_of_the_answers_is_enough(tmp_path: Path) -> None:
    assert load(write_space(tmp_path)).items[2].contains == (("sunlight", "electricity"),)


def test_the_other_fields_of_an_unanswerable_question_are_ignored(tmp_path: Path) -> None:
    painter = load(write_space(tmp_path)).items[5]
    assert (painter.answerable, painter.docs, painter.docs_other_language, painter.chapter, painter.contains) == (
        False,
        frozenset(),
        frozenset(),
        None,
        (),
    )


def test_a_question_without_a_language_is_in_its_own(tmp_path: Path) -> None:
    assert load(one_line(tmp_path, '{"id": 7, "question": "火箭？"}')).items[1] == Item("7", "火箭？", "zh", True)


def test_a_chapter_makes_every_document_of_it_right(tmp_path: Path) -> None:
    item = load(one_line(tmp_path, '{"id": "c", "question": "Why?", "chapter": 7}')).items[1]
    right = ["07-01-light.md", "07-02.md"]
    assert [doc for doc in [*right, "17-01.md", "70-01.md", "x7.md", "intro.md", ""] if item.is_right(doc)] == right


def test_without_a_chapter_only_the_named_document_is_right(tmp_path: Path) -> None:
    item = load(write_space(tmp_path)).items[0]
    assert item.is_right("en-tanks.md")
    assert not item.is_right("zh-tanks.md")


def test_a_line_separator_inside_a_question_ends_no_line(tmp_path: Path) -> None:
    item = load(one_line(tmp_path, '{"id": "u", "question": "one\u2028two\x85three"}')).items[1]
    assert item.question == "one\u2028two\x85three"


def test_a_set_is_called_by_its_folder_also_from_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_space(tmp_path))
    assert load(Path(".")).name == "space"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        '"Why?"',
        "null",
        "{}",
        '{"question": "Why?"}',
        '{"id": "a"}',
        '{"id": "a", "question": "Why?", "lang": "fr"}',
        '{"id": "a", "question": "Why?", "answers": "308"}',
        '{"id": "a", "question": "Why?", "answers": 308}',
        '{"id": "a", "question": "Why?", "chapter": "first"}',
        '{"id": "a", "question": "Why?", "doc": ["a.md"]}',
        '{"id": "a", "question": null}',
    ],
)
def test_a_broken_line_is_named_by_file_and_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadSet, match=r"questions\.jsonl:3 is not a question") as refused:
        load(one_line(tmp_path, line))
    assert "\n" not in str(refused.value)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    made = write_space(tmp_path)
    (made / "questions.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(BadSet, match=r"questions\.jsonl cannot be read as UTF-8"):
        load(made)


@pytest.mark.parametrize("missing", ["docs", "questions.jsonl"])
def test_a_folder_that_lacks_a_part_is_no_set(tmp_path: Path, missing: str) -> None:
    made = write_space(tmp_path)
    (made / missing).rename(tmp_path / "elsewhere")
    with pytest.raises(BadSet, match=r"give a folder with docs/ and questions\.jsonl"):
        load(made)


def test_a_path_that_does_not_exist_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match="nowhere"):
        load(tmp_path / "nowhere")


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """Golden questions in a course."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.yaml").write_text("id: space\n", encoding="utf-8")
    (tmp_path / "course" / "golden.yaml").write_text(GOLDEN, encoding="utf-8")
    return tmp_path / "course" / "golden.yaml"


def test_a_set_without_questions_is_refused(tmp_path: Path, golden: Path) -> None:
    made = write_space(tmp_path)
    (made / "questions.jsonl").write_text("\n\n", encoding="utf-8")
    golden.write_text("[]\n", encoding="utf-8")
    for path in (made, golden):
        with pytest.raises(BadSet, match="holds no question"):
            load(path)


def test_golden_questions_outside_a_course_need_its_documents(tmp_path: Path, golden: Path) -> None:
    elsewhere = golden.rename(tmp_path / "refusals.yaml")
    with pytest.raises(BadSet, match=r"refusals\.yaml' lies in no course: say with --docs"):
        load(elsewhere)
    questions = load(elsewhere, golden.parent)
    assert (questions.name, questions.docs, len(questions.items)) == ("refusals", golden.parent, 2)
    assert load(write_space(tmp_path), golden.parent).docs == tmp_path / "space" / "docs", "a folder has documents of its own"


def test_what_sets_a_false_premise_right_is_named_in_both_languages(golden: Path) -> None:
    golden.write_text("- {id: a, language: en, question: 'Why did it land on Mars?', refuse: true, corrects: [change-5]}\n", encoding="utf-8")
    (item,) = load(golden).items
    assert (item.answerable, item.corrects) == (False, frozenset({"change-5.en", "change-5.zh"}))


def test_ids_that_differ_by_their_language_are_a_pair() -> None:
    pairs = [Item(item_id, "Why?", "en", True).pair for item_id in ("en-7", "zh-7", "en-8", "g7")]
    assert pairs == ["7", "7", "8", "g7"]


def test_golden_questions_ask_about_the_course_they_lie_in(tmp_path: Path, golden: Path) -> None:
    questions = load(golden)
    assert (questions.name, questions.docs) == ("golden", tmp_path / "course")
    assert questions.items == (
        Item(
            item_id="g001",
            question="How much moon soil did Chang'e-5 bring home?",
            language="en",
            answerable=True,
            docs=frozenset({"change-5.en", "moon.en"}),
            docs_other_language=frozenset({"change-5.zh", "moon.zh"}),
            contains=(("1,731", "1731"), ("g",)),
        ),
        Item("g002", "谁画了向日葵？", "zh", False),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {id: a, language: en, question: 'Why?', refuse: true}\n- {id: b, question: 'Why?'}\n", r"golden\.yaml:2: .*'language'"),
        ("- id: [\n", r"golden\.yaml:2: YAML: "),
        ("id: a\n", r"golden\.yaml:1: a list"),
    ],
)
def test_a_golden_file_with_a_mistake_is_refused_with_its_place(golden: Path, text: str, says: str) -> None:
    golden.write_text(text, encoding="utf-8")
    with pytest.raises(BadSet, match=says) as refused:
        load(golden)
    assert str(golden) in str(refused.value)
    assert "\n" not in str(refused.value)
