"""Counts in a Redis that several servers share. One in trouble stops nobody: until it is back each server counts for itself."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from limits.aio.storage import RedisStorage
from limits.errors import StorageError
from redis.asyncio import BlockingConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from api.counting import Bound, Full, OwnCounts
from tutor.breaker import Breaker

PREFIX = "navigator"  # of every key in Redis
PATIENCE_S = 0.5  # that long a question waits for Redis; three hundred at the same moment take half of it
PAUSE_S = 5.0  # that long a Redis in trouble is left alone
CONNECTIONS = 50

logger = logging.getLogger(__name__)


class SharedCounts:
    """Counts in the Redis at `url`. One that does not answer within `patience_s` is left alone for some seconds, and counts go on in this process."""

    def __init__(self, url: str, *, patience_s: float = PATIENCE_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience_s = patience_s
        self._pool = BlockingConnectionPool.from_url(
            url, max_connections=CONNECTIONS, timeout=patience_s, socket_connect_timeout=patience_s, retry=Retry(NoBackoff(), 1)
        )
        # With a pool the address is not looked at; the library's types do not know that a pool may be given.
        pool = {"connection_pool": self._pool}
        self._storage = RedisStorage("redis://", wrap_exceptions=True, implementation="redispy", key_prefix=PREFIX, **pool)  # type: ignore[arg-type]
        self._shared = OwnCounts(self._storage)
        self._own = OwnCounts()
        self._breaker = Breaker(1, PAUSE_S, clock)
        self._lost = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await self._pool.aclose()

    async def answers(self) -> bool:
        """Whether Redis answers now, in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience_s):
                return await self._storage.check()
        return False

    async def spend(self, bounds: Sequence[Bound]) -> Full | None:
        if not self._breaker.admits():
            return await self._own.spend(bounds)
        try:
            async with asyncio.timeout(self._patience_s):
                full = await self._shared.spend(bounds)
        except (StorageError, TimeoutError) as error:
            self._failed(error)
            return await self._own.spend(bounds)
        self._succeeded()
        return full

    def _failed(self, error: Exception) -> None:
        self._breaker.failed()
        if not self._lost:
            self._lost = True
            told = str(error) or f"no answer within {self._patience_s} s"
            logger.warning("the Redis of NAVIGATOR_REDIS_URL fails (%s): until it is back this server counts questions for itself", told)

    def _succeeded(self) -> None:
        self._breaker.succeeded()
        if self._lost:
            self._lost = False
            logger.warning("the Redis of NAVIGATOR_REDIS_URL is back: questions are counted there again")
