"""Telegram's stand-in, started once for all tests of the bot; at the end of them all its rules must have been kept."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from telegram_rig import Served, cache_folder, emulator_folder, emulator_running, load_schema
from telegram_shim import Shim
from telegram_stage import Stage


@pytest.fixture(scope="session")
def telegram() -> Iterator[Served]:
    """The shim, listening."""
    cache = cache_folder()
    folder, schema = emulator_folder(cache), load_schema(cache)
    with emulator_running(folder) as upstream:
        served = Served(Shim(upstream, schema))
        with served.up():
            yield served
        assert [problem for account in served.shim.accounts.values() for problem in account.violations] == []


@pytest.fixture
async def stage(telegram: Served, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A stage for one bot."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns whenever Telegram says how long to wait
    async with httpx2.AsyncClient(base_url=telegram.shim.upstream, trust_env=False) as client:
        yield Stage(telegram.shim, telegram.url, client)
