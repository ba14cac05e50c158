"""What was asked before: told of a conversation to its own caller, written or not, on both databases, and never in an answer's way."""

import asyncio
import datetime as dt
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from kept_turns import NOON, answer, turn
from space_course import small_library

from knowledge_base.library import Library
from tutor import memory as memories
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.remembered import Exchange, Turn
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor
from tutor.types import Answer, Question

MONTH = dt.timedelta(days=30)
LAUNCHED = "When was Chang'e-5 launched?"
HEAVY = "And how heavy was it?"
MASS = "The launch mass of Chang'e-5 was 8,200 kg. [1]"


class Gated(SqlStore):
    """A store that writes and reads only while its gate is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(sqlite(path))
        self.gate = asyncio.Event()
        self.reads = 0

    async def add(self, turns: list[Turn]) -> None:  # type: ignore[override]
        await self.gate.wait()
        await super().add(turns)

    async def recent(self, conversation: str, since: dt.datetime, most: int) -> tuple[Exchange, ...]:
        self.reads += 1
        await self.gate.wait()
        return await super().recent(conversation, since, most)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("course")) as library:
        yield library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def memory_on(store: SqlStore, library: Library, clock: Callable[[], dt.datetime] = memories.now) -> Memory:
    return Memory(store, Pseudonyms(b"k" * 32), library, retention=MONTH, clock=clock)


@pytest.fixture
async def memory(store: SqlStore, library: Library) -> AsyncIterator[Memory]:
    """A memory on each kind of database."""
    memory = memory_on(store, library)
    async with memory.running():
        yield memory


@pytest.fixture
def tutor(library: Library, memory: Memory) -> Tutor:
    return Tutor(library, memory=memory)


async def ask(tutor: Tutor, text: str, caller: str | None = "anna", conversation: str | None = "talk") -> Answer:
    return await tutor.ask(Question(text, caller=caller, conversation_id=conversation))


async def test_the_newest_turns_of_one_conversation_newest_last(store: SqlStore) -> None:
    turns = [turn(question=f"q{number}", at=NOON + dt.timedelta(minutes=number)) for number in range(5)]
    await store.add([*turns, turn(caller="bo"), turn(answer("refused", language="zh"), question="新的？", at=NOON + dt.timedelta(minutes=9))])
    found = await store.recent("anna's talk", NOON + dt.timedelta(minutes=2), 3)
    assert [one.question for one in found] == ["q3", "q4", "新的？"]
    assert [(one.kind, one.language, one.topic) for one in found[1:]] == [("grounded", "en", "rockets.en"), ("refused", "zh", "rockets.en")]
    assert found[0] == Exchange(turns[3].answer.answer_id, turns[3].asked_at, "q3", "grounded", "en", "rockets.en")
    assert await store.recent("another talk", NOON, 3) == ()


async def test_a_follow_up_is_answered_and_kept_as_it_was_written(tutor: Tutor, memory: Memory) -> None:
    await ask(tutor, LAUNCHED)
    assert (await ask(tutor, HEAVY)).text == MASS
    assert "嫦娥五号的发射质量是8,200千克。" in (await ask(tutor, "它的发射质量是多少？")).text
    assert "1,935.3" in (await ask(tutor, "How much soil did Chang'e-6 bring back?")).text
    assert "1,731" in (await ask(tutor, "and Chang'e-5?")).text
    kept = [one.question for one in await memory.recent("anna", "talk")]
    assert kept == [LAUNCHED, HEAVY, "它的发射质量是多少？", "How much soil did Chang'e-6 bring back?", "and Chang'e-5?"]


async def test_the_last_answer_again_in_the_other_language(tutor: Tutor) -> None:
    await ask(tutor, LAUNCHED)
    again = await ask(tutor, "in Chinese please")
    assert (again.language, again.kind) == ("zh", "grounded")
    assert "2020年11月23日" in again.text


async def test_nobody_follows_another_s_conversation(tutor: Tutor, memory: Memory) -> None:
    first = await ask(tutor, LAUNCHED, conversation=None)
    assert (await ask(tutor, HEAVY, conversation=first.conversation_id)).text == MASS
    for caller, conversation in (("bo", first.conversation_id), ("anna", "another"), ("anna", None), (None, first.conversation_id)):
        assert MASS not in (await ask(tutor, HEAVY, caller, conversation)).text
    assert len(await memory.recent("bo", first.conversation_id)) == 0


async def test_after_erasure_a_follow_up_follows_nothing(tutor: Tutor, memory: Memory) -> None:
    for written in (False, True):
        await ask(tutor, LAUNCHED)
        if written:
            await memory.gaps()  # which waits until all is written
        await memory.erase("anna")
        assert await memory.recent("anna", "talk") == ()
        assert MASS not in (await ask(tutor, HEAVY)).text
        await memory.erase("anna")


async def test_erasure_waits_for_what_is_being_written(path: Path, library: Library) -> None:
    store = Gated(path)
    memory = memory_on(store, library)
    async with memory.running():
        tutor = Tutor(library, memory=memory)
        await ask(tutor, LAUNCHED)
        erased = asyncio.create_task(memory.erase("anna"))
        await asyncio.sleep(0.02)
        assert not erased.done()
        store.gate.set()
        await erased
        assert await memory.recent("anna", "talk") == ()


async def test_turns_are_told_while_they_wait_and_while_they_are_written_and_once(path: Path, library: Library) -> None:
    store = Gated(path)
    memory = memory_on(store, library)
    tutor = Tutor(library, memory=memory)
    await ask(tutor, LAUNCHED)
    store.gate.set()
    assert [one.question for one in await memory.recent("anna", "talk")] == [LAUNCHED]
    store.gate.clear()
    async with memory.running():
        await asyncio.sleep(0.02)
        assert memory._batch
        assert not memory._waiting
        assert (await ask(tutor, HEAVY)).text == MASS
        store.gate.set()
        await memory.judge("anna", "none", helpful=True)  # which waits until all is written
        assert [one.question for one in await memory.recent("anna", "talk")] == [LAUNCHED, HEAVY]


async def test_six_turns_of_half_an_hour(path: Path, library: Library) -> None:
    now = [NOON]
    memory = memory_on(SqlStore(sqlite(path)), library, clock=lambda: now[0])
    async with memory.running():
        for number in range(8):
            now[0] += dt.timedelta(seconds=1)
            memory.record(Question(f"q{number}", caller="anna"), replace(answer(), conversation_id="talk"))
        assert [one.question for one in await memory.recent("anna", "talk")] == [f"q{number}" for number in range(2, 8)]
        now[0] += dt.timedelta(minutes=29)
        await memory.gaps()
        memory.record(Question("q8", caller="anna"), replace(answer(), conversation_id="talk"))
        assert [one.question for one in await memory.recent("anna", "talk")][-2:] == ["q7", "q8"]
        now[0] += dt.timedelta(minutes=2)
        assert [one.question for one in await memory.recent("anna", "talk")] == ["q8"]


async def test_those_who_ask_at_the_same_moment_are_all_told(memory: Memory) -> None:
    for number in range(8):
        memory.record(Question(f"q{number}", caller=f"pupil {number}"), replace(answer(), conversation_id="talk"))
    await memory.settle()
    told = await asyncio.gather(*(memory.recent(f"pupil {number}", "talk") for number in range(8)))
    assert [[one.question for one in turns] for turns in told] == [[f"q{number}"] for number in range(8)]


async def test_a_database_that_does_not_answer_delays_one_answer_and_no_more(path: Path, library: Library, caplog: pytest.LogCaptureFixture) -> None:
    store = Gated(path)
    memory = memory_on(store, library)
    async with memory.running():
        tutor = Tutor(library, memory=memory)
        took = []
        for _ in range(4):
            started = time.perf_counter()
            assert (await ask(tutor, HEAVY, conversation="other")).kind in ("refused", "grounded")
            took.append(time.perf_counter() - started)
        assert took[0] < memories.RECENT_WITHIN_S + 0.5
        assert max(took[1:]) < memories.RECENT_WITHIN_S
        assert store.reads == 1
        assert (await ask(tutor, LAUNCHED)).kind == "grounded"
        assert (await ask(tutor, HEAVY)).text == MASS  # it still waits to be written, and is told
        told = [record.message for record in caplog.records if record.levelno >= logging.ERROR]
        assert len(told) == 1
        assert "follow-ups" in told[0]
        store.gate.set()


async def test_a_database_that_cannot_be_read_is_told_and_stops_no_answer(tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture) -> None:
    memory = memory_on(SqlStore(sqlite(tmp_path / "none" / "state.db")), library)
    tutor = Tutor(library, memory=memory)
    for _ in range(2):
        assert (await ask(tutor, HEAVY)).kind in ("refused", "grounded")
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1


async def test_a_question_that_stands_for_itself_asks_nothing_of_the_database(path: Path, library: Library) -> None:
    store = Gated(path)
    tutor = Tutor(library, memory=memory_on(store, library))
    for text in (LAUNCHED, "hello!", "Why do rockets drop their empty stages?", "嫦娥六号带回了多少样品？"):
        await ask(tutor, text)
    assert store.reads == 0


async def test_what_is_too_old_is_followed_no_more(path: Path, library: Library) -> None:
    memory = memory_on(SqlStore(sqlite(path)), library)
    async with memory.running():
        tutor = Tutor(library, memory=memory)
        await ask(tutor, LAUNCHED)
        await memory.gaps()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE answers SET asked_at = '2020-01-01 00:00:00.000000'")
        assert MASS not in (await ask(tutor, HEAVY)).text
