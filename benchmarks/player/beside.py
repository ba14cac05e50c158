"""The same questions through our event stream and through the plain endpoint, each in a process of its own, so many at once."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from benchmarks.pipelines import installed
from benchmarks.pipelines.served import serving
from benchmarks.player.process import processor_s

WITHIN_S = 120.0
Ask = Callable[[httpx2.AsyncClient, str], Awaitable[None]]


@dataclass(frozen=True)
class Pace:
    """Questions a second, the milliseconds of each, and what each took of the processor, in milliseconds."""

    per_second: float
    taken: tuple[float, ...]
    processor: float

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.taken, n=20)[-1]


@dataclass(frozen=True)
class Window:
    """What one server did with questions that it had never been asked, and with the same once more."""

    new: Pace
    again: Pace


@dataclass(frozen=True)
class Questions:
    """Half of them warm a server up, the other half are measured: no question is asked twice but on purpose."""

    warm: Sequence[str]
    measured: Sequence[str]
    at_once: int

    def window(self, address: str, pid: int, ask: Ask) -> Window:
        """Asks a fresh server all of them."""

        async def all_of_it() -> Window:
            limits = httpx2.Limits(max_connections=self.at_once)
            async with httpx2.AsyncClient(base_url=address, trust_env=False, timeout=WITHIN_S, limits=limits) as client:
                await self._pace(client, pid, ask, self.warm)
                return Window(await self._pace(client, pid, ask, self.measured), await self._pace(client, pid, ask, self.measured))

        return asyncio.run(all_of_it())

    async def _pace(self, client: httpx2.AsyncClient, pid: int, ask: Ask, questions: Sequence[str]) -> Pace:
        waiting, taken = iter(questions), []

        async def one_after_another() -> None:
            for question in waiting:
                began = time.perf_counter()
                await ask(client, question)
                taken.append((time.perf_counter() - began) * 1000)

        started, used = time.perf_counter(), processor_s(pid)
        await asyncio.gather(*(one_after_another() for _ in range(self.at_once)))
        seconds, used = time.perf_counter() - started, processor_s(pid) - used
        return Pace(len(taken) / seconds, tuple(taken), used / len(taken) * 1000)


def ours(data: Path, questions: Questions) -> Window:
    """A server of ours, asked for event streams."""
    with serving(data) as served:
        return questions.window(served.address, served.pid, _stream)


def plain(model: Path, release: Path, questions: Questions) -> Window:
    """A plain endpoint, asked for passages."""
    with _plain(model, release) as (address, pid):
        return questions.window(address, pid, _passages)


async def _stream(client: httpx2.AsyncClient, question: str) -> None:
    """Until `final`: what comes behind it is no part of the answer, but is read."""
    async with client.stream("POST", "/v1/chat", json={"question": question}) as stream:
        names = [line.removeprefix("event: ") async for line in stream.aiter_lines() if line.startswith("event: ")]
    if names[-2:] != ["final", "done"]:
        raise RuntimeError(f"{question!r} was not answered, but {stream.status_code} {names}")


async def _passages(client: httpx2.AsyncClient, question: str) -> None:
    response = await client.post("/ask", json={"question": question})
    if response.status_code != 200 or not response.json()["hits"]:
        raise RuntimeError(f"{question!r} was not answered by the plain endpoint, but {response.status_code}")


@contextmanager
def _plain(model: Path, release: Path) -> Iterator[tuple[str, int]]:
    """The plain endpoint's address and process id, once it is ready."""
    with tempfile.TemporaryDirectory(prefix="navigator-plain-") as store:
        command = [sys.executable, "-m", "benchmarks.player.plain_server", str(model), str(release), store]
        with subprocess.Popen(command, env=installed.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                assert server.stdout is not None
                address = server.stdout.readline().strip()
                if not address:
                    raise RuntimeError("the plain endpoint does not start")
                yield address, server.pid
            finally:
                server.terminate()
