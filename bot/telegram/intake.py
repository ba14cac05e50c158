"""What becomes of an update: it is taken once, waits for its turn, is brought to the desk, and is done."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from telegram import InlineQuery, Update, User

from bot.outline import outline
from bot.port import Desk
from bot.telegram.channel import TelegramChannel
from bot.telegram.growing import Drafts, Pace
from bot.telegram.inline import offer
from bot.telegram.ledger import Entry, Ledger
from bot.telegram.lines import Lines
from bot.telegram.outlet import Bot, Outlet
from bot.telegram.translate import noted
from tutor.inbox import Inbox

log = logging.getLogger(__name__)

LOOK_EVERY_S = 10.0  # for what another process, or an earlier life of this one, left unanswered
ANSWER_WITHIN_S = 900.0


class Intake:
    """Brings what students do to the desk, each person's in order. `bot` must know who it is."""

    def __init__(self, desk: Desk, *, bot: Bot, inbox: Inbox) -> None:
        self._desk, self._bot = desk, bot
        self._ledger, self._lines = Ledger(inbox), Lines()
        self._drafts, self._pace = Drafts(), Pace()

    @property
    def me(self) -> User:
        """The bot as its users see it."""
        return self._bot.bot

    async def take(self, updates: Sequence[Update]) -> None:
        """Takes updates in their order. Once it returns they are written down, and need not be delivered again."""
        for entry in await asyncio.gather(*(self._taken(update) for update in updates)):
            if entry is not None:
                await self._put(entry)

    async def look(self) -> None:
        """Takes up what is waiting in the inbox."""
        for entry in await self._ledger.waiting():
            await self._put(entry)

    async def keep_looking(self) -> None:
        """The same again and again, for ever."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except Exception as error:
                log.error("what was left unanswered cannot be taken up: %s", outline(error))

    async def drain(self, within_s: float) -> None:
        """Waits until what was taken is answered; the rest is left in the inbox for another life."""
        if not await self._lines.drain(within_s):
            log.warning("stopped with answers undelivered after %g s", within_s)

    async def _taken(self, update: Update) -> Entry | None:
        try:
            return await self._written(update)
        except Exception as error:
            log.error("an update was not taken: %s", outline(error))
            return None

    async def _written(self, update: Update) -> Entry | None:
        if update.inline_query is not None:
            self._lines.put(("inline", update.inline_query.from_user.id), partial(self._offered, update.inline_query))
            return None
        note = noted(update, self.me)
        if note is None:
            return None
        return await self._ledger.take(update.update_id, note, caller=self._desk.caller(note.heard.person))

    async def _put(self, entry: Entry) -> None:
        if not self._lines.put(entry.note.line, partial(self._answered, entry)):
            log.warning("dropped an update: somebody writes faster than can be answered")
            await entry.done()

    async def _answered(self, entry: Entry) -> None:
        note = entry.note
        outlet = Outlet(self._bot, note.chat, note.thread, answers=None if note.private or note.query else note.message)
        channel = TelegramChannel(outlet, entry, self._drafts, self._pace)
        try:
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    await self._desk.hear(note.heard, channel)
            finally:
                await channel.close()
        except Exception as error:
            log.error("an update was not answered: %s", outline(error))
        await entry.done()

    async def _offered(self, query: InlineQuery) -> None:
        try:
            await offer(query, self._desk, self._bot)
        except Exception as error:
            log.error("an inline query was not answered: %s", outline(error))
