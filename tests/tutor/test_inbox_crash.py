"""Processes that share one inbox: one is killed in mid-work, and what it held goes to exactly one of the others, once and in time."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A bot's process: takes some updates if it is told to, then works on whatever waits, for ever, and tells each update's id and time.
BOT = """
import asyncio, datetime as dt, sys, time
from database_at import database_at
from tutor.sealing import Seal
from tutor.storage import SqlInbox, inbox
inbox.LEASE, inbox.RENEW_EVERY_S = dt.timedelta(seconds=4), 0.2
place, takes = sys.argv[1], int(sys.argv[2])
async def main():
    bot = SqlInbox(database_at(place), Seal(b"k" * 32), "telegram", clock=lambda: dt.datetime.now(dt.UTC))
    async with bot.running():
        for update_id in range(takes):
            print("taken", update_id, await bot.take(update_id, f"note {update_id}"), flush=True)
        print("ready", flush=True)
        while True:
            for waiting in await bot.waiting():
                print("given", waiting.update_id, waiting.note, time.time(), flush=True)
            await asyncio.sleep(0.05)
asyncio.run(main())
"""


@contextmanager
def bot(place: str, takes: int = 0) -> Iterator[subprocess.Popen[str]]:
    """A running bot's process that is ready."""
    environ = {"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
    command = [sys.executable, "-W", "error", "-c", BOT, place, str(takes)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "ready\n")
            assert [line.split()[2] for line in lines] == ["True"] * takes
            yield process
        finally:
            process.kill()


def given(process: subprocess.Popen[str], told: list[tuple[int, float]]) -> None:
    """Adds the ids that a process is given, and when, to what was told; until it ends."""
    assert process.stdout is not None
    for line in process.stdout:
        told.append((int(line.split()[1]), float(line.split()[-1])))


def test_what_a_killed_bot_held_goes_to_one_other_and_not_before_its_leases_end(place: str) -> None:
    told: list[tuple[int, float]] = []
    with bot(place, takes=20) as first, bot(place) as second, bot(place) as third:
        readers = [threading.Thread(target=given, args=(process, told)) for process in (second, third)]
        for reader in readers:
            reader.start()
        time.sleep(4.5)  # longer than a lease, which a machine that stands still for a moment must not end: the first renews
        killed = time.time()
        first.kill()
        while len(told) < 20 and time.time() < killed + 20:
            time.sleep(0.05)
        time.sleep(0.2)  # nothing is given twice
    for reader in readers:
        reader.join()
    assert sorted(update_id for update_id, _at in told) == list(range(20))
    assert all(at > killed for _update_id, at in told)
