"""What is kept for an hour or a day at most, whatever becomes of it."""

import datetime as dt

from sqlalchemy import Column, ColumnElement, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.storage.tables import counts, notes, updates

NOTE_FOR = dt.timedelta(minutes=55)  # swept every five minutes, so that none grows older than an hour
DAY = dt.timedelta(days=1)


def aged(since: Column[dt.datetime], now: dt.datetime, age: dt.timedelta) -> ColumnElement[bool]:
    """Whether something is older than that, or younger than can be: then a clock was set back, and nobody knows its age."""
    return (since <= now - age) | (since >= now + age)


async def forget_aged(connection: AsyncConnection, now: dt.datetime) -> None:
    """Deletes notes that were not answered in time, and the ids of updates and the counts of questions of more than a day ago."""
    for since, age in ((notes.c.taken, NOTE_FOR), (updates.c.taken, DAY), (counts.c.day, DAY)):
        await connection.execute(delete(since.table).where(aged(since, now, age)))
