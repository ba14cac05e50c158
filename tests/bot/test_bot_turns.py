"""Turns and patience, without a Telegram."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.send import patiently
from bot.turns import RecentIds, TurnPerChat


def update(chat: int) -> Update:
    return Update(1, Message(1, datetime.now(UTC), Chat(chat, Chat.PRIVATE)))


class Work:
    """Handlers that note when they begin and end, and end when told to."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def handle(self, name: str) -> None:
        self.notes.append(f"+{name}")
        if name in self.gates:
            await self.gates[name].wait()
        self.notes.append(f"-{name}")


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_chat_is_in_order_while_others_pass() -> None:
    work, turns = Work(), TurnPerChat(at_once=2)
    work.gates["a1"] = asyncio.Event()
    tasks = [asyncio.create_task(turns.process_update(update(ord(name[0])), work.handle(name))) for name in ("a1", "a2", "a3", "b1", "b2")]
    await settle()
    assert work.notes == ["+a1", "+b1", "-b1", "+b2", "-b2"]
    work.gates["a1"].set()
    await asyncio.gather(*tasks)
    assert work.notes[5:] == ["-a1", "+a2", "-a2", "+a3", "-a3"]


async def test_only_so_many_chats_at_once_and_none_waits_for_another_chats_line() -> None:
    work, turns = Work(), TurnPerChat(at_once=2)
    work.gates = {name: asyncio.Event() for name in ("a1", "b1")}
    names = ["a1", *(f"a{n}" for n in range(2, 30)), "b1", "c1"]
    tasks = [asyncio.create_task(turns.process_update(update(ord(name[0])), work.handle(name))) for name in names]
    await settle()
    assert work.notes == ["+a1", "+b1"]
    work.gates["b1"].set()
    await settle()
    assert work.notes == ["+a1", "+b1", "-b1", "+c1", "-c1"]
    work.gates["a1"].set()
    await asyncio.gather(*tasks)


async def test_a_flood_from_one_chat_is_cut_off() -> None:
    work, turns = Work(), TurnPerChat(longest_line=3)
    work.gates["0"] = asyncio.Event()
    tasks = [asyncio.create_task(turns.process_update(update(1), work.handle(str(number)))) for number in range(10)]
    await settle()
    work.gates["0"].set()
    await asyncio.gather(*tasks)
    assert work.notes == ["+0", "-0", "+1", "-1", "+2", "-2"]
    await turns.process_update(update(1), work.handle("later"))
    assert work.notes[-1] == "-later"


async def test_shutting_down_cancels_what_still_runs() -> None:
    work, turns = Work(), TurnPerChat()
    work.gates["stuck"] = asyncio.Event()
    tasks = [asyncio.create_task(turns.process_update(update(1), work.handle(name))) for name in ("stuck", "behind")]
    await settle()
    await turns.shutdown()
    assert [task.cancelled() for task in tasks] == [True, True]
    assert work.notes == ["+stuck"]


def test_ids_are_remembered_up_to_a_number() -> None:
    ids = RecentIds(size=2)
    assert [ids.add(number) for number in (1, 2, 1, 3, 1, 3)] == [True, True, False, True, True, False]


class Telegram:
    """Fails with these errors, one a try, then takes the message; keeps the time that was waited."""

    def __init__(self, *errors: TelegramError) -> None:
        self.errors = list(errors)
        self.tries = 0
        self.waited = 0.0

    async def take(self) -> str:
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)
        return "taken"

    async def sleep(self, seconds: float) -> None:
        self.waited += seconds


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("timedelta", ["true", "false"])
async def test_sending_waits_as_long_as_it_is_told_to(timedelta: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", timedelta)
    telegram = Telegram(RetryAfter(7), RetryAfter(30))
    assert await patiently(telegram.take, sleep=telegram.sleep) == "taken"
    assert telegram.waited == 37


async def test_a_broken_connection_is_tried_again_and_given_up_in_the_end() -> None:
    telegram = Telegram(NetworkError("gone"), TimedOut())
    assert await patiently(telegram.take, sleep=telegram.sleep) == "taken"
    telegram = Telegram(*(NetworkError("gone") for _ in range(9)))
    with pytest.raises(NetworkError):
        await patiently(telegram.take, sleep=telegram.sleep)
    assert telegram.tries == 5


@pytest.mark.parametrize("error", [BadRequest("chat not found"), Forbidden("bot was blocked by the user")])
async def test_a_refusal_is_not_tried_again(error: TelegramError) -> None:
    telegram = Telegram(error)
    with pytest.raises(type(error)):
        await patiently(telegram.take, sleep=telegram.sleep)
    assert telegram.tries == 1
