"""Telegram's stand-in, started once for all tests of the bot."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from telegram_rig import cache_folder, emulator_folder, emulator_running, load_schema, shim_running
from telegram_shim import Shim
from telegram_stage import Stage


@pytest.fixture(scope="session")
def telegram() -> Iterator[tuple[Shim, str]]:
    """The shim and its address."""
    cache = cache_folder()
    folder, schema = emulator_folder(cache), load_schema(cache)
    with emulator_running(folder) as upstream:
        shim = Shim(upstream, schema)
        with shim_running(shim) as url:
            yield shim, url


@pytest.fixture
async def stage(telegram: tuple[Shim, str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A stage for one bot."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns whenever Telegram says how long to wait
    shim, url = telegram
    async with httpx2.AsyncClient(base_url=shim.upstream, trust_env=False) as client:
        yield Stage(shim, url, client)
