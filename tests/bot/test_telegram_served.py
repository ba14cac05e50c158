"""`navigator serve` with a webhook: the API and the real desk behind one address, as wiring joins them; and what the settings take."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from small_telegram import TOKEN, SmallTelegram, message, until

from api import Doors, create_app
from bot.telegram import secret_of
from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release.layout import DataFolder
from navigator import wiring
from navigator.settings import BadSettings, Settings, load_settings

KEY = "k" * 32
HOOK = "http://127.0.0.1/telegram/updates"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": secret_of(KEY.encode(), TOKEN)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    course.mkdir()
    (course / "rockets.md").write_text("# Rockets\n\n## Stages\n\nRockets drop their empty stages because less mass is easier to speed up.\n")
    assert not Ingestion(DataFolder(tmp_path / "data"), HashingEmbedder).run(Order([course])).failed
    return tmp_path / "data"


@asynccontextmanager
async def served(data: Path, telegram_url: str, **more: str | None) -> AsyncIterator[httpx2.AsyncClient]:
    given: dict[str, Any] = {"telegram_token": TOKEN, "telegram_api_url": telegram_url, "bot_webhook_url": HOOK, "pseudonym_key": KEY} | more
    settings = Settings(data_dir=data, embedder="hashing", **given)
    with closing(wiring.library(settings)) as library:
        library.open()
        memory = wiring.memory(settings, library)
        tutor = wiring.tutor(settings, library, memory)
        app = create_app(Doors(tutor, library, "1", wiring.catalogue(settings, library), wiring.practice(settings, library), memory=memory))
        before = wiring.behind_webhook(settings, app, tutor, memory)
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=before), base_url="http://127.0.0.1")
        async with app.router.lifespan_context(app), client:
            yield client


async def test_the_api_serves_the_bot_and_itself(data: Path) -> None:
    async with SmallTelegram().running() as telegram, served(data, telegram.url) as client:
        await until(lambda: telegram.of("setWebhook"))
        for update in (message(1, "/start"), message(1, "/start"), message(2, "Why do rockets drop their empty stages?", user=8)):
            assert (await client.post("/telegram/updates", json=update, headers=HEADERS)).status_code == 200
        await until(lambda: len(telegram.messages) == 2)
        assert (await client.post("/telegram/updates", json=message(3, "Why?"), headers={})).status_code == 403
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/telegram/updates/")).status_code == 404
        long = message(4, "?", {"reply_to_message": message(0, "火" * 4096)["message"] | {"caption": "x" * 60_000}}, user=9)
        assert len(json.dumps(long)) > 64 * 1024
        assert (await client.post("/telegram/updates", json=long, headers=HEADERS)).status_code == 200
        await until(lambda: len(telegram.messages) == 3)
    assert any(text.startswith("Hello!") for text in telegram.messages.values())


async def test_another_bot_s_updates_are_its_own(data: Path) -> None:
    tokens = (TOKEN, "778:AAanother")
    async with SmallTelegram().running() as telegram:
        telegram.tokens.update(tokens)
        for number, token in enumerate(tokens, 1):
            async with served(data, telegram.url, telegram_token=token) as client:
                await until(lambda: len(telegram.of("setWebhook")) == number)  # noqa: B023
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret_of(KEY.encode(), token)}
                assert (await client.post("/telegram/updates", json=message(1, "/start"), headers=headers)).status_code == 200
                await until(lambda: len(telegram.messages) == number)  # noqa: B023


async def test_the_api_starts_while_telegram_is_away(data: Path) -> None:
    async with served(data, "http://127.0.0.1:9") as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.post("/telegram/updates", json=message(1, "Hello"), headers=HEADERS)).status_code == 503


async def test_without_an_address_to_post_to_the_api_is_as_it_was(data: Path) -> None:
    async with served(data, "http://127.0.0.1:9", bot_webhook_url=None) as client:
        assert (await client.post("/telegram/updates", json=message(1, "Hello"), headers=HEADERS)).status_code == 404


@pytest.mark.parametrize(
    ("url", "api_url", "taken"),
    [
        ("https://tutor.example/telegram/updates", None, True),
        ("https://tutor.example:8443/t", None, True),
        ("http://127.0.0.1:8000/t", "http://127.0.0.1:9", True),
        ("http://127.0.0.1:8000/t", None, False),
        ("http://tutor.example/t", "http://127.0.0.1:9", False),
        ("https://tutor.example", None, False),
        ("https://tutor.example/", None, False),
        ("https://name:password@tutor.example/t", None, False),
        ("https://tutor.example/t?x=1", None, False),
        ("tutor.example/t", None, False),
    ],
)
def test_the_webhooks_address(url: str, api_url: str | None, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NAVIGATOR_BOT_WEBHOOK_URL", url)
    if api_url is not None:
        monkeypatch.setenv("NAVIGATOR_TELEGRAM_API_URL", api_url)
    if taken:
        assert load_settings().bot_webhook_url == url
        return
    with pytest.raises(BadSettings, match="NAVIGATOR_BOT_WEBHOOK_URL: must begin with https:// and have a path of its own"):
        load_settings()
