"""What is suggested to be asked next: other facts of the mission, the lesson's neighbouring questions, nothing just asked or told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from space_course import MISSIONS, library_over, publish

from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.tutor import Tutor
from tutor.types import Answer, Question

FLYING = """---
id: flying.en
lesson: flying
title: Flying
language: en
---
## What makes a rocket rise?
A rocket rises because hot gas leaves its nozzle at high speed.
## Who was first?
A dog orbited the planet before any person did.
## Why does a rocket tilt over?
A rocket tilts over because an orbit needs sideways speed.
## How does it end?
The empty stage burns up in the atmosphere.
## Notes
The nozzle is a bell of metal that stands hot gas.
## How do people breathe up there?
People breathe air that machines clean for them.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("further")
    course = folder / "course"
    course.mkdir()
    for name, text in (MISSIONS | {"flying.en.md": FLYING}).items():
        (course / name).write_text(text, encoding="utf-8")
    data = DataFolder(folder / "data")
    publish(data, course)
    with library_over(data) as library:
        yield library


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return Tutor(library)


def asks(answer: Answer) -> list[str]:
    assert answer.kind == "grounded"
    return [one.text for one in answer.suggestions if one.text.endswith(("?", "？"))]


async def test_other_facts_of_the_mission_are_suggested_in_the_reply_s_language(tutor: Tutor) -> None:
    english = await tutor.ask(Question("How much lunar soil did Chang'e-5 bring back?"))
    assert asks(english) == ["When was Chang'e-5 launched?", "Which rocket launched Chang'e-5?"]
    assert [one.doc_id for one in english.suggestions][:2] == ["change-5.en"] * 2
    chinese = await tutor.ask(Question("嫦娥五号任务历时多少天？"))
    assert asks(chinese) == ["嫦娥五号是什么时候发射的？", "嫦娥五号是用什么火箭发射的？"]
    foreign = await tutor.ask(Question("嫦娥五号任务历时多少天？", language="en"))
    assert asks(foreign) == asks(english)


async def test_what_was_just_told_is_not_suggested(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("When was Chang'e-5 launched?"))
    assert "23 November 2020 by a Long March 5 rocket" in answer.text
    assert asks(answer) == []


async def test_two_missions_asked_about_are_both_gone_on_with_and_a_field_just_asked_is_not(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("谁乘坐神舟十五号飞行？"))
    assert not any("航天员是谁" in question for question in asks(answer))
    both = await tutor.ask(Question("What did Chang'e-5 and Chang'e-6 bring back from the Moon?"))
    assert asks(both) == ["When was Chang'e-5 launched?", "Which rocket launched Chang'e-5?"]


async def test_the_lesson_s_nearest_questions_that_stand_alone_are_suggested(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("Why does a rocket need sideways speed?"))
    assert answer.citations[0].section == "Why does a rocket tilt over?"
    assert asks(answer) == ["What makes a rocket rise?", "How do people breathe up there?"]


async def test_what_a_filter_leaves_out_is_not_suggested(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("Why does a rocket need sideways speed?", lesson="flying"))
    assert {one.doc_id for one in answer.suggestions} <= {"flying.en"}


async def test_a_refusal_names_lessons_and_suggests_no_question(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("Who painted the famous sunflowers?"))
    assert answer.kind == "refused"
    assert not any(one.text.endswith("?") for one in answer.suggestions)


async def test_an_answer_asked_again_suggests_the_same(tutor: Tutor) -> None:
    first, again = [await tutor.ask(Question("How much lunar soil did Chang'e-5 bring back?")) for _time in range(2)]
    assert "cache" in again.timings_ms
    assert first.suggestions == again.suggestions
