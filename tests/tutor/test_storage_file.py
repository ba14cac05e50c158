"""The SQLite file: for its owner alone, nothing left of what was deleted, and what happens when it cannot be used."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from kept_turns import CITATION, NOON, answer, judgement, turn

from tutor.errors import MemoryUnavailable
from tutor.learners import Learner
from tutor.remembered import Turn
from tutor.sealing import Seal
from tutor.storage import Limits, SqlInbox, SqlLearners, SqlStore, engine, sqlite

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqlStore]:
    store = SqlStore(sqlite(path))
    yield store
    await store.close()


def everything(path: Path) -> bytes:
    """Every byte of the database and of whatever lies beside it."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def told(marker: str, number: int) -> Turn:
    """A turn that has `marker` wherever text goes, short or long enough for pages of its own."""
    words = f"{marker} " * (1 + number * 37 % 400)
    cited = replace(CITATION, quote=words, title=marker, passage_id=f"passage-{marker}")
    made = answer(text=words, citations=(cited, replace(cited, n=2)))
    return replace(turn(made, caller=f"caller-{marker}", question=words), conversation=f"talk-{marker}", lesson=marker)


async def test_the_file_and_its_log_are_their_owner_s_alone(store: SqlStore, path: Path) -> None:
    await store.add([turn()])
    assert {file.name for file in path.parent.iterdir()} == {"state.db", "state.db-wal", "state.db-shm"}
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def take_away(path: Path, *, put_back: bool) -> None:
    """As somebody does who was told to look after the file; perhaps an empty one is put in its place."""
    path.rename(path.with_name("aside"))
    if put_back:
        path.touch()


@pytest.mark.parametrize("put_back", [False, True])
async def test_a_file_that_is_taken_away_is_begun_anew(store: SqlStore, path: Path, put_back: bool, caplog: pytest.LogCaptureFixture) -> None:
    learners = SqlLearners(store._database, Limits(1, 0), clock=lambda: NOON)
    await learners.keep("anna", Learner(lesson="moon"))
    take_away(path, put_back=put_back)
    await learners.keep("bo", Learner(lesson="mars"))
    assert [await learners.learner(who) for who in ("anna", "bo")] == [Learner(), Learner(lesson="mars")]
    assert caplog.text.count("taken away while it was in use") == 1
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT lesson FROM learners").fetchall() == [("mars",)]
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_nothing_of_an_erased_caller_is_left_in_any_file(store: SqlStore, path: Path) -> None:
    markers = ("ANNASWORD", "BOSWORD", "CEESWORD")
    learners = SqlLearners(store._database, Limits(1, 0), clock=lambda: NOON)
    inbox = SqlInbox(store._database, Seal(b"k" * 32), "telegram", clock=lambda: NOON)
    for number in range(60):
        turns = [told(marker, number) for marker in markers]
        await store.add(turns)
        for marker, one in zip(markers, turns, strict=True):
            await store.judge(one.caller, judgement(one, comment=f"{marker} " * (number + 1)))
            await learners.keep(one.caller, Learner(lesson=marker, quiz=f"{marker} " * (1 + number * 6)))
            await learners.admit(one.caller)
            await inbox.take(int.from_bytes(marker.encode()) % 2**60 + number, "note", caller=one.caller)
    assert b"ANNASWORD" in everything(path)
    await store.erase("caller-ANNASWORD")
    left = everything(path)
    assert b"ANNASWORD" not in left
    assert left.count(b"BOSWORD") > 1000


async def test_nothing_too_old_is_left_in_any_file(store: SqlStore, path: Path) -> None:
    await store.add([replace(told("OLDWORD", number), asked_at=NOON.replace(year=2025)) for number in range(30)])
    await store.add([told("NEWWORD", number) for number in range(30)])
    assert await store.forget_before(NOON) == 30
    assert b"OLDWORD" not in everything(path)
    assert b"NEWWORD" in everything(path)


async def test_nothing_quoted_of_a_withdrawn_passage_is_left_in_any_file(store: SqlStore, path: Path) -> None:
    for number in range(30):
        quoting = told("QUOTED", number)
        await store.add([replace(quoting, question="Why?", lesson=None, caller="anna", conversation="talk")])
    assert await store.forget_passages(["passage-QUOTED"]) == 60
    assert everything(path).replace(b"passage-QUOTED", b"").count(b"QUOTED") == 0


async def test_erasure_is_not_claimed_while_another_reader_keeps_the_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT_S", 0.1)
    hasty = SqlStore(sqlite(path))
    await hasty.add([told("ANNASWORD", 1)])
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers").fetchone()
        with pytest.raises(MemoryUnavailable, match="try again"):
            await hasty.erase("caller-ANNASWORD")
    await hasty.erase("caller-ANNASWORD")
    assert b"ANNASWORD" not in everything(path)
    await hasty.close()


async def test_a_locked_file_is_waited_for_and_then_told(store: SqlStore, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.add([turn()])
    monkeypatch.setattr(engine, "WAIT_S", 0.1)
    hasty = SqlStore(sqlite(path))
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MemoryUnavailable, match="locked"):
            await hasty.add([turn()])
    await hasty.add([turn()])
    await hasty.close()


async def test_those_who_open_a_new_file_at_once_wait_for_each_other(tmp_path: Path) -> None:
    for number in range(20):
        stores = [SqlStore(sqlite(tmp_path / f"{number}.db")) for _ in range(3)]
        assert await asyncio.gather(*(one.refused(1) for one in stores)) == [(), (), ()]
        for one in stores:
            await one.close()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_told_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    async def add() -> None:
        store = SqlStore(sqlite(path))
        try:
            await store.add([turn()])
        finally:
            await store.close()

    with pytest.raises(MemoryUnavailable, match=r"state\.db"):
        asyncio.run(add())
    assert path.read_bytes() == content


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MemoryUnavailable, match="No such file"):
        await SqlStore(sqlite(tmp_path / "none" / "state.db")).refused(1)


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_a_disk_that_takes_nothing_more_is_told_and_what_was_kept_stays(path: Path, trouble: str) -> None:
    """In a process of its own: its files may not grow, as on a full disk, or it may not write to them."""
    code = f"""
import asyncio, resource, signal, sqlite3, sys
from pathlib import Path
from kept_turns import answer, turn
from tutor.errors import MemoryUnavailable
from tutor.storage import SqlStore, sqlite
async def main():
    store = SqlStore(sqlite(Path(sys.argv[1])))
    await store.add([turn(answer("refused"))])
    if {trouble == "full"}:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    else:
        await store.close()
        from sqlalchemy import event
        event.listen(store._database.engine.sync_engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON").close())
    try:
        for _ in range(100):
            await store.add([turn(answer("refused"), question="x" * 10_000)])
        print("no trouble")
    except MemoryUnavailable as error:
        print(error)
    kept = len(await store.refused(500))
    assert kept >= 1
    await store.close()
asyncio.run(main())
"""
    environ = {"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
    ran = subprocess.run([sys.executable, "-c", code, str(path)], env=environ, capture_output=True, text=True, timeout=60, check=True)
    assert "cannot be used" in ran.stdout, ran.stdout
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
