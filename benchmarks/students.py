"""What a bot asks of its database for each question, for many students at once: p50 and p95 of every call."""

import asyncio
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable
from pathlib import Path

from tutor.learners import Learner
from tutor.sealing import Seal
from tutor.storage import Database, Limits, SqlInbox, SqlLearners, postgresql, sqlite

NOTE = '{"chat": 12345678, "message": 17, "language": "zh", "text": "嫦娥五号带回了多少月壤？"}'


class Students:
    """Each takes an update, is looked up, admitted and kept, has the note amended and is done, in its own time; times are in seconds."""

    def __init__(self, learners: SqlLearners, inbox: SqlInbox) -> None:
        self.learners = learners
        self.inbox = inbox
        self.took: dict[str, list[float]] = defaultdict(list)

    async def ask(self, count: int, within_s: float) -> None:
        """So many students, evenly within that time; MemoryUnavailable when a call of one does not come to its end."""
        await asyncio.gather(*(self._one(number, within_s * number / count) for number in range(count)))

    async def _one(self, number: int, after_s: float) -> None:
        await asyncio.sleep(after_s)
        caller = f"{number:064x}"
        await self._timed("take", self.inbox.take(number, NOTE, caller=caller))
        await self._timed("learner", self.learners.learner(caller))
        await self._timed("admit", self.learners.admit(caller))
        await self._timed("keep", self.learners.keep(caller, Learner("zh", "4-6", "talk", "moon")))
        await self._timed("amend", self.inbox.amend(number, NOTE))
        await self._timed("done", self.inbox.done(number))

    async def _timed(self, name: str, call: Awaitable[object]) -> None:
        began = time.perf_counter()
        await call
        self.took[name].append(time.perf_counter() - began)


async def run(learners: Database, inbox: Database, *, count: int, within_s: float) -> dict[str, list[float]]:
    """How long every call took, by its name."""

    def clock() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    students = Students(SqlLearners(learners, Limits(10, 200), clock=clock), SqlInbox(inbox, Seal(b"k" * 32), "telegram", clock=clock))
    async with students.learners.running(), students.inbox.running():
        await students.inbox.waiting()
        await students.ask(count, within_s)
    return students.took


def p95(taken: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    """Usage: scripts/bench students [STUDENTS SECONDS [postgresql://...]]; without an address a new SQLite file."""
    count, within_s = int((sys.argv[1:] or ["200"])[0]), float((sys.argv[2:] or ["10"])[0])
    with tempfile.TemporaryDirectory(prefix="navigator-students-") as folder:
        opened = [postgresql(sys.argv[3]) if sys.argv[3:] else sqlite(Path(folder, "state.db")) for _ in range(2)]
        took = asyncio.run(run(*opened, count=count, within_s=within_s))
    for name, taken in took.items():
        print(f"{name:8} p50 {statistics.median(taken) * 1e3:.1f} ms, p95 {p95(taken) * 1e3:.1f} ms, max {max(taken) * 1e3:.1f} ms, n={len(taken)}")


if __name__ == "__main__":
    main()
