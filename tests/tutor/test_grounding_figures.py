"""Figures, dates and times read from both languages: the same thing gives the same value, however it is written."""

from decimal import Decimal

import pytest

from knowledge_base.figures.figures import Figure
from knowledge_base.figures.moments import Moment
from tutor.grounding.reading import Reading


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,731 g", "1731", "g"),
        ("1731克", "1731", "g"),
        ("twenty-three days", "23", "day"),
        ("二十三天", "23", "day"),
        ("384,400 km", "384400", "km"),
        ("38.44万公里", "384400", "km"),
        ("3亿千米", "300000000", "km"),
        ("2.5 million kilometres", "2500000", "km"),
        ("7.9 km/s", "7.9", "km/s"),
        ("7.9 kilometres per second", "7.9", "km/s"),
        ("每秒7.9千米", "7.9", "km/s"),
        ("9.81米/秒²", "9.81", "m/s²"),
        ("9.81 m/s²", "9.81", "m/s²"),
        ("−153 °C", "-153", "°C"),
        ("86%", "86", "%"),
        ("86 percent", "86", "%"),
        ("百分之八十六", "86", "%"),
        ("852万牛", "8520000", "N"),
        ("三名航天员", "3", None),
        ("two hundred and five rockets", "205", None),
    ],
)
def test_a_figure_has_one_value_and_one_unit(text: str, value: str, unit: str | None) -> None:
    assert Reading(text).figures == {Figure(Decimal(value), unit)}


@pytest.mark.parametrize("text", ["the third country", "第三个国家", "the 3rd country"])
def test_an_ordinal_is_no_count(text: str) -> None:
    assert Reading(text).figures == {Figure(Decimal(3), None, "ordinal")}


@pytest.mark.parametrize(
    ("text", "value", "letter"),
    [("Apollo 11", "11", None), ("嫦娥五号", "5", None), ("Long March 5B", "5", "b"), ("长征五号B", "5", "b"), ("CE-5", "5", None)],
)
def test_a_name_s_number_is_no_count(text: str, value: str, letter: str | None) -> None:
    assert Reading(text).figures == {Figure(Decimal(value), letter, "serial")}


def test_both_ends_of_a_range_have_its_unit() -> None:
    assert Reading("2 to 3 kg").figures == {Figure(Decimal(2), "kg"), Figure(Decimal(3), "kg")}


@pytest.mark.parametrize("text", ["14 December 2020", "December 14th, 2020", "2020-12-14", "2020年12月14日", "二〇二〇年十二月十四日"])
def test_a_date_is_the_same_in_every_form(text: str) -> None:
    assert Reading(text).moments == {Moment(2020, 12, 14)}


@pytest.mark.parametrize(
    ("text", "clock"),
    [("20:30 UTC", "utc"), ("世界时20:30", "utc"), ("8:30 p.m. Beijing time", "beijing"), ("北京时间20:30", "beijing"), ("20:30", None)],
)
def test_a_time_has_the_clock_beside_it(text: str, clock: str | None) -> None:
    (moment,) = Reading(text).moments
    assert (moment.time, moment.clock) == ((20, 30), clock)


def test_less_of_a_date_lies_within_more_of_it() -> None:
    whole = Moment(2020, 12, 14)
    assert Moment(2020, 12).within(whole)
    assert Moment(2020).within(whole)
    assert not whole.within(Moment(2020, 12))
    assert not Moment(2020, 12, 14, clock="beijing").within(Moment(2020, 12, 14, clock="utc"))
    assert not Moment(2020, 12, 14).within(Moment(2020, 12, 14, clock="beijing"))
