"""Kinds of questions demand something of the sentences that answer them, whatever they are about."""

import pytest

from tutor.question.comparisons import asks_for_first, compares, tells_comparison, tells_first
from tutor.question.demands import demands

# A question; a sentence that may answer it; one that may not.
TABLE = [
    ("What time did Luna 9 touch down?", "Luna 9 landed at 18:45 UTC on 3 February 1966.", "Luna 9 landed on 3 February 1966."),
    ("月球9号是几点着陆的？", "月球9号于18:45着陆。", "月球9号于1966年2月3日着陆。"),
    ("Which company built the lander?", "The lander was built by the company Firefly.", "The lander is 2 m tall."),
    ("着陆器是哪家公司造的？", "着陆器由萤火虫公司研制。", "着陆器高2米。"),
    ("Who will be the first woman on Mars?", "Jane Doe is planned to land on Mars.", "Valentina Tereshkova flew in 1963."),
    ("谁会是第一个上火星的人，将会是谁？", "计划由张三丰登上火星。", "杨利伟于2003年飞行。"),
    ("How often does a window open?", "A window opens every 26 months.", "The flight takes 259 days."),
    ("发射窗口多久一次？", "窗口每26个月才有一次。", "飞行要259天。"),
    ("Who was the other cosmonaut with Leonov?", "Pavel Belyayev flew with him.", "Alexei Leonov left the ship."),
    ("Which astronaut flew it?", "Alan Shepard flew Freedom 7.", "Freedom 7 was launched by a Redstone rocket."),
    ("神舟五号的航天员是谁？", "神舟五号的航天员是杨利伟。", "神舟五号绕地球飞行14圈。"),
    ("Which is heavier, Luna 9 or Luna 2?", "Luna 2 was lighter than Luna 9.", "Luna 9 had a mass of 99 kg."),
    ("月球9号和月球2号哪个更重？", "月球9号比月球2号轻。", "月球9号的质量是99千克。"),
]


@pytest.mark.parametrize(("question", "telling", "other"), TABLE)
def test_only_a_sentence_that_holds_what_is_demanded_answers(question: str, telling: str, other: str) -> None:
    assert demands(question).met_by(telling)
    assert not demands(question).met_by(other)


@pytest.mark.parametrize(
    "question", ["What is staging?", "航天员在哪个着陆场落地？", "Who built the lander?", "火箭为什么分级？", "", "What time of year is best for it?"]
)
def test_other_questions_demand_nothing(question: str) -> None:
    assert demands(question).met_by("Luna 9 was the first to do so.")


@pytest.mark.parametrize(
    "question",
    [
        "Which rover drove the farthest?",
        "Is Mars colder than Venus?",
        "What is the tallest rocket?",
        "哪个火箭最高？",
        "玉兔号和祝融号哪个重？",
        "谁飞得更久？",
    ],
)
def test_comparisons_are_known(question: str) -> None:
    assert compares(question)


@pytest.mark.parametrize("question", ["Why is the Moon dry?", "What makes up most of the air?", "哪个火箭发射了它？"])
def test_what_compares_nothing_is_no_comparison(question: str) -> None:
    assert not compares(question)


@pytest.mark.parametrize("sentence", ["It is the tallest.", "It flew farther than any other.", "它比月球大。", "这是最高的火箭。"])
def test_sentences_tell_a_comparison(sentence: str) -> None:
    assert tells_comparison(sentence)
    assert not tells_comparison("It is 57 m tall.")


def test_the_first_of_all_is_asked_for_but_not_by_a_name() -> None:
    assert asks_for_first("Which probe was the first at Pluto?")
    assert asks_for_first("第一个到冥王星的探测器")
    assert not asks_for_first("How big is the first stage?")
    assert not asks_for_first("第一宇宙速度是多少？")
    assert tells_first("New Horizons was the first there.")
    assert not tells_first("New Horizons flew past Pluto.")
