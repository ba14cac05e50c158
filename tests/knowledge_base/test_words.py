"""Words and languages: two spellings of one thing give the same words, and each text is told its language."""

import pytest

from knowledge_base.language import Language, detect, fold, has_han
from knowledge_base.words import number, words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Why do rockets drop their stages?", "en"),
        ("火箭为什么要分级？", "zh"),
        ("Chang'e-5", "en"),
        ("嫦娥五号", "zh"),
        ("什么是 delta-v？", "zh"),
        ("what does 比冲 mean", "en"),
        ("Please tell me in simple English what 月 is and why the Moon shines", "en"),
        ("CZ-5B 火箭", "zh"),
        ("Falcon 9 和 Falcon Heavy 哪个大？", "zh"),
        ("", "en"),
        ("12,345 ?!", "en"),
    ],
)
def test_the_language_is_the_one_that_the_text_is_mostly_in(text: str, language: Language) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "held"), [("月", True), ("a月b", True), ("㐂", True), ("豈", True), ("。，", False), ("ロケット", False), ("", False)]
)
def test_han_characters_are_seen_and_marks_are_not(text: str, held: bool) -> None:
    assert has_han(text) is held


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("嫦娥五號", "嫦娥五号"),
        ("ＡＢＣ１２", "abc12"),
        ("Chang’e", "chang'e"),
        ("Chang`e", "chang'e"),
        ("Kármán", "karman"),
        ("RÜMKER", "rumker"),
        ("m²", "m2"),
        ("ガ", "ガ"),
        ("Ø", "ø"),
    ],
)
def test_two_spellings_fold_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_folding_keeps_kana_apart_that_differ_by_their_marks() -> None:
    assert fold("ガ") != fold("カ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chang'e-5", "Change 5"),
        ("Chang’e-5's", "Chang'e 5"),
        ("嫦娥五号", "嫦娥5号"),
        ("在月球背面著陸，帶著著名的旗", "在月球背面着陆，带着著名的旗"),
        ("嫦娥五號", "嫦娥五号"),
        ("神舟十二号", "神舟12号"),
        ("神舟二十三号", "神舟23号"),
        ("1,731 g", "1731 g"),
        ("1,234,567", "1234567"),
        ("rockets", "rocket"),
        ("Orbiting the Moon", "orbit moon"),
        ("Kármán line", "Karman line"),
        ("Bjørn", "bjørn"),
    ],
)
def test_two_ways_to_write_one_thing_give_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rocket's thrust, in newtons!", ["rocket", "thrust", "newton"]),
        ("火箭的推力是多少？", ["火箭", "推力"]),
        ("3.5 t at 7.9 km/s", ["3.5", "t", "7.9", "km", "s"]),
        ("2016HO3 and 3I/ATLAS", ["2016ho3", "3i", "atlas"]),
        ("长征5B", ["长征", "5b"]),
        ("Чайка", ["чаика"]),
        ("Moon Moon", ["moon", "moon"]),
        ("What is it? 是什么？", []),
        ("", []),
        ("—…！🚀", []),
    ],
)
def test_content_words_stand_in_order_and_function_words_fall_away(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_with_an_accent_is_not_cut_at_it() -> None:
    assert words("Bjørn Kármán") == ["bjørn", "karman"]


@pytest.mark.parametrize(
    ("numeral", "value"), [("五", 5), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("两", 2), ("〇", 0), ("一〇", 10)]
)
def test_chinese_numerals_below_a_hundred_have_their_value(numeral: str, value: int) -> None:
    assert number(numeral) == value
