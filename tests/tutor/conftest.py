"""A database for a test: a file of its own, or a database of its own on one real PostgreSQL server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from postgres_server import postgresql_running
from sqlalchemy.ext.asyncio import AsyncEngine

from tutor.storage import SqlStore, postgresql, sqlite


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server; skips where it is not installed."""
    with postgresql_running() as address:
        yield address


@pytest.fixture
def database(postgres: str, request: pytest.FixtureRequest) -> str:
    """The address of a new database."""
    name = f"test_{abs(hash(request.node.nodeid))}"

    async def create() -> None:
        connection = await asyncpg.connect(f"{postgres}/postgres")
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(create())
    return f"{postgres}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncEngine:
    """An engine on an empty database of each kind."""
    return sqlite(tmp_path / "state.db") if request.param == "sqlite" else postgresql(request.getfixturevalue("database"))


@pytest.fixture
async def store(engine: AsyncEngine) -> AsyncIterator[SqlStore]:
    """An empty store of each kind."""
    store = SqlStore(engine)
    yield store
    await store.close()
