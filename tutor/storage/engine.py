"""The two databases: a SQLite file for one machine, PostgreSQL for several servers."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine

from tutor.errors import MemoryUnavailable
from tutor.storage.database import Database

WAIT_S = 5.0  # for another process's lock, or for a connection
AGAIN_S = 0.02

# secure_delete overwrites what is deleted with zeros; temp_store keeps intermediate results out of temporary files.
_PRAGMAS = ("synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY")


def sqlite(path: Path) -> Database:
    """The database in a file, which need not be there yet."""
    _quieten_vendors()
    url = URL.create("sqlite+aiosqlite", database=str(path.absolute()))
    # Two connections: further ones would only wait for each other's lock, in no order. Parameters hold what students wrote.
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": WAIT_S}, **_pool(2))
    event.listen(engine.sync_engine, "connect", _set_up)
    return Database(engine)


def postgresql(address: str) -> Database:
    """The database at ``postgresql://user:password@host/database``; ``sslmode`` is understood. MemoryUnavailable for what is no address."""
    _quieten_vendors()
    try:
        url = make_url(address).set(drivername="postgresql+asyncpg")
    except (ArgumentError, ValueError):  # their words would show the password
        raise MemoryUnavailable("NAVIGATOR_DATABASE_URL is no address: write postgresql://user:password@host:5432/database") from None
    if "sslmode" in url.query:
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": url.query["sslmode"]})
    limits = {"timeout": WAIT_S, "command_timeout": 2 * WAIT_S}
    return Database(create_async_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=limits, **_pool(5)))


def _pool(size: int) -> dict[str, Any]:
    """So many connections and no more; who finds none free waits as long as for a lock."""
    return {"pool_size": size, "max_overflow": 0, "pool_timeout": WAIT_S}


def _quieten_vendors() -> None:
    """Their debug lines hold what students wrote."""
    for name in ("aiosqlite", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _set_up(connection: AsyncAdapt_dbapi_connection, _record: object) -> None:
    cursor = connection.cursor()
    _wait_for(lambda: cursor.execute("PRAGMA journal_mode = WAL"), connection)
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _wait_for(change: Callable[[], object], connection: AsyncAdapt_dbapi_connection) -> None:
    """SQLite waits for every lock but for this one: who is second to open a new file is told at once that it is locked."""
    for left in reversed(range(1 + round(WAIT_S / AGAIN_S))):
        try:
            change()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not left:
                raise
        connection.run_async(lambda _vendor: asyncio.sleep(AGAIN_S))
