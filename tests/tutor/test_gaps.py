"""Refused questions put together by likeness."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge_base.embedding.base import Vectors
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.language import detect
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.gaps import GapFinder
from tutor.remembered import Gap, RefusedQuestion

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
TITLES = {"venus.en": "Venus", "mars.en": "Mars"}


class NotingEmbedder(HashingEmbedder):
    """The honest fake, which notes how many questions it was given at once."""

    def __init__(self) -> None:
        self.noted: list[int] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.noted.append(len(texts))
        return super().embed_queries(texts)


@pytest.fixture
def embedder() -> NotingEmbedder:
    return NotingEmbedder()


@pytest.fixture
def finder(tmp_path: Path, embedder: NotingEmbedder) -> GapFinder:
    return GapFinder(Library(DataFolder(tmp_path), embedder))


def refused(*questions: str, topic: str | None = "venus.en") -> list[RefusedQuestion]:
    """Asked by a caller each, newest first."""
    return [
        RefusedQuestion(f"a{number}", f"caller {number}", NOON - dt.timedelta(minutes=number), detect(text), text, topic)
        for number, text in enumerate(questions)
    ]


async def found(finder: GapFinder, questions: Sequence[RefusedQuestion]) -> tuple[Gap, ...]:
    return await finder.find(questions, TITLES)


async def test_without_refusals_there_are_no_gaps(finder: GapFinder) -> None:
    assert await found(finder, []) == ()


async def test_questions_alike_are_one_gap_and_others_their_own_newest_first(finder: GapFinder) -> None:
    gaps = await found(finder, refused("How hot is Venus?", "Do astronauts earn much?", "how hot is venus", "金星有多热？"))
    assert [(gap.count, gap.newest, gap.languages) for gap in gaps] == [
        (2, NOON, ("en",)),
        (1, NOON - dt.timedelta(minutes=1), ("en",)),
        (1, NOON - dt.timedelta(minutes=3), ("zh",)),
    ]
    assert {gap.topic for gap in gaps} == {"Venus"}


async def test_questions_of_other_figures_are_never_alike(finder: GapFinder) -> None:
    gaps = await found(finder, refused("How much soil did Chang'e-8 bring?", "How much soil did Chang'e-9 bring?", "嫦娥九号", "嫦娥9号"))
    assert [gap.count for gap in gaps] == [1, 1, 2]


async def test_wording_is_shown_from_three_callers_on_and_is_the_most_typical(finder: GapFinder) -> None:
    odd = "I am Wang Xiaoming, how hot is Venus?"
    questions = refused(odd, "How hot is Venus?", "how hot is Venus")
    assert [gap.wording for gap in await found(finder, questions[:2])] == [None]
    (gap,) = await found(finder, questions)
    assert (gap.callers, gap.wording) == (3, "How hot is Venus?")
    one_caller = [RefusedQuestion(f"b{number}", "anna", NOON, "en", "How hot is Venus?", None) for number in range(5)]
    assert [(gap.count, gap.callers, gap.wording) for gap in await found(finder, one_caller)] == [(5, 1, None)]


async def test_the_topic_is_the_document_that_most_came_nearest_to_and_none_that_is_withdrawn(finder: GapFinder) -> None:
    questions = [*refused("How hot is Venus?", topic="gone.en"), *refused("How hot is Venus?", "How hot is Venus?", topic="mars.en")]
    questions = [RefusedQuestion(f"c{number}", *list(vars(one).values())[1:]) for number, one in enumerate(questions)]
    assert [(gap.doc_id, gap.topic) for gap in await found(finder, questions)] == [("mars.en", "Mars")]
    assert [(gap.doc_id, gap.topic) for gap in await found(finder, questions[:1])] == [(None, None)]


async def test_each_question_is_embedded_once_and_a_few_at_a_time_and_forgotten_with_its_answer(finder: GapFinder, embedder: NotingEmbedder) -> None:
    questions = refused(*(f"What is the number of word{number}?" for number in range(39)), "What is the number of word7?")
    await found(finder, questions[1:])
    assert embedder.noted == [16, 16, 6]
    await found(finder, questions)
    assert embedder.noted == [16, 16, 6, 1]
    await found(finder, questions[:1])
    assert len(finder._vectors) == 1
