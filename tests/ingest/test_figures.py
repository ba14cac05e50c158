"""Whether a sentence tells a figure's value, in digits, words or Chinese numerals."""

import pytest

from ingest.course.figures import lacking, numbers


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (2_900_000_000, "It is 2.9 billion km long."),
        (1_500_000, "在距地球约150万千米的地方。"),
        (17_000, "每小时约1.7万千米。"),
        (3e-10, "只有约3.0 × 10⁻¹⁰帕"),
        ("21 h 36 min", "停留了21小时36分钟"),
        (1731, "It brought back 1,731 g."),
        (-183, "It is as cold as −183 °C."),
        (3, "Three astronauts flew."),
        (3, "三名航天员飞行。"),
        (21, "飞行了二十一天。"),
        (15, "共十五次。"),
        (200_000_000, "两亿千米。"),
        (17_000, "一万七千千米"),
        (3.5, "三点五倍"),
        (2020, "二〇二〇年"),
        ("340-450", "between 340 and 450 km"),
        ("none", "There is no figure in it."),
    ],
)
def test_a_sentence_tells_a_value_as_people_write_it(value: float | str, sentence: str) -> None:
    assert lacking(value, sentence) == ()


@pytest.mark.parametrize(
    ("value", "sentence", "lacks"),
    [
        (173, "It brought back 1,731 g.", (173.0,)),
        ("340-450", "340 to 460 km", (450.0,)),
        (99, "The lander had a mass.", (99.0,)),
        (1000, "一百千克", (1000.0,)),
        (10_000, "万户是一个人。", (10_000.0,)),
    ],
)
def test_what_a_sentence_lacks_is_told(value: float | str, sentence: str, lacks: tuple[float, ...]) -> None:
    assert lacking(value, sentence) == lacks


def test_words_that_only_hold_numerals_are_no_numbers() -> None:
    assert numbers("万户, 亿万, 百姓, 点亮, someone, tone") == set()
