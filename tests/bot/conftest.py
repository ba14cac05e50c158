"""Telegram's stand-in, started once for all tests of the bot; at the end of them all its rules must have been kept."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from small_school import Program, publish_school, running
from telegram_rig import Served, Unavailable, cache_folder, emulator_folder, emulator_running, load_schema
from telegram_scenes import stages
from telegram_shim import Shim
from telegram_stage import Stage


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
        with served.up(), pytest.MonkeyPatch.context() as patch:
            patch.setenv("PTB_TIMEDELTA", "true")  # else the library warns whenever Telegram says how long to wait
            yield served
        assert [problem for account in served.shim.accounts.values() for problem in account.violations] == []


@pytest.fixture
async def stage(telegram: Served) -> AsyncIterator[Stage]:
    """A stage for one bot."""
    async with stages(telegram)() as stage:
        yield stage


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a school whose course is published; whoever writes into it copies it."""
    return publish_school(tmp_path_factory.mktemp("school"))


@pytest.fixture(scope="session")
def open_school(telegram: Served, school: Path) -> Iterator[tuple[str, Program]]:
    """`navigator bot` at work for the school, with a course player; its token."""
    token = "5000001:AAopen"
    telegram.shim.tokens.add(token)
    settings = {"TELEGRAM_TOKEN": token, "TELEGRAM_API_URL": telegram.url, "COURSE_URL": "https://school.example/play", "QUESTIONS_PER_MINUTE": "4"}
    with running(Program(school, ("bot",), settings)) as program:
        yield token, program
        assert asyncio.run(program.stop()) == 0, program.lines


def _skip_but_not_in_ci(why: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
