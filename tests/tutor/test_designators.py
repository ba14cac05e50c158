"""Numbered names: learnt from titles and aliases, recognised however they are written."""

import pytest
from made_hits import document

from tutor.question.designators import Designators

COURSE = Designators(
    [
        document("change-5.en", "Chang'e-5", aliases=("嫦娥五号", "CE-5", "Chang'e 5", "嫦娥5号")),
        document("change-6.en", "Chang'e-6", aliases=("嫦娥六号", "CE-6")),
        document("shenzhou-15.zh", "神舟十五号", language="zh", aliases=("Shenzhou-15",)),
        document("long-march-5.en", "Long March 5", aliases=("长征五号", "CZ-5")),
        document("long-march-5b.zh", "长征五号B", language="zh", aliases=("Long March 5B", "长征五号乙")),
        document("rockets.en", "How rockets work"),
        document("gps.en", "Global Positioning System: 24 satellites and their clocks"),
    ]
)


def same(one: str, other: str) -> bool:
    """Whether both texts name the same, and something."""
    return bool(COURSE.named(one)) and COURSE.named(one) == COURSE.named(other)


@pytest.mark.parametrize("text", ["Chang'e 5", "Chang’e-5", "CHANG'E-5", "change 5", "CE-5", "ce 5", "嫦娥五号", "嫦娥5号", "嫦娥五號", "嫦娥-5"])
def test_every_spelling_of_a_name_is_the_same_name(text: str) -> None:
    assert same(text, "Chang'e-5")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("神舟十五号", "Shenzhou-15"),
        ("神舟15号", "Shenzhou 15"),
        ("Long March 5", "长征五号"),
        ("Long-March-5", "CZ-5"),
        ("嫦娥六号", "CE-6"),
        ("Long March 5B", "长征五号B"),
        ("CZ-5B", "长征五号乙"),
        ("Chang'e-5T1", "嫦娥五号T1试验器"),
    ],
)
def test_a_mission_has_one_name_in_both_languages(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize("text", ["Chang'e-6", "嫦娥六号", "CE-6", "Chang'e-55", "Chang'e-5T1", "嫦娥五号T1", "Long March 5", "神舟五号"])
def test_another_number_or_family_is_another_name(text: str) -> None:
    assert COURSE.named(text)
    assert not COURSE.named(text) & COURSE.named("Chang'e-5")


@pytest.mark.parametrize("text", ["Chang'e-9", "嫦娥九号", "CE-9", "Shenzhou-99", "神舟九十九号", "Long March 12"])
def test_a_number_that_the_course_lacks_is_still_one_of_the_family(text: str) -> None:
    assert len(COURSE.named(text)) == 1


def test_a_letter_makes_another_rocket() -> None:
    assert not COURSE.named("Long March 5B") & COURSE.named("Long March 5")
    assert not COURSE.named("长征五号B") & COURSE.named("长征五号")


def test_what_follows_a_name_is_no_letter_of_it() -> None:
    assert COURSE.named("嫦娥五号 CE-5 带回月壤") == COURSE.named("Chang'e-5")
    assert COURSE.named("嫦娥五号 moon soil") == COURSE.named("Chang'e-5")


def test_all_names_in_a_text_are_found() -> None:
    assert COURSE.named("Chang'e-5 flew on a Long March 5 before Chang'e-6.") == (
        COURSE.named("Chang'e-5") | COURSE.named("Long March 5") | COURSE.named("Chang'e-6")
    )


@pytest.mark.parametrize(
    "text",
    ["", "Chang'e brought soil back", "嫦娥带回月壤", "The march took 5 days", "in 2020", "24 satellites", "5 Chang'e"],
)
def test_a_number_alone_or_a_family_alone_names_nothing(text: str) -> None:
    assert not COURSE.named(text)


def test_a_title_that_goes_on_after_its_number_is_no_family() -> None:
    assert not Designators([document("d", "The 9 planets and the Sun"), document("e", "Top 10 rockets of all time")]).named("The 9 planets, top 10")
