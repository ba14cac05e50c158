"""Telegram away, a student who blocked the bot, an inbox that is lost: what the bot's log says of it, and that it goes on."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from small_desk import SmallDesk, SmallInbox, grows
from telegram_faults import Fault
from telegram_rig import Served
from telegram_stage import Stage, Student, holds

from bot.port import Reply


async def test_a_student_who_blocked_the_bot_harms_nobody(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    gone, other = Student(stage), Student(stage)
    async with stage.bot(SmallDesk(), SmallInbox()):
        stage.faulty("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
        await gone.says("Hello")
        await holds(lambda: len(gone.sent()) == 1)
        await other.says("Hello")
        await other.hears()
    assert await gone.heard() == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@contextmanager
def away(telegram: Served, how: str) -> Iterator[None]:
    """Telegram refuses connections, or fails at everything, as long as the block lasts."""
    if how == "failing":
        telegram.shim.fails_for(60)
        yield
        telegram.shim.fails_for(0)
    else:
        with telegram.down():
            yield


@pytest.mark.parametrize("how", ["failing", "refusing"])
async def test_telegram_away_for_a_while(telegram: Served, stage: Stage, how: str, caplog: pytest.LogCaptureFixture) -> None:
    gate = asyncio.Event()
    desk = SmallDesk({"slow": grows(Reply("At last.", "en"), gate=gate)})
    student = Student(stage)
    async with stage.bot(desk, SmallInbox()):
        await student.says("slow")
        await desk.hears()
        with away(telegram, how):
            gate.set()
            await asyncio.sleep(1.2)
        await student.says("and now?")
        assert await student.hears(2, within_s=20) == ["At last.", "Echo: and now?"]
    assert len([record for record in caplog.records if "Telegram did not answer" in record.getMessage()]) <= 2
    assert stage.token not in caplog.text


async def test_a_lost_inbox_stops_nobody(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    inbox, student = SmallInbox(lost=True), Student(stage)
    async with stage.bot(SmallDesk(), inbox):
        for text in ("one", "two"):
            await student.says(text)
        assert await student.hears(2) == ["Echo: one", "Echo: two"]
    assert caplog.text.count("the bot goes on from memory") == 1
