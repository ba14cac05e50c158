"""A database that is locked, lost or late: every call ends in time and in our words, what it raised for is not written, and all goes on after."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing

import asyncpg
import pytest
from database_at import database_at
from kept_turns import turn
from set_clock import Clock
from sqlalchemy import func, select

from tutor.errors import MemoryUnavailable
from tutor.inbox import Waiting
from tutor.learners import Learner
from tutor.sealing import Seal
from tutor.storage import Database, Limits, SqlInbox, SqlLearners, SqlStore
from tutor.storage import database as databases
from tutor.storage import inbox as inboxes
from tutor.storage.tables import notes

SEAL = Seal(b"k" * 32)


@asynccontextmanager
async def locked(place: str) -> AsyncIterator[None]:
    """Somebody else holds every table."""
    if "://" not in place:
        with closing(sqlite3.connect(place)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    connection = await asyncpg.connect(place)
    async with connection.transaction():
        await connection.execute("LOCK TABLE answers, conversations, learners, counts, updates, notes")
        yield
    await connection.close()


async def ended(work: Awaitable[object]) -> float:
    """How long it took a call to say that the database is not to be had."""
    began = time.perf_counter()
    with pytest.raises(MemoryUnavailable, match="does not answer in time"):
        await work
    return time.perf_counter() - began


@pytest.fixture
async def prepared(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database that has its tables, and little time for a call."""
    await SqlStore(database).refused(1)
    monkeypatch.setattr(databases, "WITHIN_S", 0.3)
    return database


@pytest.fixture
def inbox(prepared: Database) -> SqlInbox:
    return SqlInbox(prepared, SEAL, "telegram", clock=Clock())


@pytest.fixture
def learners(prepared: Database) -> SqlLearners:
    return SqlLearners(prepared, Limits(3, 5), clock=Clock())


async def counted(database: Database) -> int:
    async with database.transaction() as connection:
        return (await connection.execute(select(func.count()).select_from(notes))).scalar_one()


async def again(work: Callable[[], Awaitable[object]]) -> object:
    """What a call returns as soon as the database is itself again."""
    for _ in range(100):
        try:
            return await work()
        except MemoryUnavailable:
            await asyncio.sleep(0.02)
    raise AssertionError("the database did not come back")


async def test_a_locked_database_costs_one_call_its_time_and_the_next_none_and_nothing_of_them_is_written(
    place: str, inbox: SqlInbox, learners: SqlLearners
) -> None:
    async with locked(place):
        assert 0.2 < await ended(inbox.take(7, "note")) < 2
        for work in (inbox.take(8, "note"), learners.admit("anna"), learners.keep("anna", Learner(lesson="moon")), inbox.amend(7, "x")):
            assert await ended(work) < 0.2
    assert await again(lambda: inbox.take(7, "note")) is True
    assert await learners.learner("anna") == Learner()


@pytest.mark.parametrize("call", ["admit", "keep"])
async def test_what_came_too_late_is_rolled_back(place: str, learners: SqlLearners, call: str) -> None:
    async with locked(place):
        await ended(learners.admit("anna") if call == "admit" else learners.keep("anna", Learner(lesson="moon")))
    await again(lambda: learners.learner("anna"))
    assert await learners.learner("anna") == Learner()
    assert [await learners.admit("anna") for _ in range(4)] == [0.0, 0.0, 0.0, 60.0]


async def test_what_is_done_while_the_database_is_away_is_written_when_it_is_back(
    place: str, prepared: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(inboxes, "RENEW_EVERY_S", 0.05)
    inbox = SqlInbox(database_at(place), SEAL, "telegram", clock=Clock())
    async with inbox.running():
        await again(lambda: inbox.take(7, "note"))
        await inbox.take(8, "note")
        async with locked(place):
            with pytest.raises(MemoryUnavailable):
                await inbox.done(7)
            await asyncio.sleep(0.5)
        for _ in range(100):
            if await counted(prepared) == 1:
                break
            await asyncio.sleep(0.02)
    assert await again(SqlInbox(prepared, SEAL, "telegram", clock=Clock()).waiting) == (Waiting(8, "note"),)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "note" not in caplog.text.replace("another", "")


async def test_a_student_who_is_given_up_on_leaves_the_database_well(place: str, prepared: Database, inbox: SqlInbox) -> None:
    async with locked(place):
        waiting = asyncio.create_task(inbox.take(7, "note"))
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await inbox.take(8, "note")
    await prepared.close()
    assert await counted(prepared) == 2


async def test_closing_waits_for_what_is_at_work(place: str) -> None:
    other = database_at(place)
    taking = asyncio.create_task(SqlInbox(other, SEAL, "telegram", clock=Clock()).take(7, "note"))
    await asyncio.sleep(0)
    await other.close()
    assert await taking


async def test_a_database_that_is_no_database_is_told_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    for place in (str(tmp_path_factory.mktemp("none") / "none" / "state.db"), "postgresql://app:hush@127.0.0.1:1/none"):
        inbox = SqlInbox(database_at(place), SEAL, "telegram", clock=Clock())
        async with inbox.running():
            for work in (inbox.take(7, "note"), inbox.waiting(), inbox.done(7)):
                with pytest.raises(MemoryUnavailable, match="cannot be used") as refused:
                    await work
                assert "hush" not in str(refused.value)


async def test_connections_that_the_server_ended_are_made_anew(postgres_database: str) -> None:
    learners = SqlLearners(database_at(postgres_database), Limits(3, 5), clock=Clock())
    async with learners.running():
        await asyncio.gather(*(learners.keep(str(number), Learner(lesson="moon")) for number in range(9)))
        other = await asyncpg.connect(postgres_database)
        await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        await other.close()
        kept = await asyncio.gather(*(learners.learner(str(number)) for number in range(9)))
    assert kept == [Learner(lesson="moon")] * 9


async def test_the_memory_s_own_questions_end_in_time_too(place: str, prepared: Database) -> None:
    store = SqlStore(prepared)
    await store.add([turn()])
    if "://" not in place:
        return  # SQLite reads past a lock
    async with locked(place):
        assert await ended(store.last_answer("anna's talk")) < 2
        assert await ended(store.answer("anna", "a1")) < 0.2
