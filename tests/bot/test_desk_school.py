"""The desk as wiring makes it, over a course of the school's own form: browsed, practised and forgotten, with nothing that stands in."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from desk_course import FILES, LAUNCHED
from desk_stage import Student, labels

from bot.desk import FrontDesk
from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from navigator import wiring
from navigator.settings import Settings

PASSAGE = "Rockets drop empty stages because less mass is easier to speed up."
LESSON = f"""---
id: staging.en
lesson: staging
unit: getting-to-space
order: 2
title: Why rockets drop their stages
language: en
grade_band: 4-6
goals: [explain why stages are dropped, work out a thrust]
prerequisites: []
missions: [change-5]
as_of: 2026-05-24
vocabulary:
  - {{term: stage, other: 级, meaning: A tank with its engines.}}
  - {{term: thrust, other: 推力, meaning: The push of an engine.}}
  - {{term: tank, other: 贮箱, meaning: What holds propellant.}}
  - {{term: mass, other: 质量, meaning: How much of it there is.}}
sources: [{{title: A book}}]
questions:
  - {{id: staging-1, kind: choice, level: 1, question: "What is dropped?", hint: It is empty., explanation: It is of no more use.,
      section: "Why do rockets drop their stages?", passage: "{PASSAGE}", choices: [{{text: An empty stage, right: true}},
      {{text: The crew, misconception: You may be thinking of a bailout.}}, {{text: The pad, misconception: You may be thinking of the start.}}]}}
  - {{id: staging-2, kind: number, level: 2, value: 300000, unit: N, tolerance: 0.05, question: "What is the thrust, in N?", hint: Multiply.,
      explanation: 100 times 3000., section: Thrust, passage: An engine that throws out 100 kg each second at 3000 m/s has a thrust of 300000 N.}}
  - {{id: staging-3, kind: short, level: 1, question: "What does a rocket carry?", hint: It burns with fuel., explanation: There is no air in space.,
      section: Thrust, passage: A rocket carries its own oxidiser., answer: its oxidiser, accept: [[oxidiser, oxygen]]}}
  - {{id: staging-4, kind: short, level: 1, question: "What else?", hint: Burn., explanation: Fuel., section: Thrust,
      passage: A rocket carries its own oxidiser., answer: fuel, accept: [[fuel]]}}
  - {{id: staging-5, kind: short, level: 1, question: "And then?", hint: Up., explanation: Up., section: Thrust,
      passage: A rocket carries its own oxidiser., answer: up, accept: [[up]]}}
---
# Why rockets drop their stages

## Why do rockets drop their stages?

{PASSAGE}

## Thrust

An engine that throws out 100 kg each second at 3000 m/s has a thrust of 300000 N. A rocket carries its own oxidiser.
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A school whose course is published, and whose player is somewhere."""
    folder = tmp_path_factory.mktemp("school")
    files = {"course.yaml": "course: space\n", "lessons/staging.en.md": LESSON, "missions/change-5.yaml": FILES["change-5.yaml"]}
    for name, text in files.items():
        path = folder / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = Ingestion(DataFolder(folder / "data"), HashingEmbedder).run(Order([folder / "course"]))
    assert not report.failed, report.problems
    return Settings(data_dir=folder / "data", embedder="hashing", course_url="https://player.example/")


@pytest.fixture(scope="module")
def library(settings: Settings) -> Iterator[Library]:
    library = wiring.library(settings)
    yield library
    library.close()


@asynccontextmanager
async def open_school(settings: Settings, library: Library) -> AsyncIterator[FrontDesk]:
    memory, learners = wiring.memory(settings, library), wiring.learners(settings)
    async with memory.running(), learners.running():
        yield FrontDesk(wiring.rooms(settings, wiring.tutor(settings, library, memory), memory, learners), tenant="test")


async def test_a_lesson_from_the_list_to_the_end_of_its_quiz_over_a_restart(settings: Settings, library: Library) -> None:
    async with open_school(settings, library) as desk:
        student = Student(desk)
        await student.says("/lessons")
        assert student.last.text.startswith("Getting to space")
        await student.presses("Why rockets")
        url = student.button("📖").url
        assert url is not None
        assert url.startswith("https://player.example/?doc=staging.en")
        assert "• work out a thrust" in student.last.text
        await student.presses("🎯 Quiz me (5)")
        assert sorted(label[3:] for label in labels(student.last)[:3]) == ["An empty stage", "The crew", "The pad"]
        crew = next(label for label in labels(student.last) if label.endswith("The crew"))
        assert "You may be thinking of a bailout." in await student.presses(crew)
        stage = next(label for label in labels(student.last) if label.endswith("An empty stage"))
        told = await student.presses(stage)
        assert "✅" in told
        assert "[1] Why rockets drop their stages · Why do rockets drop their stages?" in told
        assert student.seen.replaced[-1].sources[0].url is not None
    async with open_school(settings, library) as desk:
        student.desk = desk
        assert "✅" in await student.says("about 300 kN")
        assert "❌ Not quite." in await student.says("a parachute")
        assert "The answer: its oxidiser" in await student.says("a parachute")
        assert "✅" in await student.says("fuel")
        assert "Done! 4 of 5 right." in await student.says("up")


async def test_missions_cards_and_forgetting_are_the_course_s_and_the_database_s(settings: Settings, library: Library) -> None:
    async with open_school(settings, library) as desk:
        student = Student(desk, "1234", language="zh")
        await student.says("/missions")
        await student.presses("嫦娥五号")
        assert "2020年11月23日" in student.last.text
        assert all(source.url for source in student.last.sources)
        assert any(card.title.startswith("Chang'e-5") for card in await desk.cards("Chang'e-5", "en"))
        assert await desk.cards("sunflowers", "en") == ()
        await student.says(LAUNCHED)
        assert student.last.text.startswith("Chang'e-5 was launched on 23 November 2020")
        await student.presses("👍")
        await student.says("/level 4-6")
        assert await student.says("/forget") == "已全部删除。之前有：1 个回答、1 个评价、你的选择。现在：什么都没有。"
        assert await student.says("/sources") == "这里还没有我的回答，所以没有来源可看。先问我一个问题吧。"
