"""Answers kept: found again in their release alone, bounded, made once for all who ask at a time, and nobody's own."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from space_course import small_library, tutor_of

from knowledge_base.library import Library
from tutor.answer_cache import CACHE, AnswerCache
from tutor.types import Answer, Kind, Question

RELEASE = "r1"


class Making:
    """Makes answers, counts them, and waits where it is told to."""

    def __init__(self, *, release: str = RELEASE, kind: Kind = "grounded") -> None:
        self.made = 0
        self.ended = 0
        self.open = asyncio.Event()
        self.open.set()
        self.fails = False
        self._release, self._kind = release, kind

    async def __call__(self) -> Answer:
        self.made += 1
        try:
            await self.open.wait()
        finally:
            self.ended += 1
        if self.fails:
            raise ValueError("cannot be answered")
        return Answer("its id", "its conversation", self._kind, "Yes.", "en", (), 1.0, (), "extract", self._release, {"search": 3.0}, None)


async def asked(cache: AnswerCache, making: Making, text: str = "Is it?", release: str = RELEASE) -> Answer:
    return await cache.answer(release, Question(text), making)


async def test_asked_again_it_is_not_made_again_and_says_so() -> None:
    cache, making = AnswerCache(), Making()
    first, again = await asked(cache, making), await asked(cache, making, "  Is it? \n")
    assert (first.answer_id, first.timings_ms) == ("its id", {"search": 3.0})
    assert making.made == 1
    assert set(again.timings_ms) == {CACHE}
    assert replace(again, answer_id="its id", conversation_id="its conversation", timings_ms={"search": 3.0}) == first
    assert (again.answer_id, again.conversation_id) == ("", "")


@pytest.mark.parametrize(
    "other",
    [
        Question("is it?"),
        Question("Is it ?"),
        Question("Is it?", language="zh"),
        Question("Is it?", course="space-1"),
        Question("Is it?", lesson="moon"),
        Question("Is it?", position_s=1.0),
        Question("Is it?", grade_band="1-3"),
    ],
)
async def test_another_question_or_place_is_answered_anew(other: Question) -> None:
    cache, making = AnswerCache(), Making()
    await asked(cache, making)
    await cache.answer(RELEASE, other, making)
    assert making.made == 2


async def test_who_asks_and_in_which_conversation_makes_no_difference() -> None:
    cache, making = AnswerCache(), Making()
    await asked(cache, making)
    await cache.answer(RELEASE, Question("Is it?", caller="somebody", conversation_id="theirs"), making)
    assert making.made == 1


async def test_another_release_drops_all() -> None:
    cache, making, newer = AnswerCache(), Making(), Making(release="r2")
    await asked(cache, making)
    assert (await asked(cache, newer, release="r2")).release == "r2"
    await asked(cache, making)
    assert (making.made, newer.made) == (2, 1)


async def test_an_answer_from_another_release_than_the_one_asked_of_is_not_kept() -> None:
    cache, newer = AnswerCache(), Making(release="r2")
    await asked(cache, newer)
    await asked(cache, newer)
    assert newer.made == 2


@pytest.mark.parametrize("kind", ["blocked", "chat"])
async def test_what_is_no_answer_from_the_course_is_not_kept(kind: Kind) -> None:
    cache, making = AnswerCache(), Making(kind=kind)
    await asked(cache, making)
    await asked(cache, making)
    assert making.made == 2


async def test_what_the_tutor_does_not_want_kept_is_not() -> None:
    cache, making = AnswerCache(keeps=lambda answer: answer.engine != "extract"), Making()
    await asked(cache, making)
    await asked(cache, making)
    assert making.made == 2


async def test_the_one_asked_longest_ago_goes_when_there_are_too_many() -> None:
    cache, making = AnswerCache(most=2), Making()
    for text in ("one", "two", "one", "three"):  # two goes
        await asked(cache, making, text)
    assert making.made == 3
    await asked(cache, making, "one")
    assert making.made == 3
    await asked(cache, making, "two")
    assert making.made == 4


async def test_those_who_ask_at_once_get_one_answer() -> None:
    cache, making = AnswerCache(), Making()
    making.open.clear()
    waiting = [asyncio.create_task(asked(cache, making)) for _ in range(5)]
    await asyncio.sleep(0)
    making.open.set()
    answers = await asyncio.gather(*waiting)
    assert making.made == 1
    assert [answer.answer_id for answer in answers] == ["its id", "", "", "", ""]


async def test_the_one_who_began_may_leave_and_the_others_get_their_answer() -> None:
    cache, making = AnswerCache(), Making()
    making.open.clear()
    first, second = (asyncio.create_task(asked(cache, making)) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.sleep(0.01)
    making.open.set()
    assert (await second).text == "Yes."
    assert first.cancelled()
    assert making.made == 1


async def test_when_all_have_left_the_work_ends_and_the_next_one_begins_anew() -> None:
    cache, making = AnswerCache(), Making()
    making.open.clear()
    waiting = [asyncio.create_task(asked(cache, making)) for _ in range(2)]
    await asyncio.sleep(0.01)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    later = asyncio.create_task(asked(cache, making))
    await asyncio.sleep(0.01)
    assert (making.made, making.ended) == (2, 1)
    making.open.set()
    assert (await later).text == "Yes."


async def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    cache, making = AnswerCache(), Making()
    making.fails = True
    told = await asyncio.gather(*(asked(cache, making) for _ in range(3)), return_exceptions=True)
    assert [str(error) for error in told] == ["cannot be answered"] * 3
    making.fails = False
    assert (await asked(cache, making)).text == "Yes."
    assert making.made == 2


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("cached")) as opened:
        yield opened


async def test_the_tutor_gives_every_answer_ids_of_its_own(library: Library) -> None:
    tutor = tutor_of(library)
    question = Question("How much lunar soil did Chang'e-5 bring back?", conversation_id="mine")
    first, again = await tutor.ask(question), await tutor.ask(replace(question, conversation_id="yours"))
    assert set(first.timings_ms) == {"search", "total"}
    assert set(again.timings_ms) == {CACHE, "total"}
    assert first.answer_id != again.answer_id
    assert (first.conversation_id, again.conversation_id) == ("mine", "yours")
    same = replace(again, answer_id=first.answer_id, conversation_id="mine", timings_ms=first.timings_ms)
    assert same == first


async def test_the_tutor_answers_many_who_ask_the_same_at_once(library: Library) -> None:
    tutor = tutor_of(library)
    answers = await asyncio.gather(*(tutor.ask(Question("Why do rockets drop their empty stages?")) for _ in range(20)))
    assert len({answer.answer_id for answer in answers}) == len({answer.conversation_id for answer in answers}) == 20
    assert len({answer.text for answer in answers}) == 1
    assert sum(CACHE not in answer.timings_ms for answer in answers) == 1
