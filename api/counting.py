"""Counts within bounds, in this process or in a storage given."""

import math
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter


@dataclass(frozen=True)
class Bound:
    """At most `most` within `seconds`, which begin with the first. `key` says of whom or what, and holds nothing personal."""

    key: str
    most: int
    seconds: int


@dataclass(frozen=True)
class Full:
    """A bound that is reached; after `wait` whole seconds there is room again."""

    bound: Bound
    wait: int


class Counts(Protocol):
    """Where it is counted; it works while it is ``running``."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """Frees at its end what was opened."""
        ...

    async def spend(self, bounds: Sequence[Bound]) -> Full | None:
        """Counts one on each bound, or none on any and returns the one that stays full for longest."""
        ...


class OwnCounts:
    """Counts in this process, or in the storage given. What is counted is forgotten when its time is over.

    Fixed windows, each from its first count on: one number a key, and the time to wait is known exactly. Moving windows would keep the time
    of every question, for a burst at the edge of two windows that does no harm here.
    """

    def __init__(self, storage: Storage | None = None) -> None:
        self._limiter = FixedWindowRateLimiter(storage or MemoryStorage())

    def running(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    async def spend(self, bounds: Sequence[Bound]) -> Full | None:
        full = [await self._full(bound) for bound in bounds if not await self._limiter.test(_item(bound), bound.key)]
        if full:
            return max(full, key=lambda one: one.wait)
        for bound in bounds:  # between the test and this another question may have taken the last place
            if not await self._limiter.hit(_item(bound), bound.key):
                return await self._full(bound)
        return None

    async def _full(self, bound: Bound) -> Full:
        """Redis tells the time that is left rounded to a second: half a second more is enough in any case."""
        left = (await self._limiter.get_window_stats(_item(bound), bound.key)).reset_time - time.time()
        return Full(bound, min(max(1, math.ceil(left + 0.5)), bound.seconds))


def _item(bound: Bound) -> RateLimitItem:
    return RateLimitItemPerSecond(bound.most, bound.seconds)
