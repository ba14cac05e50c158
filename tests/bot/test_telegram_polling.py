"""The bot over HTTP with a desk of its own: updates once and in order, restarts, a Telegram that fails, and being stopped."""

import asyncio
import json
import logging
import signal
import socket
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from small_desk import Act, SmallDesk, SmallInbox
from small_telegram import TOKEN, SmallTelegram, forms, message, press, until
from telegram import User

from bot import TelegramUnreachable, TokenRefused
from bot.port import Channel, Heard, Reply, Text
from bot.telegram import run
from bot.telegram.session import tell_what_is_off
from tutor.catalogue import Card
from tutor.types import Citation

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def telegram() -> AsyncIterator[SmallTelegram]:
    async with SmallTelegram().running() as small:
        yield small


@asynccontextmanager
async def polling(
    telegram: SmallTelegram, desk: SmallDesk, inbox: SmallInbox | None = None, grace_s: float = 2
) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(run(desk, inbox=inbox or SmallInbox(), token=TOKEN, api_url=telegram.url, grace_s=grace_s))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def says(telegram: SmallTelegram, count: int) -> list[str]:
    await until(lambda: len(telegram.messages) >= count)
    return list(telegram.messages.values())


def gated(gate: asyncio.Event) -> dict[str, Act]:
    async def act(_: Heard, channel: Channel) -> None:
        async with channel.answering() as growing:
            await growing.show("At")
            await gate.wait()
            await growing.finish(Reply("At last", "en"))

    return {"slow": act}


async def test_updates_are_heard_once_and_answered(telegram: SmallTelegram) -> None:
    desk, inbox = SmallDesk(), SmallInbox()
    telegram.updates += [message(5, "Hello"), message(5, "Hello"), message(6, "Again", user=8), press(7, "go", user=9)]
    async with polling(telegram, desk, inbox):
        assert sorted(await says(telegram, 3)) == ["Echo: Again", "Echo: Hello", "Echo: Press(action='go', label='A label')"]
        telegram.updates.append(message(6, "Again", user=8))
        await asyncio.sleep(0.2)
    assert len(desk.heard) == 3
    assert inbox.notes == {}
    assert inbox.callers == {f"pseudonym of {user}" for user in (7, 8, 9)}
    assert telegram.calls[1].method == "deleteWebhook"
    assert telegram.of("getUpdates")[0].form["allowed_updates"] == '["message", "callback_query", "inline_query"]'
    assert telegram.of("getUpdates")[-1].form["offset"] == "8"
    assert forms(telegram.of("setMyCommands"), "language_code") == [("",), ("zh",)]
    assert '"command": "ask"' in telegram.of("setMyCommands")[0].form["commands"]


async def test_one_person_is_answered_in_order_and_keeps_nobody_waiting(telegram: SmallTelegram) -> None:
    gate = asyncio.Event()
    desk = SmallDesk(acts=gated(gate))
    telegram.updates += [message(1, "slow"), message(2, "after"), message(3, "other", user=8)]
    async with polling(telegram, desk):
        assert await says(telegram, 1) == ["Echo: other"]
        gate.set()
        assert await says(telegram, 3) == ["Echo: other", "At last", "Echo: after"]


async def test_a_restart_in_the_middle_answers_the_question_anew(telegram: SmallTelegram) -> None:
    telegram.unknown.add("sendMessageDraft")
    desk, inbox = SmallDesk(acts=gated(asyncio.Event())), SmallInbox()
    telegram.updates.append(message(1, "slow"))
    async with polling(telegram, desk, inbox, grace_s=0.1):
        await says(telegram, 1)
        killed = inbox.notes[1]
    assert telegram.messages == {}, "stopped in time, the half is taken away"
    inbox.notes[1], telegram.messages[1] = json.dumps(json.loads(killed) | {"half": 1}), "At"
    opened = asyncio.Event()
    opened.set()
    async with polling(telegram, SmallDesk(acts=gated(opened)), inbox):
        await until(lambda: not inbox.notes)
    assert telegram.messages == {1: "At last"}


async def test_what_another_process_left_is_taken_up(telegram: SmallTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.intake.LOOK_EVERY_S", 0.05)
    inbox = SmallInbox()
    async with polling(telegram, SmallDesk(), inbox):
        await asyncio.sleep(0.2)
        inbox.notes[4] = '{"chat":7,"private":true,"user":7,"message":1,"kind":"text","text":"left"}'
        inbox.known.add(4)
        assert await says(telegram, 1) == ["Echo: left"]


async def test_a_flood_of_one_person_is_cut_off(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    gate = asyncio.Event()
    desk, inbox = SmallDesk(acts=gated(gate)), SmallInbox()
    telegram.updates += [message(number, "slow") for number in range(1, 41)] + [message(50, "other", user=8)]
    async with polling(telegram, desk, inbox, grace_s=0.1):
        await says(telegram, 1)
        await asyncio.sleep(0.1)
        assert len(inbox.notes) == 20
    assert "somebody writes faster than can be answered" in caplog.text


async def test_a_lost_database_stops_nobody(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    telegram.updates += [message(1, "Hello"), message(1, "Hello"), message(2, "Again", user=8)]
    async with polling(telegram, SmallDesk(), SmallInbox(lost=True)):
        assert sorted(await says(telegram, 2)) == ["Echo: Again", "Echo: Hello"]
        await asyncio.sleep(0.1)
    assert len(telegram.messages) == 2
    assert caplog.text.count("goes on from memory") == 1


async def test_a_desk_that_fails_is_logged_without_the_student(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    async def breaks(heard: Heard, _: Channel) -> None:
        assert isinstance(heard.said, Text)
        raise RuntimeError(heard.said.text) from KeyError(heard.said.text)

    caplog.set_level(logging.DEBUG)
    inbox = SmallInbox()
    telegram.updates += [message(1, "我的秘密", user=770077), message(2, "Hello", user=8)]
    async with polling(telegram, SmallDesk(acts={"我的秘密": breaks}), inbox):
        await says(telegram, 1)
    assert inbox.notes == {}
    logged = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records if not record.name.startswith("uvicorn"))
    assert "an update was not answered: RuntimeError at " in logged
    for private in ("秘密", "Wanda", "770077", "AAhush", "Echo"):
        assert private not in logged


async def test_inline_queries_offer_cards(telegram: SmallTelegram) -> None:
    cited = Citation(1, "p", "d", "Chang'e-5 <b>", "Return", None, None, "https://school.example/x", "q", "en", "2026-05", 1.0)
    cards = (Card("c" * 99, "嫦娥五号 & more", "It brought 1731 g back. " * 200, cited), Card("c" * 99, "嫦娥五号 again", "twice", cited))
    sender = {"id": 7, "is_bot": False, "first_name": "Wanda", "language_code": "zh-hans"}
    for number, query in enumerate(("嫦娥五号", "", "nothing like it"), 1):
        telegram.updates.append({"update_id": number, "inline_query": {"id": f"i{number}", "from": sender, "query": query, "offset": ""}})
    telegram.updates.append(message(9, "Hello"))
    telegram.fails("answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired or query id is invalid")
    telegram.updates[:0] = [{"update_id": 0, "inline_query": {"id": "i0", "from": sender, "query": "old", "offset": ""}}]
    async with polling(telegram, SmallDesk(known=cards)):
        await says(telegram, 1)
    asked = {call.form["inline_query_id"]: call.form for call in telegram.of("answerInlineQuery")}
    assert set(asked) == {"i0", "i1", "i2", "i3"}
    assert asked["i1"]["results"].count('"type"') == 1
    assert "\\u5ae6" in asked["i1"]["results"] or "嫦" in asked["i1"]["results"]
    assert "https://school.example/x" in asked["i1"]["results"]
    assert "Chang'e-5 &lt;b&gt;" in asked["i1"]["results"]
    assert asked["i2"]["results"] == "[]"
    assert '"start_parameter": "hello"' in asked["i3"]["button"]
    assert asked["i1"]["cache_time"] == "60"


@pytest.mark.parametrize("how", ["cancelled", "terminated"])
async def test_a_bot_that_is_stopped_delivers_the_answer_it_began(telegram: SmallTelegram, how: str) -> None:
    gate = asyncio.Event()
    desk = SmallDesk(acts=gated(gate))
    telegram.updates.append(message(1, "slow"))
    async with polling(telegram, desk) as task:
        await desk.hears()
        if how == "cancelled":
            task.cancel()
        else:
            assert callable(signal.getsignal(signal.SIGTERM)), "the bot must have a handler, or this ends the tests"
            signal.raise_signal(signal.SIGTERM)
        await asyncio.sleep(0.1)
        assert not task.done()
        gate.set()
        await asyncio.wait([task], timeout=5)
        assert task.cancelled() is (how == "cancelled")
        assert task.cancelled() or task.result() is None
    assert list(telegram.messages.values()) == ["At last"]
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


async def test_a_bot_that_is_stopped_does_not_wait_for_ever(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    desk, inbox = SmallDesk(acts=gated(asyncio.Event())), SmallInbox()
    telegram.updates.append(message(1, "slow"))
    async with polling(telegram, desk, inbox, grace_s=0.1) as task:
        await desk.hears()
        task.cancel()
        await asyncio.wait([task], timeout=5)
        assert task.cancelled()
    assert "stopped with answers undelivered after 0.1 s" in caplog.text
    assert list(inbox.notes) == [1]


async def test_a_telegram_that_is_away_for_a_while_is_waited_for(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    telegram.fails("getUpdates", 502, "Bad Gateway")
    telegram.fails("getUpdates", 429, "Too Many Requests", retry_after=1)
    telegram.updates.append(message(1, "Hello"))
    async with polling(telegram, SmallDesk()):
        assert await says(telegram, 1) == ["Echo: Hello"]
    assert caplog.text.count("Telegram did not answer") == 1
    assert "Telegram answers again" in caplog.text


@pytest.mark.parametrize("is_on", [False, True])
def test_what_is_off_at_botfather_is_told(caplog: pytest.LogCaptureFixture, *, is_on: bool) -> None:
    caplog.set_level(logging.INFO)
    tell_what_is_off(User(1, "Navigator", is_bot=True, can_read_all_group_messages=is_on, supports_inline_queries=is_on))
    assert [command in caplog.text for command in ("/setprivacy", "/setinline")] == [not is_on] * 2


async def test_a_telegram_that_is_down_is_one_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TelegramUnreachable, match=f"no Telegram at 'http://127.0.0.1:{port}' .*check the network") as caught:
        await run(SmallDesk(), inbox=SmallInbox(), token="1:AAsecret", api_url=f"http://127.0.0.1:{port}/")
    assert "AAsecret" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "1:AAwrong", "no token at all"])
async def test_a_wrong_token_is_one_clear_error(telegram: SmallTelegram, token: str) -> None:
    with pytest.raises(TokenRefused, match="refuses the bot's token: set NAVIGATOR_TELEGRAM_TOKEN") as caught:
        await run(SmallDesk(), inbox=SmallInbox(), token=token, api_url=telegram.url)
    assert "AAwrong" not in "".join(traceback.format_exception(caught.value))


async def test_a_token_that_is_revoked_ends_the_bot(telegram: SmallTelegram) -> None:
    async with polling(telegram, SmallDesk()) as task:
        await until(lambda: telegram.of("getUpdates"))
        telegram.tokens.clear()
        telegram.updates.append(message(1, "ends the poll that is under way"))
        await asyncio.wait([task], timeout=8)
        assert isinstance(task.exception(), TokenRefused)
