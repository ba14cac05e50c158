"""The stand-in for Telegram refuses what Telegram refuses: asked over HTTP as a bot would, by nobody's library."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
from telegram_faults import Fault
from telegram_flood import FloodMeter
from telegram_stage import Stage, Student, holds

ADDRESS = {"type": "article", "title": "Orbit", "input_message_content": {"message_text": "<b>An orbit</b>", "parse_mode": "HTML"}}


@pytest.fixture
async def ask(stage: Stage) -> AsyncIterator[Callable[..., Any]]:
    """Asks one method as the stage's bot: its result, or the description of what is wrong."""
    stage.shim.tokens.add(stage.token)
    async with httpx2.AsyncClient(base_url=f"{stage.url}/bot{stage.token}", trust_env=False) as client:

        async def asked(method: str, **form: Any) -> Any:
            told = {name: value if isinstance(value, str) else json.dumps(value) for name, value in form.items()}
            answer = (await client.post(f"/{method}", data=told)).json()
            return answer["result"] if answer["ok"] else answer["description"]

        yield asked
    stage.account.violations.clear()  # they were planted


async def test_a_message_is_shown_edited_and_deleted(stage: Stage, ask: Callable[..., Any]) -> None:
    student = Student(stage)
    markup = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    text = ' <b>🚀 <a href="https://x.example/?a&amp;b">Rockets</a></b> &lt;3 <a href="nowhere">x</a>'
    sent = await ask("sendMessage", chat_id=student.chat_id, text=text, parse_mode="HTML", reply_markup=markup)
    assert sent["text"] == "🚀 Rockets <3 x"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 10},
        {"type": "text_link", "offset": 3, "length": 7, "url": "https://x.example/?a&b"},
    ]
    place = {"chat_id": student.chat_id, "message_id": sent["message_id"]}
    assert "message is not modified" in await ask("editMessageText", **place, text=text, parse_mode="HTML", reply_markup=markup)
    assert "reply_markup" not in await ask("editMessageText", **place, text="Rockets")
    assert await student.heard() == ["Rockets"]
    assert (await ask("editMessageReplyMarkup", **place, reply_markup=markup))["text"] == "Rockets"
    assert await ask("editMessageText", chat_id=student.chat_id, message_id=99_999_999, text="x") == "Bad Request: message to edit not found"
    assert await ask("deleteMessage", **place) is True
    assert await ask("deleteMessage", **place) == "Bad Request: message to delete not found"
    assert (await student.heard(), student.messages()) == ([], [])
    reply = {"message_id": sent["message_id"]}
    assert "replied not found" in await ask("sendMessage", chat_id=student.chat_id, text="x", reply_parameters=reply)
    assert (await ask("sendMessage", chat_id=student.chat_id, text="x", reply_parameters=reply | {"allow_sending_without_reply": True}))[
        "text"
    ] == "x"


async def test_drafts_are_for_private_chats_and_end_with_the_message(stage: Stage, ask: Callable[..., Any]) -> None:
    student = Student(stage)
    assert await ask("sendMessageDraft", chat_id=student.chat_id, draft_id=1, text="<i>An</i>", parse_mode="HTML") is True
    assert stage.account.draft(student.chat_id) == "An"
    assert await ask("sendMessageDraft", chat_id=student.chat_id, draft_id=1, text="") is True
    await ask("sendMessage", chat_id=student.chat_id, text="An orbit")
    assert stage.account.draft(student.chat_id) is None
    assert "private" in await ask("sendMessageDraft", chat_id=-5, draft_id=1, text="x")
    assert "draft_id" in await ask("sendMessageDraft", chat_id=student.chat_id, draft_id=0, text="x")


async def test_a_press_is_answered_once(stage: Stage, ask: Callable[..., Any]) -> None:
    student = Student(stage)
    keyboard = {"inline_keyboard": [[{"text": "Right", "callback_data": "+"}, {"text": "Wrong", "callback_data": "-"}]]}
    await ask("sendMessage", chat_id=student.chat_id, text="Well?", reply_markup=keyboard)
    assert student.buttons() == [["Right", "Wrong"]]
    pressing = asyncio.create_task(student.presses("Wrong"))
    (update,) = await ask("getUpdates", timeout=5)
    press_id = await pressing
    assert (update["callback_query"]["id"], update["callback_query"]["data"]) == (press_id, "-")
    assert update["callback_query"]["message"]["reply_markup"] == keyboard
    assert "200" in await ask("answerCallbackQuery", callback_query_id=press_id, text="x" * 201)
    assert await ask("answerCallbackQuery", callback_query_id=press_id, text="Noted") is True
    assert "query is too old" in await ask("answerCallbackQuery", callback_query_id=press_id)
    assert "query is too old" in await ask("answerCallbackQuery", callback_query_id="99999999")


@pytest.mark.parametrize(
    ("results", "problem"),
    [
        ([{**ADDRESS, "id": "1"}, {**ADDRESS, "id": "2"}], None),
        ([], None),
        ([{**ADDRESS, "id": "1"}, {**ADDRESS, "id": "1"}], "RESULT_ID_DUPLICATE"),
        ([{**ADDRESS, "id": str(n)} for n in range(51)], "51 are more than 50"),
        ([{**ADDRESS, "id": "x" * 65}], "65 is not within 1-64 Bytes"),
        ([{**ADDRESS, "id": "1", "input_message_content": {"message_text": "<b></b>", "parse_mode": "HTML"}}], "0 is not within 1-4096"),
        ([{**ADDRESS, "id": "1", "input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}], "can't parse entities"),
        ([{**ADDRESS, "id": "1", "colour": "red"}], "unknown 'colour'"),
    ],
)
async def test_an_inline_query_is_answered_with_cards(stage: Stage, ask: Callable[..., Any], results: list[Any], problem: str | None) -> None:
    query_id = await Student(stage).looks_up("orbit")
    answer = await ask("answerInlineQuery", inline_query_id=query_id, results=results)
    assert (answer is True) if problem is None else (problem in answer)
    if problem is None:
        assert "query is too old" in await ask("answerInlineQuery", inline_query_id=query_id, results=results)


@pytest.mark.parametrize(
    ("method", "form", "problem"),
    [
        ("setMyCommands", {"commands": [{"command": "Ask", "description": "x"}]}, "'Ask' is not allowed"),
        ("setMyCommands", {"commands": [{"command": "ask", "description": ""}]}, "0 is not within 1-256"),
        ("sendChatAction", {"chat_id": 1, "action": "thinking"}, "'thinking' is not allowed"),
        ("sendMessage", {"chat_id": "@class", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1, "text": "<b></b> ", "parse_mode": "HTML"}, "0 is not within 1-4096"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}, "not exactly one thing to do"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "x.md"}]]}}, "'x.md' is not allowed"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "火" * 22}]]}}, "66 is not"),
        ("setWebhook", {"url": "http://school.example/hook"}, "An HTTPS URL must be provided"),
        ("setWebhook", {"url": "https://school.example/hook", "secret_token": "a b"}, "'a b' is not allowed"),
        ("sendDice", {"chat_id": 1}, "not known here"),
    ],
)
async def test_what_is_refused(ask: Callable[..., Any], method: str, form: dict[str, Any], problem: str) -> None:
    assert problem in await ask(method, **form)


async def test_updates_wait_until_they_are_confirmed_and_only_those_wanted(stage: Stage, ask: Callable[..., Any]) -> None:
    student = Student(stage)
    await ask("getUpdates", allowed_updates=["message"])
    await student.looks_up("orbit")
    await student.says("one")
    await student.says("two")
    first, second = await ask("getUpdates")
    assert [first["message"]["text"], second["message"]["text"]] == ["one", "two"]
    assert await ask("getUpdates", offset=second["update_id"]) == [second]
    assert await ask("getUpdates", offset=second["update_id"] + 1) == []
    earlier = asyncio.create_task(ask("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    await ask("getUpdates")
    assert "terminated by other getUpdates" in await earlier
    assert (await ask("getChat", chat_id=student.chat_id))["type"] == "private"
    assert (await ask("getChatMember", chat_id=student.chat_id, user_id=5))["user"]["id"] == 5


async def test_updates_are_pushed_until_they_are_taken(stage: Stage, ask: Callable[..., Any]) -> None:
    got: list[str] = []

    async def hook(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        got.append(head + (await reader.readexactly(int(head.split("content-length: ")[1].split()[0]))).decode())
        writer.write(f"HTTP/1.1 {'200 OK' if len(got) > 1 else '503 Away'}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        writer.close()

    async with await asyncio.start_server(hook, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert await ask("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s3cret") is True
        assert "webhook is active" in await ask("getUpdates")
        await Student(stage).says("hello")
        await holds(lambda: len(got) == 2)
        info = await ask("getWebhookInfo")
        assert await ask("deleteWebhook") is True
    assert all("x-telegram-bot-api-secret-token: s3cret" in request and '"text":"hello"' in request for request in got)
    assert "503" in info["last_error_message"]
    assert (await ask("getWebhookInfo"))["url"] == ""


def test_floods_are_measured_by_the_clock() -> None:
    now = [0.0]
    meter = FloodMeter(lambda: now[0])
    assert [meter.count("sendMessage", "1") is None for _ in range(4)] == [True, True, True, False]
    assert meter.count("sendChatAction", "1") is None
    now[0] = 3.0
    assert meter.count("sendMessage", "1") is None
    assert [meter.count("sendMessage", str(n)) is None for n in range(2, 32)].count(False) == 1
    assert (meter.busiest_second, [flood.limit.name for flood in meter.floods]) == (30, ["in a chat", "in all"])
    for _ in range(21):
        now[0] += 1.0
        meter.count("editMessageText", "-5")
    assert meter.floods[-1].limit.name == "in a group"


async def test_a_flood_is_stopped_and_a_server_may_be_down(stage: Stage, ask: Callable[..., Any]) -> None:
    stage.account.stops_floods = True
    told = [await ask("sendMessage", chat_id=8, text="x") for _ in range(4)]
    assert told[-1] == "Too Many Requests: retry after 3"
    stage.shim.fails_for(0.2)
    assert await ask("getMe") == "Internal Server Error"
    await asyncio.sleep(0.2)
    assert (await ask("getMe"))["is_bot"]
    stage.account.unknown_methods.add("sendMessageDraft")
    assert await ask("sendMessageDraft", chat_id=8, draft_id=1, text="x") == "Not Found: method not found"
    stage.faulty("getMe", Fault(403, "Forbidden: bot was blocked by the user"))
    assert await ask("getMe") == "Forbidden: bot was blocked by the user"
