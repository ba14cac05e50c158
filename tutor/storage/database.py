"""A SQL database under everything that is kept: its tables made, its transactions, its errors in our words, no call without an end."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from alembic.util import CommandError
from asyncpg import InterfaceError, PostgresError
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tutor.errors import MemoryUnavailable
from tutor.storage.migrate import migrate

log = logging.getLogger(__name__)

IDS_AT_ONCE = 500  # in one statement; databases bound its parameters
WITHIN_S = 3.0  # that long a student's message waits for one call
_LATE = "the database of conversations does not answer in time: look after what holds state.db in the data folder, or after NAVIGATOR_DATABASE_URL"

T = TypeVar("T")


class Database:
    """Transactions on an engine; the tables are made with the first that succeeds."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._preparing = asyncio.Lock()
        self._prepared = False
        self._file: os.stat_result | None = None
        self._at_work: set[asyncio.Task[Any]] = set()
        self._late: set[asyncio.Task[Any]] = set()  # nobody waits for these any more

    @property
    def is_file(self) -> bool:
        """Whether it is SQLite."""
        return self.engine.dialect.name == "sqlite"

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that may go on when the row is there, which standard SQL has not."""
        return sqlite.insert(table) if self.is_file else postgresql.insert(table)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction on tables that are there; one that is late (see `in_time`) is rolled back."""
        with _translated():
            await self._prepare()
            async with self.engine.begin() as connection:
                yield connection
                if asyncio.current_task() in self._late:
                    raise MemoryUnavailable(_LATE)

    async def in_time(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work returns, or MemoryUnavailable within `WITHIN_S`; while the database owes an answer it is not asked again.

        Late work is not cancelled, since a connection given up in mid-work is lost: its transaction is rolled back when it comes to its end.
        """
        if self._late:
            work.close()
            raise MemoryUnavailable(_LATE)
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._ended)
        done, late = await asyncio.wait([task], timeout=WITHIN_S)
        self._late |= late
        if not done:
            raise MemoryUnavailable(_LATE)
        return task.result()

    async def scrub(self) -> None:
        """Empties SQLite's write-ahead log, which still holds what the database no longer does. PostgreSQL's vacuum does as much in its own time."""
        if not self.is_file:
            return
        with _translated():
            async with self.engine.connect() as connection:
                busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
        if busy:
            raise MemoryUnavailable("what was deleted still stands in state.db-wal, since another process reads the database: try again")

    async def close(self) -> None:
        """Waits for what is at work, which the vendors' time limits end, and frees everything; the next call opens it again."""
        if self._at_work:
            await asyncio.wait(self._at_work)
        await self.engine.dispose()

    async def _prepare(self) -> None:
        async with self._preparing:
            if self._prepared and self._taken_away():
                log.error("state.db was taken away while it was in use: another is begun, and what stood in it is no longer known here")
                await self.engine.dispose()  # else all would go on in a file that nobody sees, and vanish with this process
                self._prepared = False
            if not self._prepared:
                if self.is_file:
                    os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))  # its journals get the same rights
                    self._file = os.stat(self._path)
                async with self.engine.begin() as connection:
                    await connection.run_sync(migrate)
                self._prepared = True

    @property
    def _path(self) -> str:
        return str(self.engine.url.database)

    def _taken_away(self) -> bool:
        """Whether another file, or none, stands where the database's was."""
        try:
            return self._file is not None and not os.path.samestat(self._file, os.stat(self._path))
        except FileNotFoundError:
            return True

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._at_work.discard(task)
        self._late.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, lest the event loop complain that nobody did


@contextmanager
def _translated() -> Iterator[None]:
    """Turns the vendors' errors into ours, which keep nothing of what was to be stored: their causes would."""
    try:
        yield
    except CommandError:
        raise MemoryUnavailable("the database was made by a newer version of Navigator: start that one, or set another aside") from None
    except DBAPIError as error:
        raise _unavailable(error.orig or error) from None
    except (OSError, NoConnection, PostgresError, InterfaceError) as error:
        raise _unavailable(error) from None


def _unavailable(error: BaseException) -> MemoryUnavailable:
    what = str(error).partition("\n")[0][:200]
    return MemoryUnavailable(
        f"the database of conversations cannot be used ({what}): look after state.db in the data folder, or NAVIGATOR_DATABASE_URL"
    )
