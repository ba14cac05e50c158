"""Scenes that play at the same time, since a chat takes one message a second: all are played once, then each is a test of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import httpx2
from telegram_rig import Served
from telegram_stage import Stage, holds

Set = TypeVar("Set")
Staged = Callable[[], AbstractAsyncContextManager[Set]]
Play = Callable[[Set], Awaitable[None]]


@dataclass
class Scenes(Generic[Set]):
    """The scenes of one test file, by name; as a decorator it adds one."""

    plays: dict[str, Play[Set]] = field(default_factory=dict)

    def __call__(self, play: Play[Set]) -> Play[Set]:
        self.plays[getattr(play, "__name__", repr(play))] = play
        return play

    def play(self, staged: Staged[Set]) -> dict[str, BaseException | None]:
        """Plays them all, each on a set of its own; what each ended with."""

        async def one(play: Play[Set]) -> None:
            async with staged() as one_set:
                await play(one_set)

        async def together() -> list[BaseException | None]:
            return await asyncio.gather(*map(one, self.plays.values()), return_exceptions=True)

        return dict(zip(self.plays, asyncio.run(together()), strict=True))


def stages(telegram: Served, token: str | None = None) -> Staged[Stage]:
    """Sets up stages: each with a bot of its own, or all with the one of that token, once it listens."""

    @asynccontextmanager
    async def staged() -> AsyncIterator[Stage]:
        async with httpx2.AsyncClient(base_url=telegram.shim.upstream, trust_env=False, timeout=30) as client:
            stage = Stage(telegram.shim, telegram.url, client)
            if token is not None:
                stage.token = token
                await holds(lambda: bool(stage.calls("getUpdates")), within_s=120)
            yield stage

    return staged
