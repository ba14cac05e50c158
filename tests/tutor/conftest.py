"""A database for a test: a file of its own, or a database of its own on one real PostgreSQL server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from database_at import database_at
from postgres_server import postgresql_running
from sqlalchemy.ext.asyncio import AsyncEngine

from tutor.storage import Database, SqlStore


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server; skips where it is not installed."""
    with postgresql_running() as address:
        yield address


@pytest.fixture
def postgres_database(postgres: str, request: pytest.FixtureRequest) -> str:
    """The address of a new database."""
    name = f"test_{abs(hash(request.node.nodeid))}"

    async def create() -> None:
        connection = await asyncpg.connect(f"{postgres}/postgres")
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(create())
    return f"{postgres}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database of each kind is: a file's path or an address."""
    return str(tmp_path / "state.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


@pytest.fixture
async def database(place: str) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    database = database_at(place)
    yield database
    await database.close()


@pytest.fixture
def engine(database: Database) -> AsyncEngine:
    """Its engine, to look behind the stores."""
    return database.engine


@pytest.fixture
def store(database: Database) -> SqlStore:
    """An empty store of each kind."""
    return SqlStore(database)
