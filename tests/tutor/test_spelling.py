"""Slips of the pen: mended where one word of the course is meant, and left alone where it might be another word."""

import pytest

from tutor.question.spelling import Spelling

TEXTS = ("The weight of a satellite and its navigation.", "An ellipse; ellipses. The resolution was quiet, and so was the contact.", "卫星的重量")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whats the wieght of it", "whats the weight of it"),
        ("how does navigaton work?", "how does navigation work?"),
        ("Its Navigtaion!", "Its Navigation!"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert Spelling(TEXTS).mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "What is the weight of satellites?",  # another form of a word that is there
        "When is the next eclipse, and are eclipses rare?",  # another word
        "Is it quite a contract? Was there a revolution?",
        "wight?",  # too short to tell
        "卫星有多重？",
        "",
        "a" * 2000,
        "ſ İ ﬁ ß <b>&",
    ],
)
def test_anything_else_is_left_alone(question: str) -> None:
    assert Spelling(TEXTS).mended(question) == question


def test_two_words_that_might_be_meant_are_none() -> None:
    assert Spelling(["abdcef abcdfe"]).mended("abcdef") == "abcdef"


def test_a_course_without_latin_words_mends_nothing() -> None:
    assert Spelling(["卫星"]).mended("wieght") == "wieght"
