"""Flood limits: no window at Telegram's end sees more than it may, previews give way, and one chat that must wait keeps no other waiting."""

import asyncio
import time
from collections.abc import Awaitable
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.telegram.flood import PREVIEW, Flood, Limits, Skipped

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Arrivals:
    """Telegram's end: notes when and where requests arrive, and fails with these errors first."""

    def __init__(self, *errors: Exception, takes_s: float = 0.0) -> None:
        self.errors, self.takes_s = list(errors), takes_s
        self.times: dict[int, list[float]] = {}

    async def arrive(self, chat: int) -> str:
        self.times.setdefault(chat, []).append(time.monotonic())
        await asyncio.sleep(self.takes_s)
        if self.errors:
            raise self.errors.pop(0)
        return "done"

    def most_within(self, seconds: float) -> int:
        times = sorted(moment for chat in self.times.values() for moment in chat)
        return max(sum(1 for later in times if 0 <= later - first < seconds) for first in times)


def ask(flood: Flood, telegram: Arrivals, chat: int, *, endpoint: str = "sendMessage", preview: bool = False) -> Awaitable[Any]:
    return flood.process_request(telegram.arrive, (chat,), {}, endpoint, {"chat_id": chat}, PREVIEW if preview else None)


async def settle() -> None:
    await asyncio.sleep(0.05)


async def test_a_chat_gets_one_message_a_while_and_others_do_not_wait() -> None:
    flood, telegram = Flood(Limits(chat=(1, 0.1))), Arrivals(takes_s=0.02)
    await asyncio.gather(*(ask(flood, telegram, 1) for _ in range(4)), *(ask(flood, telegram, chat) for chat in range(2, 12)))
    gaps = [later - earlier for earlier, later in pairwise(telegram.times[1])]
    assert all(gap >= 0.1 for gap in gaps)
    assert telegram.most_within(0.05) >= 10


async def test_no_window_holds_more_than_all_chats_may_have() -> None:
    flood, telegram = Flood(Limits(overall=(5, 0.1))), Arrivals(takes_s=0.01)
    await asyncio.gather(*(ask(flood, telegram, chat) for chat in range(25)))
    assert telegram.most_within(0.1) == 5


async def test_a_group_gets_so_many_a_minute_and_keeps_some_for_answers() -> None:
    flood, telegram = Flood(Limits(chat=(1, 0.0), group=(4, 0.3), group_kept=2)), Arrivals()
    shown = []
    for _ in range(4):
        shown.append(await _or_skipped(ask(flood, telegram, -1, preview=True)))
        await asyncio.sleep(0.01)
    assert shown == ["done", "done", None, None]
    await asyncio.gather(*(ask(flood, telegram, -1) for _ in range(3)))
    assert telegram.most_within(0.3) == 4


async def test_previews_are_skipped_and_never_wait() -> None:
    flood, telegram = Flood(Limits(overall=(4, 10.0), overall_kept=2)), Arrivals()
    kinds: list[tuple[int, str]] = [(1, "sendMessageDraft"), (1, "sendMessageDraft"), (2, "sendMessageDraft"), (3, "sendChatAction")]
    assert [await _or_skipped(ask(flood, telegram, chat, endpoint=kind, preview=True)) for chat, kind in kinds] == ["done", "done", None, "done"]
    assert [await ask(flood, telegram, 1), await ask(flood, telegram, 2)] == ["done", "done"]
    assert await _or_skipped(ask(flood, telegram, 3, endpoint="sendChatAction", preview=True)) is None


async def test_a_preview_that_is_a_message_takes_its_turn() -> None:
    flood, telegram = Flood(Limits(chat=(1, 0.1))), Arrivals()
    await ask(flood, telegram, 1)
    assert await _or_skipped(ask(flood, telegram, 1, endpoint="editMessageText", preview=True)) is None
    assert await ask(flood, telegram, 1, endpoint="sendMessageDraft", preview=True) == "done"
    await asyncio.sleep(0.15)
    assert await ask(flood, telegram, 1, endpoint="editMessageText", preview=True) == "done"


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("timedelta", ["true", "false"])
async def test_a_chat_that_must_wait_waits_as_long_as_it_is_told(timedelta: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", timedelta)
    clock = Clock()
    flood, telegram = Flood(Limits(chat=(1, 0.0)), sleep=clock.sleep, clock=clock), Arrivals(RetryAfter(7), RetryAfter(30))
    assert await ask(flood, telegram, 1) == "done"
    assert clock.slept == [7, 30]


async def test_only_that_chat_waits_and_its_previews_are_skipped() -> None:
    gate, opened = asyncio.Event(), Clock()

    async def until_opened(seconds: float) -> None:
        await gate.wait()
        await opened.sleep(seconds)

    flood, telegram = Flood(Limits(chat=(1, 0.0)), sleep=until_opened, clock=opened), Arrivals(RetryAfter(60))
    first, second = asyncio.ensure_future(ask(flood, telegram, 1)), asyncio.ensure_future(ask(flood, telegram, 1))
    await settle()
    assert await ask(flood, telegram, 2) == "done"
    assert await _or_skipped(ask(flood, telegram, 1, endpoint="sendChatAction", preview=True)) is None
    assert not first.done()
    gate.set()
    assert [await first, await second] == ["done", "done"]
    assert opened.slept == [60]


async def test_a_preview_that_is_told_to_wait_makes_the_answer_wait() -> None:
    clock = Clock()
    flood, telegram = Flood(sleep=clock.sleep, clock=clock), Arrivals(RetryAfter(9))
    with pytest.raises(Skipped):
        await ask(flood, telegram, 1, endpoint="sendMessageDraft", preview=True)
    assert await ask(flood, telegram, 1) == "done"
    assert clock.slept == [9]


async def test_other_errors_are_the_callers_and_what_is_said_in_no_chat_passes() -> None:
    flood = Flood()
    with pytest.raises(BadRequest):
        await ask(flood, Arrivals(BadRequest("no")), 1)
    with pytest.raises(NetworkError):
        await ask(flood, Arrivals(NetworkError("gone")), 2)
    assert await flood.process_request(Arrivals().arrive, (0,), {}, "getMe", {}, None) == "done"


async def test_a_chat_that_never_opens_is_given_up() -> None:
    clock = Clock()
    flood, telegram = Flood(sleep=clock.sleep, clock=clock), Arrivals(*(RetryAfter(1) for _ in range(99)))
    with pytest.raises(RetryAfter):
        await ask(flood, telegram, 1)
    assert len(clock.slept) == 9


async def test_chats_that_fell_silent_are_forgotten() -> None:
    flood, telegram = Flood(Limits(chat=(1, 0.0), overall=(9999, 0.0))), Arrivals()
    for chat in range(1, 1500):
        await ask(flood, telegram, chat)
        if chat == 900:
            await settle()
    assert len(flood._chats) < 1000


async def _or_skipped(asked: Awaitable[Any]) -> Any:
    try:
        return await asked
    except Skipped:
        return None
