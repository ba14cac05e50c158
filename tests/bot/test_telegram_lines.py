"""Whose turn it is, and what is remembered when the inbox is lost."""

import asyncio
from dataclasses import dataclass, field

import pytest
from small_desk import SmallInbox

from bot.telegram.ledger import Ledger, RecentIds
from bot.telegram.lines import Lines, Work
from bot.telegram.note import Note, written

NOTE = Note(chat=7, private=True, user=7, message=1, kind="text", text="Why?")


@dataclass
class Works:
    """Work that notes when it begins and ends, and ends when told to."""

    notes: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    def work(self, name: str) -> Work:
        async def do() -> None:
            self.notes.append(f"+{name}")
            if name in self.gates:
                await self.gates[name].wait()
            self.notes.append(f"-{name}")

        return do


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_line_is_in_order_while_others_pass() -> None:
    works, lines = Works(gates={"a1": asyncio.Event()}), Lines(at_once=2)
    for name in ("a1", "a2", "a3", "b1", "b2"):
        assert lines.put(name[0], works.work(name))
    await settle()
    assert works.notes == ["+a1", "+b1", "-b1", "+b2", "-b2"]
    works.gates["a1"].set()
    assert await lines.drain(1)
    assert works.notes[5:] == ["-a1", "+a2", "-a2", "+a3", "-a3"]


async def test_only_so_many_lines_at_once() -> None:
    works, lines = Works(gates={name: asyncio.Event() for name in ("a1", "b1")}), Lines(at_once=2)
    for name in ("a1", "b1", "c1"):
        lines.put(name[0], works.work(name))
    await settle()
    assert works.notes == ["+a1", "+b1"]
    works.gates["b1"].set()
    await settle()
    assert works.notes == ["+a1", "+b1", "-b1", "+c1", "-c1"]
    works.gates["a1"].set()
    await lines.drain(1)


async def test_a_line_that_is_too_long_takes_no_more_until_it_is_shorter() -> None:
    works, lines = Works(gates={"0": asyncio.Event()}), Lines(longest=3)
    assert [lines.put(1, works.work(str(number))) for number in range(5)] == [True, True, True, False, False]
    works.gates["0"].set()
    await settle()
    assert works.notes == ["+0", "-0", "+1", "-1", "+2", "-2"]
    assert lines.put(1, works.work("later"))
    assert await lines.drain(1)


async def test_what_is_not_done_in_time_is_cancelled() -> None:
    works, lines = Works(gates={"stuck": asyncio.Event()}), Lines()
    lines.put(1, works.work("stuck"))
    lines.put(1, works.work("behind"))
    assert not await lines.drain(0.01)
    assert works.notes == ["+stuck"]
    assert await lines.drain(0.01)


def test_ids_are_remembered_up_to_a_number() -> None:
    ids = RecentIds(size=2)
    assert [ids.add(number) for number in (1, 2, 1, 3, 1, 3)] == [True, True, False, True, True, False]


async def test_an_update_is_taken_once_over_restarts() -> None:
    inbox = SmallInbox()
    first = Ledger(inbox)
    entry = await first.take(1, NOTE)
    assert entry is not None
    assert await first.take(1, NOTE) is None
    assert await first.waiting() == []
    await entry.amend(half=9)
    second = Ledger(inbox)
    assert await second.take(1, NOTE) is None
    (again,) = await second.waiting()
    assert (again.number, again.note.half, again.note.text) == (1, 9, "Why?")
    await again.done()
    await again.done()
    assert await Ledger(inbox).waiting() == []
    assert await Ledger(inbox).take(1, NOTE) is None


async def test_a_lost_inbox_is_told_once_and_the_bot_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    inbox = SmallInbox(lost=True)
    ledger = Ledger(inbox)
    entry = await ledger.take(1, NOTE)
    assert entry is not None
    await entry.amend(half=3)
    assert await ledger.take(1, NOTE) is None
    assert await ledger.waiting() == []
    inbox.lost = False
    other = await ledger.take(2, NOTE)
    assert other is not None
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    assert "goes on from memory: the database is lost: start it" in caplog.messages[0]


async def test_what_was_answered_while_the_inbox_was_lost_is_not_answered_again() -> None:
    inbox = SmallInbox()
    ledger = Ledger(inbox)
    entry = await ledger.take(1, NOTE)
    assert entry is not None
    inbox.lost = True
    await entry.done()
    inbox.lost = False
    assert await ledger.waiting() == []
    assert inbox.notes == {}


async def test_a_note_that_cannot_be_read_is_struck_out() -> None:
    inbox = SmallInbox(notes={1: "{}", 2: written(NOTE)})
    assert [entry.number for entry in await Ledger(inbox).waiting()] == [2]
    assert list(inbox.notes) == [2]
