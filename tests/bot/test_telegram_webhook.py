"""The webhook's door: who may come in, what is taken, and a Telegram that is away when the server starts."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from small_desk import SmallDesk, SmallInbox
from small_telegram import TOKEN, SmallTelegram, message, until

from bot.telegram import Webhook, secret_of
from bot.telegram.webhook import LARGEST_UPDATE

URL = "https://school.example/telegram/hook"
SECRET = secret_of(b"k" * 32, TOKEN)
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def telegram() -> AsyncIterator[SmallTelegram]:
    async with SmallTelegram().running() as small:
        yield small


@asynccontextmanager
async def serving(
    telegram: SmallTelegram, desk: SmallDesk, inbox: SmallInbox | None = None, *, token: str = TOKEN
) -> AsyncIterator[httpx2.AsyncClient]:
    webhook = Webhook(desk, inbox=inbox or SmallInbox(), token=token, url=URL, secret=SECRET, api_url=telegram.url)

    async def behind(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b"the API"})

    async with webhook.running():
        transport = httpx2.ASGITransport(app=webhook.before(behind))
        async with httpx2.AsyncClient(transport=transport, base_url="https://school.example") as client:
            yield client


async def post(client: httpx2.AsyncClient, body: object, headers: dict[str, str] | None = None) -> httpx2.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post("/telegram/hook", content=content, headers=HEADERS if headers is None else headers)


async def until_ready(client: httpx2.AsyncClient) -> None:
    async with asyncio.timeout(5):
        while (await post(client, {"update_id": 0})).status_code == 503:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def registered(telegram: SmallTelegram) -> None:
    await until(lambda: len(telegram.of("setMyCommands")) == 2)


async def test_updates_are_taken_written_down_and_answered(telegram: SmallTelegram) -> None:
    desk, inbox = SmallDesk(), SmallInbox()
    async with serving(telegram, desk, inbox) as client:
        await until_ready(client)
        answers = [await post(client, message(5, "Hello")) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert inbox.known == {5}
        await registered(telegram)
        (hook,) = telegram.of("setWebhook")
    assert list(telegram.messages.values()) == ["Echo: Hello"]
    assert (hook.form["url"], hook.form["secret_token"]) == (URL, SECRET)
    assert json.loads(hook.form["allowed_updates"]) == ["message", "callback_query", "inline_query"]
    assert not telegram.of("getUpdates", "deleteWebhook")


@pytest.mark.parametrize("given", [{}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}])
async def test_without_the_secret_nothing_is_taken(telegram: SmallTelegram, given: dict[str, str]) -> None:
    inbox = SmallInbox()
    async with serving(telegram, SmallDesk(), inbox) as client:
        await until_ready(client)
        answer = await post(client, message(5, "Hello"), given)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "forbidden"
        assert SECRET not in answer.text
    assert inbox.known == set()


NO_UPDATES = (b"", b"{", b"\xff", b"[]", b"null", b"7", b"{}", b'{"update_id": null}', b'{"update_id": -1}', b"[" * 99999)


@pytest.mark.parametrize("body", NO_UPDATES, ids=lambda body: repr(body[:40]))
async def test_what_is_no_update_is_refused(telegram: SmallTelegram, body: bytes) -> None:
    async with serving(telegram, SmallDesk()) as client:
        await until_ready(client)
        assert (await post(client, body)).status_code == 400
        assert (await post(client, message(1, "Hello"))).status_code == 200


@pytest.mark.parametrize("body", [b'{"update_id": 1, "message": 7}', b'{"update_id": 1, "message": {}}'])
async def test_an_update_that_cannot_be_read_is_not_delivered_again(telegram: SmallTelegram, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(telegram, SmallDesk()) as client:
        await until_ready(client)
        assert (await post(client, body)).status_code == 200
    assert caplog.text.count("skipped an update that cannot be read") == 1


async def test_a_body_without_bound_is_refused_and_a_long_message_is_not(telegram: SmallTelegram) -> None:
    desk = SmallDesk()
    async with serving(telegram, desk) as client:
        await until_ready(client)
        assert (await post(client, b" " * (LARGEST_UPDATE + 1))).status_code == 413
        long = message(1, "火" * 4096, {"reply_to_message": message(0, "火" * 4096)["message"]})
        assert (await post(client, long)).status_code == 200
        await desk.hears()


async def test_only_its_own_path_and_method_are_the_doors(telegram: SmallTelegram) -> None:
    async with serving(telegram, SmallDesk()) as client:
        assert (await client.get("/v1/ask")).status_code == 418
        assert (await client.post("/telegram/hook/", headers=HEADERS)).status_code == 418
        assert (await client.get("/telegram/hook", headers=HEADERS)).status_code == 405


async def test_a_telegram_that_is_away_keeps_nobody_from_starting(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for method in ("getMe", "setWebhook"):
        telegram.fails(method, 502, "Bad Gateway")
    async with serving(telegram, SmallDesk()) as client:
        assert (await client.get("/v1/ask")).status_code == 418
        assert (await post(client, message(1, "Hello"))).status_code == 503
        await registered(telegram)
        assert (await post(client, message(1, "Hello"))).status_code == 200
    assert "the API serves, the bot waits for it" in caplog.text
    assert list(telegram.messages.values()) == ["Echo: Hello"]


async def test_a_wrong_token_is_one_line_and_the_server_goes_on(telegram: SmallTelegram, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(telegram, SmallDesk(), token="1:AAwrong") as client:
        await until(lambda: caplog.messages)
        assert (await client.get("/v1/ask")).status_code == 418
        assert (await post(client, message(1, "Hello"))).status_code == 503
    assert len(caplog.messages) == 1
    assert "refuses the bot's token: set NAVIGATOR_TELEGRAM_TOKEN" in caplog.text
    assert "AAwrong" not in caplog.text
    assert caplog.records[0].exc_info is None


async def test_what_an_earlier_life_left_is_answered(telegram: SmallTelegram) -> None:
    inbox = SmallInbox(notes={4: '{"chat":7,"private":true,"user":7,"message":1,"kind":"text","text":"left"}'}, known={4})
    async with serving(telegram, SmallDesk(), inbox):
        await registered(telegram)
    assert list(telegram.messages.values()) == ["Echo: left"]


def test_the_secret_is_one_of_the_key_and_the_token_and_fits_telegram() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", SECRET)
    assert len({SECRET, secret_of(b"K" * 32, TOKEN), secret_of(b"k" * 32, "1:x")}) == 3
    assert TOKEN not in SECRET
