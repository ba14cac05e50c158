"""How many of what is asked, which sentences count it, and which measure of a thing they tell."""

import pytest

from tutor.question.counted import counted, tells_count
from tutor.question.dimensions import asked_dimension


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many engines does Zarya have?", "engines"),
        ("How many solar arrays are there on Zarya?", "solar arrays"),
        ("how many hatches?", "hatches"),
        ("曙光号有几个舱门？", "舱门"),
        ("曙光号有多少台发动机", "发动机"),
        ("How many days did it fly?", None),
        ("How many times did it circle the Earth?", None),
        ("How many kilograms is Zarya?", None),
        ("由哪几个舱门组成？", None),
        ("When was it?", None),
        ("", None),
    ],
)
def test_the_thing_that_is_to_be_counted_is_no_unit(question: str, thing: str | None) -> None:
    assert counted(question) == thing


@pytest.mark.parametrize(
    ("thing", "sentence", "told"),
    [
        ("engines", "Zarya has 2 large engines.", True),
        ("engines", "Two engines push it.", True),
        ("astronauts", "It flies with a crew of 3.", True),
        ("crew members", "The crew of Soyuz 4 were Vladimir Shatalov and others.", True),
        ("engines", "Its engines burned until it was launched again on 14 May 1973.", False),
        ("engines", "Zarya has engines.", False),
        ("发动机", "曙光号有2台发动机。", True),
        ("发动机", "发动机在1998年11月20日之后点火。", False),
    ],
)
def test_a_count_is_a_number_beside_the_thing(thing: str, sentence: str, told: bool) -> None:
    assert tells_count(sentence, thing) is told


@pytest.mark.parametrize(
    ("question", "tells", "does_not"),
    [
        ("How heavy was Luna 16?", "Luna 16 had a mass of 5,600 kg.", "Luna 16 set aside 30 kg for a drill."),
        ("How heavy was Luna 16?", "Luna 16 weighed 5,600 kg.", "The samples of Luna 16 have a mass of 101 g."),
        ("月球16号有多重？", "月球16号质量5,600千克。", "月球16号带回101克。"),
        ("How heavy were Luna 16's samples?", "Luna 16 brought back 101 g of soil.", "Luna 16 had a mass of 5,600 kg."),
        ("What was the mass of the soil that Luna 16 returned?", "Luna 16 brought back 101 g of soil.", "Luna 16 had a mass of 5,600 kg."),
        ("月球16号带回来的月壤有多重？", "月球16号带回了101克月球土壤。", "月球16号质量5,600千克。"),
        ("How heavy was the sample return capsule of Luna 16?", "Its capsule had a mass of 35 kg.", "Luna 16 brought back 101 g of soil."),
        ("How deep is Tycho?", "Tycho is 4.7 km deep.", "The rover drove 4.7 km."),
        ("What is the diameter of Tycho?", "Tycho is 85 km across.", "Tycho is 4.7 km deep."),
        ("月球车一共走了多少米？", "月球车行驶了114米。", "撞击坑宽186千米。"),
    ],
)
def test_a_measure_is_told_by_no_other(question: str, tells: str, does_not: str) -> None:
    dimension = asked_dimension(question)
    assert dimension is not None
    assert dimension.tells(tells)
    assert not dimension.tells(does_not)
    assert asked_dimension("When was it?") is None
