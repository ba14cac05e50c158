"""Streams that wait for an answer: of a model's server that takes questions and never says a word."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2

from benchmarks.player.process import resident_mb

FILES = 4_096  # open at once: each stream is one here and one in the server
WITHIN_S = 60.0


@dataclass(frozen=True)
class Held:
    """What the server held in memory before the streams, and the most while all of them were open, in MB; and the seconds to open them all."""

    streams: int
    before_mb: float
    with_mb: float
    opening_s: float


def allow_open_files() -> None:
    """As many as are needed, for this process and those that it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(FILES, hard)), hard))


@asynccontextmanager
async def silent_model() -> AsyncIterator[str]:
    """The address of an OpenAI-compatible server that does not answer."""

    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"


async def held_by(address: str, pid: int, question: str, streams: int) -> Held:
    """Opens so many streams with one question, none of which gets its answer meanwhile; RuntimeError when one does not open, or ends."""
    before, started = resident_mb(pid), time.perf_counter()
    limits = httpx2.Limits(max_connections=None)
    async with AsyncExitStack() as opened, httpx2.AsyncClient(base_url=address, trust_env=False, timeout=WITHIN_S, limits=limits) as client:
        reading = await asyncio.gather(*(_begun(opened, client, question) for _ in range(streams)))
        opening = time.perf_counter() - started
        most = 0.0
        for _ in range(10):
            most = max(most, resident_mb(pid))
            await asyncio.sleep(0.2)
        answered = [lines for lines in reading if lines.done()]
        for lines in reading:
            lines.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
    if answered:
        raise RuntimeError(f"{len(answered)} of {streams} streams did not wait: the memory of idle ones is not known")
    return Held(streams, before, most, opening)


async def _begun(opened: AsyncExitStack, client: httpx2.AsyncClient, question: str) -> "asyncio.Task[None]":
    """The stream once its first event is there; the task ends with the answer."""
    stream = await opened.enter_async_context(client.stream("POST", "/v1/chat", json={"question": question}))
    if stream.status_code != 200:
        raise RuntimeError(f"a stream was not opened: {stream.status_code}")
    lines = stream.aiter_lines()
    while not (await anext(lines)).startswith("event: session"):
        pass

    async def until_final() -> None:
        async for line in lines:
            if line.startswith("event: final"):
                return

    return asyncio.create_task(until_final())
