"""The tables: the migrations make what the code expects, once, however many servers start together."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from database_at import database_at
from kept_turns import NOON, turn
from sqlalchemy import Connection, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from tutor.errors import MemoryUnavailable
from tutor.learners import Kept, Learner
from tutor.storage import Database, Limits, SqlLearners, SqlStore, postgresql
from tutor.storage.migrate import migrate
from tutor.storage.tables import answers, conversations, metadata

ROOT = Path(__file__).parents[2]
# Starts as a server does, waits for the others, and keeps twenty turns.
SERVER = """
import asyncio, sys
from database_at import database_at
from kept_turns import answer, turn
from tutor.storage import SqlStore
place = sys.argv[1]
store = SqlStore(database_at(place))
async def main():
    for number in range(20):
        await store.add([turn(answer("refused", answer_id=f"{sys.argv[2]}-{number}"))])
    await store.close()
sys.stdin.readline()
asyncio.run(main())
"""


@pytest.fixture
async def before(engine: AsyncEngine) -> None:
    """The tables of the version before learners, with a conversation in them."""
    talk = {"conversation": "anna's talk", "caller": "anna"}
    asked = {"language": "en", "question": "Why?", "kind": "refused", "answer": "Not in the course.", "engine": "extract", "release": "r1"}
    async with engine.begin() as connection:
        await connection.run_sync(migrate, "0001")
        await connection.execute(insert(conversations), talk | {"created": NOON, "latest": NOON})
        await connection.execute(insert(answers), talk | asked | {"answer_id": "a1", "asked_at": NOON, "confidence": 0.5})


def differences(connection: Connection) -> object:
    return compare_metadata(MigrationContext.configure(connection), metadata)


async def test_the_migrations_make_the_tables_that_the_code_expects(store: SqlStore, engine: AsyncEngine) -> None:
    await store.refused(1)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.usefixtures("before")
async def test_a_database_of_the_version_before_keeps_what_it_holds(database: Database, engine: AsyncEngine) -> None:
    learners = SqlLearners(database, Limits(1, 1), clock=lambda: NOON)
    await learners.keep("anna", Learner(lesson="moon"))
    assert await learners.kept("anna") == Kept(answers=1, judgements=0, learner=True)
    assert [one.question for one in await SqlStore(database).refused(9)] == ["Why?"]
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(store: SqlStore, engine: AsyncEngine) -> None:
    await store.add([turn()])
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MemoryUnavailable, match="newer version"):
        await SqlStore(Database(engine)).add([turn()])


def test_processes_that_start_at_once_make_the_tables_once_and_lose_nothing(place: str) -> None:
    path = {"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}", "PATH": ""}
    command = [sys.executable, "-W", "error", "-c", SERVER, place]
    servers = [subprocess.Popen([*command, str(number)], env=path, stdin=subprocess.PIPE, text=True) for number in range(3)]
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("\n")
        server.stdin.flush()
    for server in servers:
        server.communicate(timeout=60)
    assert [server.returncode for server in servers] == [0, 0, 0]

    async def kept() -> int:
        store = SqlStore(database_at(place))
        try:
            return len(await store.refused(99))
        finally:
            await store.close()

    assert asyncio.run(kept()) == 60


@pytest.mark.parametrize(
    "address", ["postgresql://app:hush@127.0.0.1:1/none", "postgresql://app:hush@nowhere.invalid/none", "postgresql://app:hush@127.0.0.1:x/none"]
)
async def test_a_postgresql_that_is_not_there_is_one_line_without_the_password(address: str) -> None:
    with pytest.raises(MemoryUnavailable, match="NAVIGATOR_DATABASE_URL") as refused:
        await SqlStore(postgresql(address)).refused(1)
    assert "hush" not in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_a_database_that_is_not_there_is_told_apart_by_name(postgres: str) -> None:
    with pytest.raises(MemoryUnavailable, match='"nope" does not exist'):
        await SqlStore(postgresql(f"{postgres}/nope?sslmode=disable")).refused(1)
