"""Telegram's flood limits kept by ourselves: a message a second in a chat, 30 a second in all, 20 a minute in a group.

PTB's own limiter is a leaky bucket, which lets twice as many through in one second, knows no limit for private chats, and
stops every chat when one is told to wait. Here a permit comes back a while after its request has ended, so that no window of
that length at Telegram's end sees more.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

Call = Callable[[], Awaitable[Any]]
Sleep = Callable[[float], Awaitable[None]]

PREVIEW = "preview"  # the rate limit argument of a request that may be left out

_MESSAGES = {"sendMessage", "editMessageText"}
_COUNTED = {*_MESSAGES, "sendMessageDraft"}  # in all; what is typed and what is deleted is no message
_TRIES = 10
_MOST_IDLE = 1_000  # chats kept in mind


class Skipped(TelegramError):
    """A preview for which there was no room."""

    def __init__(self) -> None:
        super().__init__("no room for a preview")


@dataclass(frozen=True)
class Limits:
    """Messages and seconds: in one chat, in one group, in all. A preview leaves `kept` of a group's and of all for answers."""

    chat: tuple[int, float] = (1, 1.0)
    group: tuple[int, float] = (20, 60.0)
    overall: tuple[int, float] = (30, 1.0)
    group_kept: int = 10
    overall_kept: int = 15


class _Permits:
    """`limit` permits, each of which comes back `seconds` after its request has ended; who waits gets one in order."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._free = limit
        self._semaphore = asyncio.Semaphore(limit)

    @property
    def idle(self) -> bool:
        return self._free == self._limit

    def has_room(self, kept: int = 0) -> bool:
        """Whether a permit is there at once, and `kept` more."""
        return self._free > kept and not self._semaphore.locked()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        await self._semaphore.acquire()
        self._free -= 1
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(self._seconds, self._back)

    def _back(self) -> None:
        self._free += 1
        self._semaphore.release()


@dataclass
class _Chat:
    pace: _Permits
    group: _Permits | None
    shut_until: float = 0.0
    at_work: int = 0

    def idle(self, now: float) -> bool:
        return not self.at_work and self.pace.idle and (self.group is None or self.group.idle) and self.shut_until <= now


@dataclass
class Flood(BaseRateLimiter[str]):
    """Lets messages through as fast as Telegram takes them, waits where Telegram says so, and only for that chat.

    A request with PREVIEW for which there is no room raises Skipped instead of waiting.
    """

    limits: Limits = field(default_factory=Limits)
    sleep: Sleep = asyncio.sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._overall = _Permits(*self.limits.overall)
        self._chats: dict[str, _Chat] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        """The request's result, once there was room for it; what is said in no chat passes at once."""

        def call() -> Awaitable[Any]:
            return callback(*args, **kwargs)

        if data.get("chat_id") is None:
            return await call()
        chat = self._chat(str(data["chat_id"]))
        chat.at_work += 1
        try:
            speak = self._preview if rate_limit_args == PREVIEW else self._message
            return await speak(chat, call, endpoint)
        finally:
            chat.at_work -= 1

    async def _preview(self, chat: _Chat, call: Call, endpoint: str) -> Any:
        room = [self._overall.has_room(self.limits.overall_kept if endpoint in _COUNTED else 0), chat.shut_until <= self.clock()]
        if endpoint in _MESSAGES:
            room += [chat.pace.has_room(), chat.group is None or chat.group.has_room(self.limits.group_kept)]
        if not all(room):
            raise Skipped
        async with self._permitted(chat, endpoint, pace=True):
            try:
                return await call()
            except RetryAfter as error:
                self._shut(chat, error)
                raise Skipped from None

    async def _message(self, chat: _Chat, call: Call, endpoint: str) -> Any:
        async with AsyncExitStack() as turn:
            if endpoint in _MESSAGES:
                await turn.enter_async_context(chat.pace.one())
            for _ in range(_TRIES - 1):
                await self._until_open(chat)
                try:
                    async with self._permitted(chat, endpoint, pace=False):
                        return await call()
                except RetryAfter as error:
                    self._shut(chat, error)
            await self._until_open(chat)
            async with self._permitted(chat, endpoint, pace=False):
                return await call()

    @asynccontextmanager
    async def _permitted(self, chat: _Chat, endpoint: str, *, pace: bool) -> AsyncIterator[None]:
        async with AsyncExitStack() as permits:
            if endpoint in _MESSAGES and pace:
                await permits.enter_async_context(chat.pace.one())
            if endpoint in _MESSAGES and chat.group is not None:
                await permits.enter_async_context(chat.group.one())
            if endpoint in _COUNTED:
                await permits.enter_async_context(self._overall.one())
            yield

    async def _until_open(self, chat: _Chat) -> None:
        while (wait := chat.shut_until - self.clock()) > 0:
            await self.sleep(wait)

    def _shut(self, chat: _Chat, error: RetryAfter) -> None:
        chat.shut_until = max(chat.shut_until, self.clock() + seconds_of(error))

    def _chat(self, chat_id: str) -> _Chat:
        if chat_id not in self._chats:
            if len(self._chats) >= _MOST_IDLE:
                now = self.clock()
                self._chats = {known: chat for known, chat in self._chats.items() if not chat.idle(now)}
            group = _Permits(*self.limits.group) if chat_id.startswith(("-", "@")) else None
            self._chats[chat_id] = _Chat(_Permits(*self.limits.chat), group)
        return self._chats[chat_id]


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
