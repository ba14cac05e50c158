"""Telegram's side of the port: a chat to speak in, in answer to one thing that somebody did there."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram.error import TelegramError

from bot.port import Growing, Reply
from bot.telegram.growing import Drafts, GrowingMessage, Pace, take_half_away
from bot.telegram.ledger import Entry
from bot.telegram.outlet import Outlet
from bot.telegram.render import keyboard, messages

log = logging.getLogger(__name__)

LONGEST_HINT = 200  # characters that Telegram shows above the chat


@dataclass
class TelegramChannel:
    """Answers one entry. What Telegram refuses is told in the log and raised to nobody."""

    outlet: Outlet
    entry: Entry
    drafts: Drafts
    pace: Pace = field(default_factory=Pace)
    _acknowledged: bool = False

    async def say(self, reply: Reply) -> None:
        """Delivers a reply, the sources and buttons with its last message."""
        parts = messages(reply)
        for part in parts[:-1]:
            await self.outlet.send(part)
        for part in parts[-1:]:
            await self.outlet.send(part, keyboard(reply.buttons))

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[Growing]:
        """Shows "typing..." and the growing answer; once it is delivered, the entry is done and will not be answered again."""
        acknowledging = asyncio.create_task(self.acknowledge())  # a pressed button turns until then
        try:
            async with GrowingMessage(self.outlet, self.entry, drafts=self.drafts, pace=self.pace) as growing:
                yield growing
        finally:
            await asyncio.wait([acknowledging])

    async def replace(self, reply: Reply) -> None:
        """Puts a reply in the place of the message whose button was pressed, else says it."""
        parts, note = messages(reply), self.entry.note
        if note.kind == "press" and len(parts) == 1 and await self.outlet.edit(note.message, parts[0], keyboard(reply.buttons)):
            return
        await self.say(reply)

    async def hint(self, text: str) -> None:
        """A word above the chat, for the one who pressed alone; said to all where that is no longer possible."""
        if not await self.acknowledge(text):
            await self.say(Reply(text, self.entry.note.heard.person.language))

    async def close(self) -> None:
        """Leaves nothing hanging: no button that turns, no half of an answer that an earlier life began."""
        await self.acknowledge()
        await take_half_away(self.outlet, self.entry)

    async def acknowledge(self, text: str | None = None) -> bool:
        """Stops the pressed button's turning, at most once, with a word; False when it was no press, or was acknowledged before."""
        if self.entry.note.query is None or self._acknowledged:
            return False
        self._acknowledged = True
        try:
            await self.outlet.bot.answer_callback_query(self.entry.note.query, text[:LONGEST_HINT] if text else None)
        except TelegramError:  # it is too old, as after a restart
            return text is None
        return True
