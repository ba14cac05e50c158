"""Learners' choices and the limits on their questions, in a SQL database."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from sqlalchemy import Column, ColumnElement, case, delete, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.learners import Kept, Learner
from tutor.storage.database import Database
from tutor.storage.rows import storable
from tutor.storage.tables import answers, counts, feedback, learners

LONGEST_NAME = 200  # characters of a conversation's or lesson's id
LONGEST_QUIZ = 4_000
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """How many questions a caller may ask: each minute and each day begins with its first question. 0 sets no limit."""

    per_minute: int
    per_day: int


class SqlLearners:
    """Learners in a database; `clock` tells aware times."""

    def __init__(self, database: Database, limits: Limits, *, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._limits = limits
        self._clock = clock

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Frees the database at the end of the block."""
        try:
            yield
        finally:
            await self._database.close()

    async def learner(self, caller: str) -> Learner:
        """What is kept of a caller; a `Learner()` of nobody known."""
        return await self._database.in_time(self._learner(caller))

    async def keep(self, caller: str, learner: Learner) -> None:
        """Keeps it in place of what was kept before; a `Learner()` is not kept at all. ValueError for one that is too long."""
        _check(learner)
        await self._database.in_time(self._keep(caller, learner))

    async def admit(self, caller: str) -> float:
        """Counts one question: 0.0 when it is within the caller's limits, else the seconds to wait, and it is not counted."""
        return await self._database.in_time(self._admit(caller))

    async def kept(self, caller: str) -> Kept:
        """How much is kept of a caller, conversations and all."""
        return await self._database.in_time(self._kept(caller))

    async def _learner(self, caller: str) -> Learner:
        wanted = select(*(learners.c[name] for name in asdict(Learner()))).where(learners.c.caller == caller)
        async with self._database.transaction() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return Learner(*row) if row is not None else Learner()

    async def _keep(self, caller: str, learner: Learner) -> None:
        async with self._database.transaction() as connection:
            if learner == Learner():
                await connection.execute(delete(learners).where(learners.c.caller == caller))
                return
            row = {name: storable(value) if value is not None else None for name, value in asdict(learner).items()} | {"seen": self._clock()}
            kept = self._database.insert(learners).values(caller=caller, **row)
            await connection.execute(kept.on_conflict_do_update(index_elements=["caller"], set_=row))

    async def _admit(self, caller: str) -> float:
        now = self._clock()
        async with self._database.transaction() as connection:
            await connection.execute(update(learners).where(learners.c.caller == caller).values(seen=now))
            if not (self._limits.per_minute or self._limits.per_day) or await self._counted(connection, caller, now):
                return 0.0
            return await self._wait(connection, caller, now)

    async def _counted(self, connection: AsyncConnection, caller: str, now: dt.datetime) -> bool:
        """Counts in one statement, so that no two processes count the same question's place; False when a limit is reached."""
        minute, day = _running(counts.c.minute, now, MINUTE), _running(counts.c.day, now, DAY)
        counted = self._database.insert(counts).values(caller=caller, minute=now, in_minute=1, day=now, in_day=1)
        new = counted.excluded
        counted = counted.on_conflict_do_update(
            index_elements=["caller"],
            set_={
                "minute": case((minute, counts.c.minute), else_=new.minute),
                "in_minute": case((minute, counts.c.in_minute + 1), else_=new.in_minute),
                "day": case((day, counts.c.day), else_=new.day),
                "in_day": case((day, counts.c.in_day + 1), else_=new.in_day),
            },
            where=_room(minute, counts.c.in_minute, self._limits.per_minute) & _room(day, counts.c.in_day, self._limits.per_day),
        )
        return (await connection.execute(counted)).rowcount == 1

    async def _wait(self, connection: AsyncConnection, caller: str, now: dt.datetime) -> float:
        row = (await connection.execute(select(counts).where(counts.c.caller == caller))).one()
        windows: tuple[tuple[dt.datetime, int, int, dt.timedelta], ...] = (
            (row.minute, row.in_minute, self._limits.per_minute, MINUTE),
            (row.day, row.in_day, self._limits.per_day, DAY),
        )
        waits = [min(length, began + length - now) for began, count, limit, length in windows if limit and count >= limit]
        return max(wait.total_seconds() for wait in waits)

    async def _kept(self, caller: str) -> Kept:
        own = select(func.count()).select_from(answers).where(answers.c.caller == caller)
        judged = select(func.count()).select_from(feedback.join(answers)).where(answers.c.caller == caller)
        known = select(func.count()).select_from(learners).where(learners.c.caller == caller)
        async with self._database.transaction() as connection:
            row = (await connection.execute(select(own.scalar_subquery(), judged.scalar_subquery(), known.scalar_subquery()))).one()
        return Kept(answers=row[0], judgements=row[1], learner=bool(row[2]))


def _running(began: Column[dt.datetime], now: dt.datetime, length: dt.timedelta) -> ColumnElement[bool]:
    """Whether a window is not over; servers' clocks differ a little, and one that was set back must not lock anybody out for long."""
    return (began > now - length) & (began < now + length)


def _room(running: ColumnElement[bool], count: Column[int], limit: int) -> ColumnElement[bool]:
    return ~running | (count < limit) if limit else true()


def _check(learner: Learner) -> None:
    bounds = {"conversation_id": LONGEST_NAME, "lesson": LONGEST_NAME, "quiz": LONGEST_QUIZ}
    for name, longest in bounds.items():
        length = len(getattr(learner, name) or "")
        if length > longest:
            raise ValueError(f"a learner's {name!r} has {length} characters: keep {longest} at most")
