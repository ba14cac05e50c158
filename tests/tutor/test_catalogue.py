"""Browsing a real small release: lessons by unit and order, missions by launch, facts as cards."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml
from school_course import WORDS, school_library, write_school
from space_course import library_over, publish, small_library

from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Hit
from tutor.catalogue import Catalogue, LessonEntry, MissionEntry
from tutor.types import Language


def player(hit: Hit) -> str:
    return f"https://school.example/{hit.document.doc_id}"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with school_library(tmp_path_factory.mktemp("school")) as library:
        yield library


@pytest.fixture
def catalogue(library: Library) -> Catalogue:
    return Catalogue(library, player)


async def test_lessons_stand_by_unit_and_order_and_say_what_one_learns(catalogue: Catalogue) -> None:
    assert [entry.lesson for entry in await catalogue.lessons("zh")] == ["engines", "staging"]
    assert await catalogue.lesson("staging", "en") == LessonEntry(
        lesson="staging",
        doc_id="staging.en",
        title="Why rockets drop their stages",
        language="en",
        unit="getting-to-space",
        order=2,
        grade_band="4-6",
        goals=("tell one thing", "tell another"),
        sections=(WORDS["en"]["heading"], WORDS["en"]["other"]),
        questions=(WORDS["en"]["heading"], WORDS["en"]["other"]),
        checks=5,
        url="https://school.example/staging.en",
    )
    assert await catalogue.lesson("nothing", "en") is None


async def test_missions_stand_by_their_launch(catalogue: Catalogue) -> None:
    assert [(entry.mission, entry.launched) for entry in await catalogue.missions("en")] == [
        ("change-5", "2020-11-23"),
        ("change-6", "2024-05-03"),
        ("long-march-5", None),
        ("shenzhou-15", None),
    ]
    assert await catalogue.mission("change-5", "zh") == MissionEntry(
        mission="change-5",
        doc_id="change-5.zh",
        title="嫦娥五号",
        language="zh",
        about="嫦娥五号是中国的任务，从月球正面带回了样品。",
        launched="2020-11-23",
        url="https://school.example/change-5.zh",
    )
    assert await catalogue.mission("", "en") is None


@pytest.mark.parametrize(("query", "language"), [("嫦娥五号", "zh"), ("Chang'e-5", "zh"), ("CE-5", "zh"), (" 嫦娥5号 ", "zh")])
async def test_a_name_gives_the_facts_of_what_it_names(catalogue: Catalogue, query: str, language: Language) -> None:
    cards = await catalogue.cards(query, language)
    assert [(card.title, card.text) for card in cards] == [
        ("嫦娥五号 · 简介", "嫦娥五号是中国的任务，从月球正面带回了样品。"),
        ("嫦娥五号 · 发射与飞行过程", "嫦娥五号于2020年11月23日由长征五号运载火箭发射。"),
        ("嫦娥五号 · 数据", "嫦娥五号带回了1,731克月壤。嫦娥五号的发射质量是8,200千克。"),
        ("嫦娥五号 · 数据", "嫦娥五号任务历时23天。"),
    ]
    assert [(card.citation.n, card.citation.doc_id, card.citation.url) for card in cards][:1] == [
        (1, "change-5.zh", "https://school.example/change-5.zh")
    ]
    assert len({card.card_id for card in cards}) == len(cards)
    assert all(card.citation.quote.split() and len(card.card_id) <= 64 for card in cards)


async def test_a_name_that_is_still_being_typed_finds_what_begins_so(catalogue: Catalogue) -> None:
    cards = await catalogue.cards("嫦娥", "zh")
    assert [card.title for card in cards][:2] == ["嫦娥五号 · 简介", "嫦娥六号 · 简介"]
    assert len(await catalogue.cards("chang", "en", 3)) == 3


async def test_what_is_asked_of_a_mission_comes_first(catalogue: Catalogue) -> None:
    cards = await catalogue.cards("How much lunar soil did Chang'e-5 bring back?", "en")
    assert cards[0].text == "Chang'e-5 brought back 1,731 g of lunar soil."
    assert {card.citation.doc_id for card in cards} == {"change-5.en"}
    assert not any(cards[0].text in card.text for card in cards[1:])


@pytest.mark.parametrize("query", ["", "  ", "\u200b", "\ud800", "\x00", "pizza", "x" * 5000, "谁是总统", "<b>&amp;"])
async def test_what_the_course_does_not_hold_gives_no_card(catalogue: Catalogue, query: str) -> None:
    assert await catalogue.cards(query, "en") == ()


async def test_lessons_and_missions_without_a_place_come_last(tmp_path: Path) -> None:
    with small_library(tmp_path) as library:
        lessons = await Catalogue(library, player).lessons("en")
        assert [(entry.title, entry.unit, entry.order, entry.grade_band, entry.checks) for entry in lessons] == [
            ("How rockets work", None, None, None, 0),
            ("The Moon", None, None, None, 0),
        ]


async def test_a_new_release_is_read_anew(tmp_path: Path) -> None:
    with school_library(tmp_path) as library:
        catalogue = Catalogue(library, player)
        assert await catalogue.mission("change-6", "en") is not None
        course = write_school(tmp_path / "course")
        (course / "missions/change-6.yaml").unlink()
        publish(library.data, course)
        library._refresh()
        assert await catalogue.mission("change-6", "en") is None
        assert [card.title.split(" ")[0] for card in await catalogue.cards("chang'e", "en")] == ["Chang'e-5"] * 4


async def test_questions_to_begin_with_are_spread_over_what_students_ask(tmp_path: Path) -> None:
    course = write_school(tmp_path / "course")
    sentence, chinese = (WORDS[language]["passage"] for language in ("en", "zh"))
    lists = {
        "staging.en": [{"asked": [f"in small letters {n}?", f"Question {n}?"], "answer": sentence} for n in range(10)],
        "staging.zh": [{"asked": ["为啥要扔", "为什么要扔掉贮箱？"], "answer": chinese}, {"asked": ["扔掉贮箱的原因"], "answer": chinese}],
    }
    for doc_id, listed in lists.items():
        (course / "faq").mkdir(exist_ok=True)
        (course / f"faq/{doc_id}.yaml").write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
    data = DataFolder(tmp_path / "data")
    publish(data, course)
    with library_over(data) as library:
        entries = {entry.doc_id: entry for language in get_args(Language) for entry in await Catalogue(library, player).lessons(language)}
    assert entries["staging.en"].questions == ("Question 0?", "Question 2?", "Question 5?", "Question 7?")
    assert entries["staging.zh"].questions == ("为什么要扔掉贮箱？", "扔掉贮箱的原因？")
