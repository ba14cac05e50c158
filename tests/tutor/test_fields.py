"""Which field of a mission a question asks for, in both languages, and which sentences tell it."""

import pytest

from tutor.question.fields import FIELDS, asked_field


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Which rocket lifted Zarya?", "rocket"),
        ("曙光号是用哪种火箭发射的？", "rocket"),
        ("Where was Zarya launched from?", "launch site"),
        ("曙光号从哪个发射场升空？", "launch site"),
        ("Where did Luna 9 touch down?", "landing place"),
        ("月球9号落在哪里？", "landing place"),
        ("When did Zarya take off?", "launch date"),
        ("曙光号哪天升空的？", "launch date"),
        ("On what date did Luna 9 land?", "landing date"),
        ("月球9号什么时候着陆？", "landing date"),
        ("Who was aboard Soyuz 4?", "crew"),
        ("联盟4号的航天员是谁？", "crew"),
        ("What became of Luna 9?", "end"),
        ("月球9号的结局", "end"),
        ("Is Zarya still operating?", "status"),
        ("曙光号还在工作吗？", "status"),
        ("How heavy is Zarya?", None),
        ("Why is a rocket built in stages?", None),
        ("火箭为什么分级？", None),
        ("为什么两级火箭更快？", None),
        ("What does a rocket push against?", None),
        ("What fast rocket did it ride?", "rocket"),
        ("联盟号的航天员在哪个着陆场回家？", None),
        ("给两名航天员用的着陆器叫什么名字？", None),
        ("联盟4号上是哪几名航天员？", "crew"),
        ("", None),
    ],
)
def test_the_field_asked_for_is_known_by_its_words(question: str, field: str | None) -> None:
    found = asked_field(question)
    assert (found and found.name) == field


@pytest.mark.parametrize(
    ("field", "tells", "does_not"),
    [
        ("rocket", "Luna 9 was launched by a Molniya rocket.", "Luna 9 was launched in 1966."),
        ("launch date", "月球9号于1966年1月31日发射。", "月球9号于1966年2月3日着陆。"),
        ("landing place", "Luna 9 landed in Oceanus Procellarum.", "Luna 9 landed softly."),
        ("crew", "Soyuz 4 carried Vladimir Shatalov.", "Soyuz 4 carried one man."),
    ],
)
def test_a_sentence_tells_a_field_when_it_holds_all_of_it(field: str, tells: str, does_not: str) -> None:
    sought = next(one for one in FIELDS if one.name == field)
    assert sought.tells(tells)
    assert not sought.tells(does_not)
