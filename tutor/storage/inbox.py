"""A messenger's updates in a SQL database: each taken once, each note sealed and leased to the process that is at work on it."""

import asyncio
import datetime as dt
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy import Row, delete, insert, update

from tutor.errors import MemoryUnavailable
from tutor.inbox import Waiting
from tutor.sealing import Seal
from tutor.storage.aging import NOTE_FOR, aged
from tutor.storage.database import IDS_AT_ONCE, Database
from tutor.storage.tables import notes, updates

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=20)
RENEW_EVERY_S = 5.0
LONGEST_NOTE = 50_000  # characters
IDS = range(2**63)  # what both databases hold, and any messenger gives


class SqlInbox:
    """The inbox of the bot called `bot`; `clock` tells aware times.

    Whatever this object took is its own while it is ``running``. What a process took that was killed waits for others after `LEASE`.
    """

    def __init__(self, database: Database, seal: Seal, bot: str, *, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._seal = seal
        self._bot = bot
        self._clock = clock
        self._me = secrets.token_hex(8)
        self._done: set[int] = set()  # and not written yet

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Renews the leases for as long as this is held; then gives them back at once and frees the database."""
        renewing = asyncio.create_task(self._keep_renewing())
        renewing.add_done_callback(_tell_if_it_stopped)
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.wait([renewing])
            with suppress(MemoryUnavailable):  # then they end by themselves
                await self._database.in_time(self._hold(None, None))
            await self._database.close()

    async def take(self, update_id: int, note: str, *, caller: str | None = None) -> bool:
        """Writes an update down; False when it was taken before. A note longer than `LONGEST_NOTE` is not kept, and forgotten over a restart.

        ValueError for what is no update's id.
        """
        if update_id not in IDS:
            raise ValueError(f"no messenger gives an update the id {update_id!r}: drop it")
        return await self._database.in_time(self._take(update_id, note, caller))

    async def amend(self, update_id: int, note: str) -> None:
        """Puts another note in its place, as long as it is not done nor another process's; one longer than `LONGEST_NOTE` changes nothing."""
        if update_id in IDS and _fits(note):
            await self._database.in_time(self._amend(update_id, note))

    async def done(self, update_id: int) -> None:
        """The update is answered: its note goes at once, or as soon as the database is there again; its id stays for a day."""
        if update_id in IDS:
            self._done.add(update_id)
            await self._database.in_time(self._settle())

    async def waiting(self) -> tuple[Waiting, ...]:
        """Those not done that no process is at work on, oldest first; from now on this one is. Those older than `NOTE_FOR` are deleted."""
        return await self._database.in_time(self._claim())

    async def _take(self, update_id: int, note: str, caller: str | None) -> bool:
        now = self._clock()
        row = {"bot": self._bot, "update_id": update_id, "taken": now}
        held = {"caller": caller, "sealed": self._sealed(update_id, note), "holder": self._me, "lease": now + LEASE}
        async with self._database.transaction() as connection:
            new = (await connection.execute(self._database.insert(updates).values(row).on_conflict_do_nothing())).rowcount == 1
            if new and _fits(note):
                await connection.execute(insert(notes).values(row | held))
        return new

    async def _amend(self, update_id: int, note: str) -> None:
        own = (notes.c.bot == self._bot) & (notes.c.update_id == update_id) & (notes.c.holder == self._me)
        async with self._database.transaction() as connection:
            await connection.execute(update(notes).where(own).values(sealed=self._sealed(update_id, note), lease=self._clock() + LEASE))

    async def _settle(self) -> None:
        done = tuple(self._done)
        async with self._database.transaction() as connection:
            for start in range(0, len(done), IDS_AT_ONCE):
                ids = notes.c.update_id.in_(done[start : start + IDS_AT_ONCE])
                await connection.execute(delete(notes).where(notes.c.bot == self._bot, ids))
        self._done.difference_update(done)

    async def _claim(self) -> tuple[Waiting, ...]:
        now = self._clock()
        old = delete(notes).where(notes.c.bot == self._bot, aged(notes.c.taken, now, NOTE_FOR))
        # One that ends later than any lease can was written before a clock was set back. A server's clock may be a little ahead.
        ended = (notes.c.lease <= now) | (notes.c.lease >= now + 2 * LEASE)
        free = notes.c.holder.is_(None) | (notes.c.holder != self._me) & ended
        claimed = update(notes).where(notes.c.bot == self._bot, free).values(holder=self._me, lease=now + LEASE)
        async with self._database.transaction() as connection:
            await connection.execute(old)
            rows = (await connection.execute(claimed.returning(notes.c.taken, notes.c.update_id, notes.c.sealed))).all()
        readable = [waiting for row in sorted(rows, key=lambda row: row[:2]) if (waiting := self._unsealed(row)) is not None]
        if len(readable) < len(rows):
            self._done.update({row.update_id for row in rows} - {waiting.update_id for waiting in readable})
            await self._settle()
        return tuple(readable)

    async def _hold(self, holder: str | None, lease: dt.datetime | None) -> None:
        """Hands what this object holds to `holder`, until `lease`; what is done is deleted first."""
        if self._done:
            await self._settle()
        async with self._database.transaction() as connection:
            await connection.execute(update(notes).where(notes.c.bot == self._bot, notes.c.holder == self._me).values(holder=holder, lease=lease))

    async def _keep_renewing(self) -> None:
        told = False
        while True:
            await asyncio.sleep(RENEW_EVERY_S)
            try:
                await self._database.in_time(self._hold(self._me, self._clock() + LEASE))
                told = False
            except MemoryUnavailable as error:
                if not told:
                    log.error("another process may take over what this one is at work on: %s", error)
                told = True

    def _sealed(self, update_id: int, note: str) -> bytes:
        return self._seal.sealed(note, place=f"{self._bot}\x1f{update_id}")

    def _unsealed(self, row: Row[tuple[dt.datetime, int, bytes]]) -> Waiting | None:
        note = self._seal.unsealed(row.sealed, place=f"{self._bot}\x1f{row.update_id}")
        if note is None:
            log.warning("what was delivered before the restart cannot be unsealed and is dropped: was NAVIGATOR_PSEUDONYM_KEY changed?")
            return None
        return Waiting(row.update_id, note)


def _fits(note: str) -> bool:
    if len(note) > LONGEST_NOTE:
        log.warning("a note of %d characters is too long for the inbox: its update will not be remembered over a restart", len(note))
    return len(note) <= LONGEST_NOTE


def _tell_if_it_stopped(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("the inbox no longer renews its leases: restart the bot", exc_info=task.exception())
