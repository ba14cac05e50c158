"""The tutor with its memory: what is kept of a turn, whose it is, and that answers come whatever becomes of the database."""

import asyncio
import datetime as dt
import itertools
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from kept_turns import NOON
from space_course import small_library

from knowledge_base.library import Library
from tutor import memory as memories
from tutor.errors import MemoryUnavailable
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.remembered import Gap, Tally
from tutor.sealing import Seal
from tutor.storage import SqlInbox, SqlStore, engine, sqlite
from tutor.tutor import Tutor
from tutor.types import Question

STAGES = "Why do rockets drop their empty stages?"
PAINTER = "Who painted the famous sunflowers?"
MONTH = dt.timedelta(days=30)

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("course")) as library:
        yield library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def memory_at(path: Path, library: Library, clock: Callable[[], dt.datetime] = memories.now) -> Memory:
    return Memory(SqlStore(sqlite(path)), Pseudonyms(b"k" * 32), library, retention=MONTH, clock=clock)


@pytest.fixture
async def memory(path: Path, library: Library) -> AsyncIterator[Memory]:
    memory = memory_at(path, library)
    async with memory.running():
        yield memory


@pytest.fixture
def tutor(library: Library, memory: Memory) -> Tutor:
    return Tutor(library, memory=memory)


def rows(path: Path, query: str) -> list[Row]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@asynccontextmanager
async def asked(path: Path, library: Library, *questions: Question) -> AsyncIterator[None]:
    """A memory that ran while these were asked, and runs no more."""
    memory = memory_at(path, library)
    async with memory.running():
        tutor = Tutor(library, memory=memory)
        for question in questions:
            await tutor.ask(question)
    yield


async def test_a_turn_is_kept_masked_with_what_it_cites(path: Path, library: Library) -> None:
    text = f"{STAGES} My mother's is 13812345678"
    async with asked(path, library, Question(text, caller="anna", lesson="rockets", grade_band="4-6")):
        pass
    (kept,) = rows(path, "SELECT caller, question, kind, language, engine, lesson, grade_band, topic FROM answers")
    assert kept == ("anna", f"{STAGES} My mother's is [phone]", "grounded", "en", "extract", "rockets", "4-6", "rockets.en")
    n, doc_id, title, quote = rows(path, "SELECT n, doc_id, title, quote FROM citations")[0]
    assert (n, doc_id, title) == (1, "rockets.en", "How rockets work")
    assert str(quote).startswith("Rockets drop their empty stages because")


async def test_every_kind_is_kept_and_nothing_of_nobody(path: Path, library: Library) -> None:
    questions = [Question(text, caller="anna") for text in (STAGES, PAINTER, "hello!")]
    async with asked(path, library, *questions, Question(STAGES)):
        pass
    assert rows(path, "SELECT kind FROM answers ORDER BY asked_at") == [("grounded",), ("refused",), ("chat",)]


async def test_a_conversation_is_its_caller_s(tutor: Tutor) -> None:
    first = await tutor.ask(Question("hello!", caller="anna"))
    again = await tutor.ask(Question(STAGES, caller="anna", conversation_id=first.conversation_id))
    other = await tutor.ask(Question(STAGES, caller="bo", conversation_id=first.conversation_id))
    assert again.conversation_id == first.conversation_id != other.conversation_id


async def test_turns_of_one_conversation_are_kept_as_one_and_of_two_callers_as_two(path: Path, library: Library) -> None:
    async with asked(path, library, *(Question("hello!", caller=caller, conversation_id="talk") for caller in ("anna", "anna", "bo"))):
        pass
    assert rows(path, "SELECT caller FROM conversations ORDER BY caller") == [("anna",), ("bo",)]
    assert len(rows(path, "SELECT * FROM answers")) == 3
    assert not rows(path, "SELECT * FROM conversations WHERE conversation LIKE '%talk%'")


async def test_feedback_finds_an_answer_that_was_given_just_now(memory: Memory, tutor: Tutor) -> None:
    answer = await tutor.ask(Question(STAGES, caller="anna"))
    assert await memory.judge("anna", answer.answer_id, helpful=False, comment="mail a@b.com")
    assert not await memory.judge("bo", answer.answer_id, helpful=True)
    feedback = await memory.feedback()
    assert feedback.tallies == (Tally("rockets.en", "How rockets work", 0, 1),)
    (comment,) = feedback.comments
    assert (comment.comment, comment.helpful, comment.topic, comment.kind) == ("mail [email]", False, "How rockets work", "grounded")


async def test_the_last_answer_and_its_citations_are_told_again_written_or_not_and_after_a_restart(path: Path, library: Library) -> None:
    memory = memory_at(path, library)
    tutor = Tutor(library, memory=memory)
    given = await tutor.ask(Question(STAGES, caller="anna"))
    talk = given.conversation_id
    await tutor.ask(Question("hello!", caller="anna", conversation_id=talk))
    for one in (memory, memory_at(path, library)):  # the first has written nothing yet
        async with one.running():
            last = await one.last_answer("anna", talk)
            assert last is not None
            assert (last.answer_id, last.kind, last.text, last.citations) == (given.answer_id, "grounded", given.text, given.citations)
            assert await one.citation("anna", given.answer_id, 1) == given.citations[0]
            assert await one.citation("anna", given.answer_id, 99) is None
            assert await one.citation("bo", given.answer_id, 1) is None
            assert await one.last_answer("bo", talk) is None
    async with memory.running():
        await memory.erase("anna")
        assert (await memory.last_answer("anna", talk), await memory.citation("anna", given.answer_id, 1)) == (None, None)


async def test_notes_and_counts_are_swept_every_few_minutes_though_no_bot_runs(path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "SWEEP_AGED_EVERY_S", 0.02)
    inbox = SqlInbox(sqlite(path), Seal(b"k" * 32), "telegram", clock=lambda: NOON)
    clock = iter([NOON] * 4 + [NOON + dt.timedelta(hours=1)] * 1000)
    async with inbox.running(), memory_at(path, library, clock=clock.__next__).running():
        await inbox.take(7, "note")
        for _ in range(200):
            await asyncio.sleep(0.02)
            if not rows(path, "SELECT * FROM notes"):
                break
        assert (rows(path, "SELECT * FROM notes"), len(rows(path, "SELECT * FROM updates"))) == ([], 1)


async def test_documents_with_most_unhelpful_answers_come_first(memory: Memory, tutor: Tutor) -> None:
    for text, helpful in ((STAGES, True), ("When was Chang'e-6 launched?", False), ("hello!", True)):
        answer = await tutor.ask(Question(text, caller="anna"))
        await memory.judge("anna", answer.answer_id, helpful=helpful)
    assert [tally.doc_id for tally in (await memory.feedback()).tallies] == ["change-6.en", None, "rockets.en"]


async def test_refusals_are_shown_to_staff_and_their_wording_when_three_asked(memory: Memory, tutor: Tutor) -> None:
    for caller in ("anna", "anna", "bo"):
        await tutor.ask(Question(PAINTER, caller=caller))
    (gap,) = await memory.gaps()
    assert (gap.count, gap.callers, gap.languages, gap.wording) == (3, 2, ("en",), None)
    await tutor.ask(Question(PAINTER, caller="cee"))
    (gap,) = await memory.gaps()
    assert (gap.count, gap.callers, gap.wording) == (4, 3, PAINTER)
    assert gap.topic is not None
    assert isinstance(gap, Gap)


async def test_an_erased_caller_is_gone_though_the_last_turn_was_not_yet_written(memory: Memory, tutor: Tutor, path: Path) -> None:
    await tutor.ask(Question("MYWORD", caller="anna"))
    await memory.erase("anna")
    assert rows(path, "SELECT * FROM answers") == []
    assert b"MYWORD" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


async def test_what_is_too_old_goes_when_the_memory_starts(path: Path, library: Library) -> None:
    then = memory_at(path, library, clock=lambda: NOON)
    then.record(Question("hello!", caller="anna"), await Tutor(library).ask(Question("hello!")))
    async with then.running():
        pass
    assert len(rows(path, "SELECT * FROM answers")) == 1
    for days, left in ((30, 1), (31, 0)):
        async with memory_at(path, library, clock=itertools.repeat(NOON + dt.timedelta(days=days)).__next__).running():
            for _ in range(10 if left else 200):
                await asyncio.sleep(0.02)
                if not rows(path, "SELECT * FROM answers"):
                    break
        assert len(rows(path, "SELECT * FROM answers")) == left


async def test_answers_come_and_the_log_tells_once_when_the_database_is_locked(
    path: Path, library: Library, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with asked(path, library, Question(STAGES, caller="anna")):
        pass
    monkeypatch.setattr(engine, "WAIT_S", 0.05)
    memory = memory_at(path, library)
    tutor = Tutor(library, memory=memory)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with memory.running():
            for _ in range(3):
                assert (await tutor.ask(Question(STAGES, caller="anna"))).kind == "grounded"
                with pytest.raises(MemoryUnavailable, match="locked"):
                    await memory.judge("anna", "a1", helpful=True)
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(told) == 1
    assert "locked" in told[0].message
    assert STAGES not in caplog.text
    assert len(rows(path, "SELECT * FROM answers")) == 1


async def test_a_folder_that_is_gone_stops_no_answer(tmp_path: Path, library: Library) -> None:
    async with asked(tmp_path / "none" / "state.db", library, Question(STAGES, caller="anna")):
        pass


async def test_a_database_that_stands_still_does_not_fill_the_computer(
    path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(memories, "LONGEST_LINE", 5)
    memory = memory_at(path, library)
    answer = await Tutor(library).ask(Question("hello!"))
    for _ in range(9):
        memory.record(Question("hello!", caller="anna"), answer)
    assert len(memory._waiting) == 5
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_fifty_questions_at_once_are_all_kept(path: Path, library: Library) -> None:
    memory = memory_at(path, library)
    async with memory.running():
        tutor = Tutor(library, memory=memory)
        await asyncio.gather(*(tutor.ask(Question("hello!", caller=f"caller {number}")) for number in range(50)))
    assert len(rows(path, "SELECT * FROM answers")) == 50


async def test_recording_takes_no_time(path: Path, library: Library) -> None:
    memory = memory_at(path, library)
    question, answer = Question(STAGES * 10, caller="anna"), await Tutor(library).ask(Question("hello!"))
    took = []
    for _ in range(50):
        started = time.perf_counter()
        memory.record(question, answer)
        took.append(time.perf_counter() - started)
    assert min(took) < 0.005
