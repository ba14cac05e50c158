"""Updates that no version of Telegram sends today: each is skipped with a line, and the rest of them are answered."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from small_desk import SmallDesk, SmallInbox
from small_telegram import TOKEN, SmallTelegram, message, press, until
from telegram.error import TelegramError

from bot.telegram import run
from bot.telegram.updates import UpdatesRequest

HUGE = 2**80
WANDA = {"id": 7, "is_bot": False, "first_name": "Wanda"}


@pytest.fixture
async def telegram() -> AsyncIterator[SmallTelegram]:
    async with SmallTelegram().running() as small:
        yield small


def _press(**changed: Any) -> dict[str, Any]:
    update = press(1, "go")
    update["callback_query"] |= changed
    return update


def _hostile() -> Iterator[dict[str, Any]]:
    """The words in them are private, so that a log that holds them is seen."""
    broken: tuple[Any, ...] = ({}, 7, [], "Wanda")
    yield from ({"update_id": 1, "message": one} for one in broken)
    yield from ({"update_id": 1, "callback_query": one} for one in broken)
    mention = [{"type": "mention", "offset": None, "length": None}]
    strange: tuple[dict[str, Any], ...] = (
        {"date": HUGE},
        {"date": "x"},
        {"chat": None},
        {"chat": {"id": "x", "type": "private"}},
        {"chat": {"id": 7}},
        {"from": {"id": 7}},
        {"from": WANDA | {"id": None}},
        {"from": WANDA | {"language_code": 9}},
        {"message_id": None},
        {"text": 9},
        {"text": ["a"]},
        {"via_bot": {}},
        {"photo": [{}]},
        {"chat": {"id": -100, "type": "supergroup"}, "reply_to_message": {}},
        {"chat": {"id": -100, "type": "supergroup"}, "entities": mention},
    )
    yield from (message(1, "secret", changed) for changed in strange)
    pressed: tuple[dict[str, Any], ...] = ({"data": 9}, {"message": {"message_id": 1, "date": 1, "chat": {}}}, {"from": {}})
    yield from (_press(**changed) for changed in pressed)
    yield {"update_id": 1, "inline_query": {"id": "x", "query": "", "offset": ""}}
    yield {"update_id": 1, "inline_query": {"id": "x", "from": WANDA, "query": None, "offset": ""}}


async def test_each_is_skipped_and_the_rest_are_answered(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hostile = list(_hostile())
    for number, update in enumerate(hostile, 1):
        telegram.updates += [update | {"update_id": 2 * number}, message(2 * number + 1, "Fine", user=100 + number)]
    bot = asyncio.create_task(run(SmallDesk(), inbox=SmallInbox(), token=TOKEN, api_url=telegram.url, grace_s=2))
    await until(lambda: len(telegram.messages) >= len(hostile) or bot.done())
    bot.cancel()
    await asyncio.wait([bot])
    assert list(telegram.messages.values()) == ["Echo: Fine"] * len(hostile)
    others = ("uvicorn", "asyncio", "httpcore", "httpx2")  # the last is of the stand-in that other tests left listening: the bot speaks through httpx
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(others)]
    skipped = [line for line in ours if line.startswith(("skipped an update", "an update was not taken", "an inline query was not answered"))]
    assert len(skipped) == len(hostile)
    assert not [line for line in ours if "Wanda" in line or "secret" in line or TOKEN in line]


NO_UPDATES = (
    "null",
    "7",
    "[]",
    "{}",
    '{"ok": true}',
    "[" * 99999,
    '{"result": {}}',
    '{"result": [null, 7, "x", {}]}',
    '{"status": "sign in to the network"}',
)


@pytest.mark.parametrize("answer", NO_UPDATES, ids=lambda answer: answer[:30])
def test_what_holds_no_update_is_a_telegram_that_did_not_answer(answer: str) -> None:
    with pytest.raises(TelegramError, match=r"no update|no answer of Telegram"):
        UpdatesRequest.parse_json_payload(answer.encode())


@pytest.mark.parametrize("number", ["x", None, -1, HUGE, 1.5, True])
def test_an_update_without_an_id_takes_none_of_the_others_with_it(number: object) -> None:
    later = {"update_id": 3, "of_the_year_2030": {}}
    answer = {"ok": True, "result": [{"update_id": number}, {"message": {}}, later, {"update_id": 4, "message": {}}]}
    assert UpdatesRequest.parse_json_payload(json.dumps(answer).encode())["result"] == [later, {"update_id": 4}]


def test_what_telegram_refuses_is_read_as_it_stands() -> None:
    refusal = {"ok": False, "error_code": 409, "description": "Conflict"}
    assert UpdatesRequest.parse_json_payload(json.dumps(refusal).encode()) == refusal
