"""What a messenger delivered: taken once, answered once, forgotten in time, on SQLite and on a real PostgreSQL alike."""

import asyncio
import logging
from pathlib import Path

import pytest
from database_at import database_at
from set_clock import Clock
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from tutor.inbox import Waiting
from tutor.sealing import Seal
from tutor.storage import Database, SqlInbox, SqlStore
from tutor.storage import inbox as inboxes
from tutor.storage.tables import notes, updates

SEAL = Seal(b"k" * 32)
WORDS = '{"chat": 12345678, "text": "ANNASWORD 嫦娥五号 🚀\\u0000 \\ud83d"}'


@pytest.fixture
def clock() -> Clock:
    return Clock()


def inbox_in(database: Database, clock: Clock, *, seal: Seal = SEAL, bot: str = "telegram") -> SqlInbox:
    return SqlInbox(database, seal, bot, clock=clock)


@pytest.fixture
def inbox(database: Database, clock: Clock) -> SqlInbox:
    return inbox_in(database, clock)


@pytest.fixture
def restarted(database: Database, clock: Clock) -> SqlInbox:
    """Another process on the same database."""
    return inbox_in(database, clock)


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def counted(engine: AsyncEngine) -> tuple[int, int]:
    """How many ids and how many notes there are."""
    async with engine.connect() as connection:
        ids, kept = [(await connection.execute(select(func.count()).select_from(table))).scalar_one() for table in (updates, notes)]
    return ids, kept


async def test_an_update_is_taken_once_also_by_another_process_and_when_it_is_done(inbox: SqlInbox, restarted: SqlInbox) -> None:
    assert [await inbox.take(7, "note"), await inbox.take(7, "another"), await restarted.take(7, "note")] == [True, False, False]
    await inbox.done(7)
    assert not await restarted.take(7, "note")
    assert await restarted.take(8, "note")


async def test_one_of_two_bots_does_not_hear_what_the_other_was_told(database: Database, inbox: SqlInbox, clock: Clock) -> None:
    other = inbox_in(database, clock, bot="other")
    assert await inbox.take(7, "mine")
    assert await other.take(7, "other's")
    clock.move(seconds=21)
    await other.done(7)
    assert await inbox_in(database, clock, bot="other").waiting() == ()
    assert await inbox_in(database, clock).waiting() == (Waiting(7, "mine"),)


async def test_one_update_delivered_twenty_times_at_once_is_taken_once(database: Database, clock: Clock) -> None:
    taken = await asyncio.gather(*(inbox_in(database, clock).take(7, "note") for _ in range(20)))
    assert taken.count(True) == 1


async def test_after_a_kill_its_updates_wait_as_soon_as_its_leases_ended_oldest_first(inbox: SqlInbox, restarted: SqlInbox, clock: Clock) -> None:
    for update_id in (9, 7, 8):
        await inbox.take(update_id, f"{update_id} {WORDS}")
        clock.move(seconds=1)
    await inbox.done(7)
    await inbox.amend(8, "8 amended")
    clock.move(seconds=16)
    assert await restarted.waiting() == ()
    clock.move(seconds=4)
    assert await restarted.waiting() == (Waiting(9, f"9 {WORDS}"), Waiting(8, "8 amended"))
    assert await restarted.waiting() == ()


async def test_what_waits_is_given_to_one_process_only(place: str, inbox: SqlInbox, clock: Clock) -> None:
    for update_id in range(40):
        await inbox.take(update_id, "note")
    clock.move(seconds=21)
    others = [database_at(place) for _ in range(3)]
    given = await asyncio.gather(*(inbox_in(database, clock).waiting() for database in others for _ in range(3)))
    assert sorted(waiting.update_id for some in given for waiting in some) == list(range(40))
    for database in others:
        await database.close()


async def test_a_process_is_never_given_what_it_is_at_work_on_though_its_leases_ended(inbox: SqlInbox, clock: Clock) -> None:
    await inbox.take(7, "note")
    clock.move(minutes=5)
    assert await inbox.waiting() == ()


async def test_a_process_that_runs_keeps_what_it_took_and_gives_it_back_when_it_stops(
    place: str, restarted: SqlInbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inboxes, "RENEW_EVERY_S", 0.01)
    inbox = inbox_in(database_at(place), clock)
    async with inbox.running():
        await inbox.take(7, "note")
        await inbox.take(8, "note")
        for _ in range(5):
            clock.move(seconds=15)
            await asyncio.sleep(0.1)
            assert await restarted.waiting() == ()
        await inbox.done(8)
    assert await restarted.waiting() == (Waiting(7, "note"),)


async def test_nobody_amends_what_is_done_unknown_or_another_s(inbox: SqlInbox, restarted: SqlInbox, engine: AsyncEngine, clock: Clock) -> None:
    await inbox.take(7, "note")
    await inbox.done(7)
    await inbox.amend(7, "again")
    await inbox.amend(99, "unknown")
    await inbox.done(99)
    assert await counted(engine) == (1, 0)
    await inbox.take(8, "note")
    clock.move(seconds=21)
    assert len(await restarted.waiting()) == 1
    await inbox.amend(8, "too late")
    clock.move(seconds=21)
    assert await inbox.waiting() == (Waiting(8, "note"),)


async def test_notes_are_forgotten_within_the_hour_and_ids_after_a_day(
    inbox: SqlInbox, restarted: SqlInbox, store: SqlStore, engine: AsyncEngine, clock: Clock
) -> None:
    for update_id in (7, 8):
        await inbox.take(update_id, "note")
        clock.move(minutes=30)
    assert await restarted.waiting() == (Waiting(8, "note"),)
    assert await counted(engine) == (2, 1)
    clock.move(minutes=25)
    await store.forget_aged(clock())
    assert await counted(engine) == (2, 0)
    clock.move(hours=22)
    await store.forget_aged(clock())
    assert not await inbox.take(7, "note")
    clock.move(hours=2)
    await store.forget_aged(clock())
    assert await inbox.take(7, "note")


async def test_a_clock_that_is_set_back_keeps_no_note_for_ever_and_gives_none_to_two(
    inbox: SqlInbox, restarted: SqlInbox, store: SqlStore, engine: AsyncEngine, clock: Clock
) -> None:
    await inbox.take(7, "note")
    clock.move(seconds=-1)  # another server's clock
    assert await restarted.waiting() == ()
    clock.move(minutes=-5)
    assert await restarted.waiting() == (Waiting(7, "note"),)
    clock.move(days=-3)
    await store.forget_aged(clock())
    assert await counted(engine) == (0, 0)


async def test_an_erased_caller_s_notes_go_and_their_updates_are_not_taken_again(
    inbox: SqlInbox, restarted: SqlInbox, store: SqlStore, clock: Clock
) -> None:
    for update_id, caller in ((7, "anna"), (8, "bo"), (9, None)):
        await inbox.take(update_id, "note", caller=caller)
    await store.erase("anna")
    clock.move(seconds=21)
    assert [waiting.update_id for waiting in await restarted.waiting()] == [8, 9]
    assert not await restarted.take(7, "note")


async def test_what_another_key_sealed_is_dropped_with_a_word(
    database: Database, inbox: SqlInbox, engine: AsyncEngine, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await inbox_in(database, clock, seal=Seal(b"l" * 32)).take(7, WORDS)
    await inbox.take(8, WORDS)
    clock.move(seconds=21)
    assert await inbox_in(database, clock).waiting() == (Waiting(8, WORDS),)
    assert await counted(engine) == (2, 1)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "NAVIGATOR_PSEUDONYM_KEY" in caplog.text
    assert "ANNASWORD" not in caplog.text


async def test_a_huge_note_is_not_kept_but_its_update_is_taken_once(inbox: SqlInbox, restarted: SqlInbox, clock: Clock) -> None:
    assert await inbox.take(7, "x" * 50_001)
    assert not await inbox.take(7, "x")
    await inbox.take(8, "🚀" * 50_000)
    await inbox.amend(8, "x" * 50_001)
    clock.move(seconds=21)
    assert await restarted.waiting() == (Waiting(8, "🚀" * 50_000),)
    await inbox.done(7)


@pytest.mark.parametrize("update_id", [-1, 2**63, 2**80])
async def test_what_is_no_update_s_id_is_refused_and_poisons_nothing(inbox: SqlInbox, engine: AsyncEngine, update_id: int) -> None:
    with pytest.raises(ValueError, match="no messenger gives"):
        await inbox.take(update_id, "note")
    await inbox.amend(update_id, "note")
    await inbox.done(update_id)
    assert await inbox.take(2**63 - 1, "note")
    await inbox.done(2**63 - 1)
    assert await counted(engine) == (1, 0)


async def test_a_thousand_updates_that_are_done_at_once_are_all_done(inbox: SqlInbox, engine: AsyncEngine) -> None:
    for update_id in range(600):
        inbox._done.add(update_id)
    await inbox.take(599, "note")
    await inbox.take(2**62, "note")
    await inbox.done(2**62)
    assert await counted(engine) == (2, 0)


async def test_the_file_tells_nothing_of_a_note(tmp_path: Path, clock: Clock) -> None:
    inbox = inbox_in(database_at(str(tmp_path / "state.db")), clock)
    async with inbox.running():
        for update_id in range(20):
            await inbox.take(update_id, WORDS * (1 + update_id * 20))
        content = everything(tmp_path)
    assert content.count(b"telegram") >= 20
    assert not any(word in content for word in (b"ANNASWORD", b"12345678"))
