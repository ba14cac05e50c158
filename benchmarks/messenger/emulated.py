"""`navigator bot` at work against a stand-in for Telegram, each a process of its own, and what students do and see there."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

EMULATOR = (sys.executable, "tests/bot/telegram_emulator.py")
BOT = (sys.executable, "-m", "navigator", "bot")
TOKEN = "4000001:measured"
COURSE_URL = "https://school.example/play"
READY_WITHIN_S = 120.0


@dataclass(frozen=True)
class Emulated:
    """The stand-in with the bot that listens to it. Seconds are of the monotonic clock, which both processes share."""

    telegram: httpx2.AsyncClient
    emulator: httpx2.AsyncClient

    async def says(self, student: int, text: str, *, language: str = "en") -> float:
        """A student writes in a private chat; when."""
        message: dict[str, Any] = {"botToken": TOKEN, "date": int(time.time()), "from": _user(student, language), "text": text}
        message["chat"] = {"id": student, "type": "private"}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        began = time.monotonic()
        (await self.emulator.post("/sendMessage", json=message)).raise_for_status()
        return began

    async def presses(self, student: int, message: dict[str, Any], data: str, *, language: str = "en") -> None:
        """A student presses a button of a message."""
        query = {"botToken": TOKEN, "from": _user(student, language), "message": message, "data": data}
        (await self.emulator.post("/sendCallback", json=query)).raise_for_status()

    async def messages(self, student: int) -> list[dict[str, Any]]:
        """The bot's messages that stand in a student's chat, as Telegram shows them."""
        chats = (await self.telegram.get(f"/sim/{TOKEN}/chats")).json()["messages"]
        return [message for message in chats.get(str(student), ()) if message["from"]["is_bot"]]

    async def calls(self, since: int = 0) -> list[dict[str, Any]]:
        """The bot's requests in order, from a number on."""
        told: list[dict[str, Any]] = (await self.telegram.get(f"/sim/{TOKEN}/calls", params={"since": since})).json()
        return told

    async def summary(self) -> dict[str, Any]:
        """Requests by method, what was refused, violations of the schema, floods."""
        told: dict[str, Any] = (await self.telegram.get(f"/sim/{TOKEN}")).json()
        return told


@contextmanager
def stand_in() -> Iterator[str]:
    """A stand-in for Telegram that knows the bot's token; its address."""
    with subprocess.Popen(EMULATOR, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                sys.exit("the stand-in for Telegram did not start")
            yield address
        finally:
            process.terminate()


@contextmanager
def bot(data: Path, address: str, log: Path, **settings: str) -> Iterator[int]:
    """`navigator bot` on a data folder, listening to the stand-in; its process id. What it prints goes to `log`."""
    with httpx2.Client(base_url=address, trust_env=False) as client, log.open("w") as lines:
        client.post(f"/sim/{TOKEN}").raise_for_status()
        chosen = {"DATA_DIR": str(data), "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "COURSE_URL": COURSE_URL, **settings}
        env = os.environ | {f"NAVIGATOR_{name}": value for name, value in chosen.items()}
        with subprocess.Popen(BOT, env=env, stdout=lines, stderr=subprocess.STDOUT) as process:
            try:
                _until_it_listens(client, process, log)
                yield process.pid
            finally:
                process.terminate()


def _until_it_listens(client: httpx2.Client, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while "getUpdates" not in client.get(f"/sim/{TOKEN}").json()["calls"]:
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"navigator bot does not listen: {log.read_text()}")
        time.sleep(0.05)


@contextmanager
def copied(data: Path) -> Iterator[Path]:
    """A data folder of one's own with the same releases."""
    with tempfile.TemporaryDirectory(prefix="navigator-telegram-") as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns("open", "jobs", "state.db*", "serving"))
        yield copy


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Emulated]:
    """Both sides of the stand-in at `address`."""
    async with httpx2.AsyncClient(base_url=address, trust_env=False, timeout=30) as telegram:
        emulator = (await telegram.get("/sim/emulator")).json()["address"]
        async with httpx2.AsyncClient(base_url=emulator, trust_env=False, timeout=30, limits=httpx2.Limits(max_connections=20)) as students:
            yield Emulated(telegram, students)


def _user(number: int, language: str) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Wanda", "language_code": language}
