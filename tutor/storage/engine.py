"""The two databases: a SQLite file for one machine, PostgreSQL for several servers."""

import logging
import sqlite3
from pathlib import Path

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine

from tutor.errors import MemoryUnavailable
from tutor.storage.database import Database

WAIT_S = 5.0  # for another process's lock, or for a connection

# secure_delete overwrites what is deleted with zeros; temp_store keeps intermediate results out of temporary files.
_PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY")


def sqlite(path: Path) -> Database:
    """The database in a file, which need not be there yet."""
    _quieten_vendors()
    url = URL.create("sqlite+aiosqlite", database=str(path.absolute()))
    limits = {"timeout": WAIT_S}
    engine = create_async_engine(url, hide_parameters=True, pool_timeout=WAIT_S, connect_args=limits)  # parameters hold what students wrote
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
    return Database(create_async_engine(url, hide_parameters=True, pool_pre_ping=True, pool_timeout=WAIT_S, connect_args=limits))


def _quieten_vendors() -> None:
    """Their debug lines hold what students wrote."""
    for name in ("aiosqlite", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
