"""The inbox as the bot uses it: it never fails. While the database is away the bot goes on from memory, and says so once."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.telegram.note import Note, read, written
from tutor.errors import MemoryUnavailable
from tutor.inbox import Inbox

log = logging.getLogger(__name__)

Told = TypeVar("Told")


class RecentIds:
    """The last `size` ids added."""

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._ids: dict[int, None] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._ids

    def add(self, number: int) -> bool:
        """Remembers `number`; False if it is remembered already."""
        if number in self._ids:
            return False
        self._ids[number] = None
        if len(self._ids) > self._size:
            del self._ids[next(iter(self._ids))]
        return True


@dataclass
class Entry:
    """One update in hand: its number, its note as it stands now, and the ledger that it stands in."""

    number: int
    note: Note
    ledger: "Ledger"
    is_done: bool = False

    async def amend(self, *, half: int | None) -> None:
        """Writes down the message in which the answer grows."""
        self.note = replace(self.note, half=half)
        await self.ledger.amend(self)

    async def done(self) -> None:
        """It is answered, and will not be again."""
        if self.is_done:
            return
        self.is_done = True
        await self.ledger.done(self.number)


class Ledger:
    """What was taken and is not done, in `inbox` and in memory."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._seen, self._answered = RecentIds(), RecentIds()
        self._in_hand: set[int] = set()
        self._lost = False

    async def take(self, number: int, note: Note, *, caller: str | None = None) -> Entry | None:
        """The update as an entry; None when it was taken before. It is erased with what else is kept of `caller`."""
        if not self._seen.add(number):
            return None
        self._in_hand.add(number)
        if await self._told(self._inbox.take(number, written(note), caller=caller), otherwise=True):
            return Entry(number, note, self)
        self._in_hand.discard(number)
        return None

    async def amend(self, entry: Entry) -> None:
        """Writes down how the entry's note stands now."""
        await self._told(self._inbox.amend(entry.number, written(entry.note)), otherwise=None)

    async def done(self, number: int) -> None:
        """Strikes an update out; when the inbox is away just then, as soon as it shows it as waiting."""
        self._answered.add(number)
        await self._told(self._inbox.done(number), otherwise=None)
        self._in_hand.discard(number)

    async def waiting(self) -> list[Entry]:
        """What an earlier life of this bot, or another one that died, left unanswered, oldest first."""
        entries = []
        for left in await self._told(self._inbox.waiting(), otherwise=()):
            if left.update_id in self._in_hand:
                continue
            note = read(left.note)
            if note is None or left.update_id in self._answered:
                await self.done(left.update_id)
            else:
                self._seen.add(left.update_id)
                self._in_hand.add(left.update_id)
                entries.append(Entry(left.update_id, note, self))
        return entries

    async def _told(self, asked: Awaitable[Told], *, otherwise: Told) -> Told:
        try:
            told = await asked
        except MemoryUnavailable as error:
            if not self._lost:
                log.error("what is not answered yet cannot be written down, the bot goes on from memory: %s", error)
            self._lost = True
            return otherwise
        if self._lost:
            log.info("what is not answered yet is written down again")
        self._lost = False
        return told
