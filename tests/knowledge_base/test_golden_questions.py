"""Golden questions: read as they are meant, refused with the line where they are not."""

from pathlib import Path

import pytest

from knowledge_base.golden import BadGolden, contains, load_golden
from knowledge_base.release import records
from knowledge_base.review import GoldenQuestion

GOOD = """# The course's own questions.
- id: g001
  language: en
  question: "How much moon soil did Chang'e-5 bring home?"
  contains: [["1,731", 1731], [g]]
  sources: [change-5, moon]
- id: 2
  language: zh
  question: 谁画了向日葵？
  refuse: true
  why: nobody in the course paints
  corrects: [moon]
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "golden.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_questions_are_read_in_order(tmp_path: Path) -> None:
    assert load_golden(written(tmp_path, "\ufeff" + GOOD)) == (
        GoldenQuestion(
            "g001",
            "How much moon soil did Chang'e-5 bring home?",
            "en",
            contains=(("1,731", "1731"), ("g",)),
            sources=("change-5", "moon"),
        ),
        GoldenQuestion("2", "谁画了向日葵？", "zh", refuse=True, corrects=("moon",)),
    )


def test_a_release_keeps_them_and_reads_those_of_older_releases(tmp_path: Path) -> None:
    questions = load_golden(written(tmp_path, GOOD))
    records.write_golden(tmp_path, questions)
    assert tuple(records.read_golden(tmp_path)) == questions
    kept = tmp_path / "golden.jsonl"
    kept.write_text(kept.read_text(encoding="utf-8").replace(', "corrects": []', ""), encoding="utf-8")
    assert tuple(records.read_golden(tmp_path)) == questions


def test_a_list_of_none_is_no_mistake(tmp_path: Path) -> None:
    assert load_golden(written(tmp_path, "[]\n")) == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- id: b\n  question: Why?\n  refuse: true\n", 1, "the key 'language' is missing"),
        ("- id: b\n  language: fr\n  question: Why?\n  refuse: true\n", 1, "'fr' is neither 'en' nor 'zh'"),
        ("- id: ' '\n  language: en\n  question: Why?\n  refuse: true\n", 1, "the key 'id' is missing or empty"),
        ("- id: b\n  language: en\n  refuse: true\n", 1, "the key 'question' is missing"),
        ("- id: b\n  language: en\n  question: Why?\n", 1, "say either what a right answer contains"),
        ("- id: b\n  language: en\n  question: Why?\n  refuse: true\n  contains: [[x]]\n", 1, "say either"),
        ("- id: b\n  language: en\n  question: Why?\n  contains: [[]]\n", 1, "say either"),
        ("- id: b\n  language: en\n  question: Why?\n  refuse: never\n", 1, "'never' is neither true nor false"),
        ("- id: b\n  language: en\n  question: Why?\n  contains: [1731]\n", 1, "1731 is no list"),
        ("- id: b\n  language: en\n  question: Why?\n  contains: '1,731'\n", 1, "'1,731' is no list"),
        ("- id: b\n  language: en\n  question: Why?\n  contains: [[' ']]\n", 1, "' ' is no text"),
        ("- id: b\n  language: en\n  question: Why?\n  contains: [[x]]\n  sources: moon\n", 1, "'moon' is no list"),
        ("- id: g001\n  language: en\n  question: Why?\n  refuse: true\n", 1, "the id 'g001' stands here a second time"),
        ("- Why\n", 1, "'Why' is no golden question"),
        ("- id: [\n", 2, "YAML: "),
        ("- id: \x07\n", 1, "YAML: "),
        ("- 2026-99-99\n", 0, "YAML: "),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(BadGolden, match=says) as refused:
        load_golden(written(tmp_path, GOOD + text))
    assert "\n" not in str(refused.value)
    assert refused.value.line == (GOOD.count("\n") + line if line else 1)


@pytest.mark.parametrize(
    ("text", "says"), [("id: a\n", "a list"), ("7\n", "a list"), ("", "a list"), (b"- id: \xff\n", "UTF-8"), ("[" * 2000, "YAML")]
)
def test_what_is_no_list_of_questions_is_refused(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(BadGolden, match=says):
        load_golden(written(tmp_path, text))


@pytest.mark.parametrize(
    ("answer", "groups", "right"),
    [
        ("It brought back 1,731 g. [1]", [["1,731", "1731"]], True),
        ("It brought back 1731 g. [1]", [["1,731", "1731"]], True),
        ("It brought back 2 kg. [1]", [["1,731", "1731"]], False),
        ("Lift and weight, thrust and drag.", [["lift"], ["weight"], ["thrust"], ["drag"]], True),
        ("Lift and weight, thrust.", [["lift"], ["weight"], ["thrust"], ["drag"]], False),
        ("ＧＡＧＡＲＩＮ flew", [["gagarin"]], True),
        ("带回了 1,731 克 月壤", [["1,731克月壤"]], True),
        ("带回了１７３１克", [["1731 克"]], True),
        ("the Moon\nturns", [["moon turns"]], True),
        ("It flew 8 days. [12]", [["12"]], False),
        ("It flew 1 [1]2 days.", [["12days"]], True),
        ("anything", [], True),
        ("anything", [[]], False),
    ],
)
def test_an_answer_contains_one_of_each_group_whatever_its_case_width_and_spaces(answer: str, groups: list[list[str]], right: bool) -> None:
    assert contains(answer, groups) is right
