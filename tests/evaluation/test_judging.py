"""The judge's reading of answers: statements, figures, dates, mission names."""

import dataclasses

import pytest
from judged_sources import DOCUMENTS

from evaluation.judging.dates import Date, dates
from evaluation.judging.figures import Figure, figures
from evaluation.judging.names import MissionNames
from evaluation.judging.statements import cut
from evaluation.judging.stems import stem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It weighed 1,731 g [1]. It flew in 2020 [2][3].", [("It weighed 1,731 g", (1,)), ("It flew in 2020", (2, 3))]),
        ("带回了1,731克月壤。[1]", [("带回了1,731克月壤。", (1,))]),
        ("One. Two. [1] And nothing behind this.", [("One. Two.", (1,)), ("And nothing behind this.", ())]),
        ("月球没有空气。 (in Chinese in the course) [1]", [("月球没有空气。", (1,))]),
        ("It flew [1].", [("It flew", (1,))]),
        ("[1]", []),
        ("", []),
    ],
)
def test_an_answer_is_cut_at_its_marks(text: str, told: list[tuple[str, tuple[int, ...]]]) -> None:
    assert list(cut(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It brought 1,731 g.", [Figure(1731, "g")]),
        ("带回1731克", [Figure(1731, "g")]),
        ("at 11.2 km/s", [Figure(11.2, "km")]),
        ("a 35-metre dish", [Figure(35, "m")]),
        ("距地球38万公里", [Figure(380_000, "km")]),
        ("约1.5亿千米", [Figure(150_000_000, "km")]),
        ("3.5千克", [Figure(3.5, "kg")]),
        ("三千克", [Figure(3, "kg")]),
        ("三千千克", [Figure(3000, "kg")]),
        ("2.5 million years", [Figure(2_500_000, "year")]),
        ("three hundred and twenty-five days", [Figure(325, "day")]),
        ("two million", [Figure(2_000_000)]),
        ("三百二十五天", [Figure(325, "day")]),
        ("一九六九年", [Figure(1969, "year")]),
        ("两名航天员", [Figure(2)]),
        ("嫦娥五号", [Figure(5)]),
        ("百分之二十", [Figure(20, "percent")]),
        ("20 per cent", [Figure(20, "percent")]),
        ("−60 °C", [Figure(60, "celsius")]),
        ("in the 1960s", [Figure(1960)]),
        ("at 04:30", [Figure("4:30")]),
        ("the fifth flight", [Figure(5)]),
        ("１２ 吨", [Figure(12, "t")]),
        ("十分重要，一些四川人，万一，千万，第一", []),
        ("one of hundreds, of a second", []),
        ("no figure at all", []),
    ],
)
def test_figures_are_read_with_their_units(text: str, told: list[Figure]) -> None:
    assert figures(text) == told


def test_a_source_is_read_leniently() -> None:
    assert Figure(1.0) in figures("one person", lenient=True)
    assert {Figure(38.0), Figure(380_000.0)} <= {dataclasses.replace(one, unit=None) for one in figures("38万公里", lenient=True)}
    assert {Figure(4.0), Figure(2.0), Figure(19.0)} <= set(figures("Titan IVB, Artemis II, Shenzhou XIX", lenient=True))
    assert {Figure("20:30:12"), Figure("20:30")} <= set(figures("at 20:30:12 UTC", lenient=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("on 20 July 1969", Date(1969, 7, 20)),
        ("July 20th, 1969", Date(1969, 7, 20)),
        ("20 Jul 1969", Date(1969, 7, 20)),
        ("1969-07-20", Date(1969, 7, 20)),
        ("1969年7月20日", Date(1969, 7, 20)),
        ("7月20号", Date(None, 7, 20)),
        ("in December 2020", Date(2020, 12, None)),
        ("2020年12月", Date(2020, 12, None)),
        ("3 May", Date(None, 5, 3)),
    ],
)
def test_dates_are_read_in_every_form(text: str, told: Date) -> None:
    found, rest = dates(text)
    assert found == [told]
    assert figures(rest) == [], "a date's numbers are told once"


@pytest.mark.parametrize("text", ["it may 5 times", "a Long March 5 rocket", "in 1969", "5个月", "marching 20 miles", "12:30", ""])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates(text) == ([], text)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Chang'e-5 landed", [{"change-5"}]),
        ("CHANG’E 5 landed", [{"change-5"}]),
        ("嫦娥五号和嫦娥六号", [{"change-5"}, {"change-6"}]),
        ("CE-5 and Chang'e-6", [{"change-5"}, {"change-6"}]),
        ("Chang'e-9 and 嫦娥十二号", [{"change-9"}, {"change-12"}]),
        ("ACE-5, Chang'e-5th", []),
        ("a moon", []),
    ],
)
def test_missions_are_known_by_every_name(text: str, subjects: list[set[str]]) -> None:
    assert MissionNames(DOCUMENTS.values()).named(text)[0] == [frozenset(one) for one in subjects]


def test_a_course_without_missions_names_none() -> None:
    assert MissionNames([]).named("Chang'e-5") == ([], "Chang'e-5")


@pytest.mark.parametrize(
    ("one", "other"), [("change-5.en", "change-5.zh"), ("en-00-0.md", "zh-00-0.md"), ("en-7", "zh-7"), ("a/en/b.md", "a/zh/b.md")]
)
def test_two_languages_of_one_document_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_other_documents_share_none() -> None:
    assert len({stem(one) for one in ("change-5.en", "change-6.zh", "zhen.md", "en-00-1.md", "en-00-2.md", "agent.md")}) == 6
