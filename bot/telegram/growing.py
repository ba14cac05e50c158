"""An answer on its way: "typing...", then its text as it grows, in a draft or in a message that is edited, and the whole of it in the end."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bot.outline import outline
from bot.port import Reply
from bot.telegram.ledger import Entry
from bot.telegram.outlet import Outlet
from bot.telegram.render import keyboard, messages, preview

log = logging.getLogger(__name__)


@dataclass
class Drafts:
    """Whether the Bot API that we speak to has message drafts: known once it said that it has none."""

    there: bool = True


@dataclass(frozen=True)
class Pace:
    """Seconds between two views of a growing answer, and between two "typing..."."""

    private: float = 1.0
    group: float = 4.0
    typing: float = 4.0  # clients show it for five seconds
    renewed: float = 20.0  # a draft that nobody touches vanishes after thirty


class GrowingMessage:
    """The answer to one entry. The message in which it grows is written down there, so that after a restart the answer takes its place."""

    def __init__(self, outlet: Outlet, entry: Entry, *, drafts: Drafts, pace: Pace) -> None:
        self._outlet, self._entry, self._drafts, self._pace = outlet, entry, drafts, pace
        self._every_s = pace.private if entry.note.private else pace.group
        self._in_draft = entry.note.private
        self._text = self._shown = ""
        self._changed, self._ended = asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def show(self, text: str) -> None:
        """The whole text so far; only the newest is shown."""
        self._text = text
        self._changed.set()

    async def finish(self, reply: Reply) -> None:
        """Delivers the whole answer: in the message that grew, else as new ones. Then the entry is done."""
        await self._end()
        parts, half = messages(reply), self._entry.note.half
        for number, part in enumerate(parts, 1):
            buttons = keyboard(reply.buttons) if number == len(parts) else None
            if number > 1 or half is None or not await self._outlet.edit(half, part, buttons):
                await self._outlet.send(part, buttons)
        await self._entry.done()

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(work) for work in (self._keep_typing(), self._grow())]
        for task in self._tasks:
            task.add_done_callback(_tell_if_it_failed)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._end()
        await take_half_away(self._outlet, self._entry)

    async def _end(self) -> None:
        """Waits for a view on its way: cut off, its message could stay as a half, or come after the whole."""
        self._ended.set()
        self._changed.set()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _grow(self) -> None:
        while not self._ended.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace.renewed):
                    await self._changed.wait()
            self._changed.clear()
            text = preview(self._text)
            if text and (text != self._shown or self._in_draft) and not self._ended.is_set():
                await self._present(text)
                self._shown = text
                await self._pause(self._every_s)

    async def _present(self, text: str) -> None:
        if self._in_draft and self._drafts.there:
            taken = await self._outlet.draft(self._entry.number, text)
            if taken:
                return
            self._in_draft = False
            self._drafts.there = self._drafts.there and taken is not None
        if self._entry.note.half is not None:
            await self._outlet.grow(self._entry.note.half, text)
        elif (message := await self._outlet.begin(text)) is not None:
            await self._entry.amend(half=message)

    async def _keep_typing(self) -> None:
        while not self._ended.is_set():
            await self._outlet.type()
            await self._pause(self._pace.typing)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()


async def take_half_away(outlet: Outlet, entry: Entry) -> None:
    """Deletes the half of an answer that will not become whole here."""
    if entry.note.half is not None and not entry.is_done:
        await outlet.delete(entry.note.half)
        await entry.amend(half=None)


def _tell_if_it_failed(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("an answer could not be shown growing: %s", outline(error))
