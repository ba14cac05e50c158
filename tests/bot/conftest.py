"""Telegram's stand-in, started once for all tests of the bot; at the end of them all its rules must have been kept."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NoReturn

import httpx2
import pytest
from small_school import Program, publish_school, running
from telegram_rig import Served, Unavailable, cache_folder, emulator_folder, emulator_running, load_schema
from telegram_shim import Shim
from telegram_stage import Stage, holds


@pytest.fixture(scope="session")
def telegram() -> Iterator[Served]:
    """The shim, listening."""
    cache = cache_folder()
    try:
        folder, schema = emulator_folder(cache), load_schema(cache)
    except Unavailable as error:
        _skip_but_not_in_ci(str(error))
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


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a school whose course is published; whoever writes into it copies it."""
    return publish_school(tmp_path_factory.mktemp("school"))


@pytest.fixture(scope="session")
def open_school(telegram: Served, school: Path) -> Iterator[tuple[str, Program]]:
    """`navigator bot` at work for the school, with a course player; its token."""
    token = "5000001:AAopen"
    telegram.shim.tokens.add(token)
    settings = {"TELEGRAM_TOKEN": token, "TELEGRAM_API_URL": telegram.url, "COURSE_URL": "https://school.example/play"}
    with running(Program(school, ("bot",), settings)) as program:
        yield token, program
        assert program.stop() == 0, program.lines


@pytest.fixture
async def class_of(stage: Stage, open_school: tuple[str, Program]) -> Stage:
    """The stage on which that program plays."""
    stage.token = open_school[0]
    await holds(lambda: bool(stage.calls("getUpdates")), within_s=60)
    return stage


def _skip_but_not_in_ci(why: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
