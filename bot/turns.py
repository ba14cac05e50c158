"""Whose turn it is: a chat's messages one after the other, many chats at once, each update once."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

log = logging.getLogger(__name__)


class RecentIds:
    """The last `size` ids added."""

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._ids: dict[int, None] = {}

    def add(self, number: int) -> bool:
        """Remember `number`; False if it is remembered already."""
        if number in self._ids:
            return False
        self._ids[number] = None
        if len(self._ids) > self._size:
            del self._ids[next(iter(self._ids))]
        return True


@dataclass
class _Line:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    tasks: set[asyncio.Task[Any] | None] = field(default_factory=set)


class TurnPerChat(BaseUpdateProcessor):
    """Handles each chat's updates in order, and `at_once` chats at a time.

    A chat with `longest_line` updates in hand has further ones dropped. Shutting down cancels those not done.
    """

    def __init__(self, *, at_once: int = 32, longest_line: int = 50) -> None:
        # The base's number also counts updates that wait for their turn; small, one busy chat would use it up.
        super().__init__(max_concurrent_updates=1_000_000)
        self._slots = asyncio.Semaphore(at_once)
        self._longest_line = longest_line
        self._lines: dict[int | None, _Line] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Cancel the updates not done, and wait until they have ended."""
        tasks = [task for line in self._lines.values() for task in line.tasks if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` when its chat's turn has come."""
        chat = update.effective_chat if isinstance(update, Update) else None
        try:
            await self._in_line(chat.id if chat is not None else None, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # dropped, or cancelled in line, it was never awaited

    async def _in_line(self, chat_id: int | None, coroutine: Awaitable[Any]) -> None:
        line = self._lines.setdefault(chat_id, _Line())
        if len(line.tasks) >= self._longest_line:
            log.warning("dropped an update: its chat sends faster than it can be answered")
            return
        task = asyncio.current_task()
        line.tasks.add(task)
        try:
            async with line.turn, self._slots:
                await coroutine
        finally:
            line.tasks.remove(task)
            if not line.tasks:
                del self._lines[chat_id]
