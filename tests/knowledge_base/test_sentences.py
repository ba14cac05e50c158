"""Sentences: cut where a reader would, in English, Chinese and mixtures, and nothing of the text lost."""

import random

import pytest

from knowledge_base.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Smith met Lt. Col. Jones and Prof. J. R. Lee in the U.S. Senate.",
        "Some rockets, e.g. Saturn V, i.e. the largest, flew ca. 1970 vs. Soviet ones.",
        "It landed at 3 p.m. Beijing time on Dec. 16 near Mt. Rumker.",
        "See Fig. 3, No. 5 and Vol. 2 of St. Petersburg.",
        "The orbit is 7.9 km/s, about 1.5 m/s² more, with version 2.0.1 of cnsa.gov.cn open.",
        "Watch www.example.org/watch?v=x3AL for more.",
        "“What is today's date?” is a common question.",
        "And then... nothing happened.",
        "The Wow! signal came from space.",
        "长度约为3.5米，质量为1.2吨。",
        "国家航天局（CNSA）在2020.11.24发射。",
        "1. Thread the string through the straw.",
        "Well… maybe it will fly.",
    ],
)
def test_a_sentence_is_not_cut_inside(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It flew. It landed.", ["It flew.", "It landed."]),
        ("Did it fly? Yes! It did.", ["Did it fly?", "Yes!", "It did."]),
        (
            "The thrust is 300,000 N. The weight is 8.52 million N. It rises.",
            ["The thrust is 300,000 N.", "The weight is 8.52 million N.", "It rises."],
        ),
        ('He said "Go." Then he went.', ['He said "Go."', "Then he went."]),
        ("She said (it is far.) Then she left.", ["She said (it is far.)", "Then she left."]),
        ("It landed in 2020. 3 probes followed.", ["It landed in 2020.", "3 probes followed."]),
        ("火箭升空。卫星入轨！任务成功了吗？成功了。", ["火箭升空。", "卫星入轨！", "任务成功了吗？", "成功了。"]),
        ("他说：“出发。”我们走了。", ["他说：“出发。”", "我们走了。"]),
        ("（完成。）「好！」再见。", ["（完成。）", "「好！」", "再见。"]),
        ("真的吗？！当然。", ["真的吗？！", "当然。"]),
        (
            "嫦娥五号（Chang'e-5）带回样品。It landed on 16 December. 很好。",
            ["嫦娥五号（Chang'e-5）带回样品。", "It landed on 16 December.", "很好。"],
        ),
        ("It is 3.14 m. 约3.5吨。OK. Fine.", ["It is 3.14 m.", "约3.5吨。", "OK.", "Fine."]),
        ("One paragraph\n\nAnother", ["One paragraph", "Another"]),
        ("- first\n- second one. Third\n* fourth\n• fifth", ["first", "second one.", "Third", "fourth", "fifth"]),
        ("1. First\n2. Second. More\n10) Tenth", ["1. First", "2. Second.", "More", "10) Tenth"]),
        ("A line\nthat goes on.", ["A line\nthat goes on."]),
        ("  It flew.  \n ", ["It flew."]),
        ("Done.)", ["Done.)"]),
        ("Is it far? —— It is.", ["Is it far?", "—— It is."]),
    ],
)
def test_a_text_is_cut_between_its_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("text", ["", " \n\n ", "。。", "!?", "- \n- ", "——"])
def test_a_text_without_letters_or_digits_holds_no_sentence(text: str) -> None:
    assert sentences(text) == ()


PIECES = [
    *(
        "It flew",
        "月球",
        "嫦娥五号",
        "3.14",
        "Dr",
        "U.S",
        "e.g",
        "J",
        "1",
        "2020",
        "N",
        "Chang'e-5",
        "a",
        "。",
        "！",
        "？",
        "…",
        ".",
        "...",
        "!",
        "?",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n2) ",
        "“",
        "”",
        '"',
        "'",
        "(",
        ")",
        "（",
        "）",
        "「",
        "」",
        "——",
        "，",
        ",",
        "|",
        "\t",
        "\u3000",
        "\u00a0",
    ),
]


def test_offsets_rise_and_nothing_is_lost() -> None:
    """Whatever the text: in order, never overlapping, stripped, each saying something, and every letter and digit kept."""
    chance = random.Random(1)
    for _ in range(2000):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 40)))
        spans = sentences(text)
        ends = [0, *(end for _start, end in spans)]
        assert all(before <= start < end for before, (start, end) in zip(ends, spans, strict=False)), repr(text)
        for sentence in (text[start:end] for start, end in spans):
            assert sentence == sentence.strip(), repr(text)
            assert any(character.isalnum() for character in sentence), repr(text)
        assert _letters("".join(text[start:end] for start, end in spans)) == _letters(text), repr(text)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_every_row_of_a_table_is_told_by_itself() -> None:
    text = "Quantity | Value\nMass of the probe | 372 kg\nSpeed | 10.3 km/s"
    assert [text[start:end] for start, end in sentences(text)] == ["Quantity | Value", "Mass of the probe | 372 kg", "Speed | 10.3 km/s"]
