"""A bot on stage: the real application against the stand-in for Telegram, and the students who write to it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2
from telegram_shim import Call, Fault, Shim

from bot import Asks, run

BOT = {"id": 666, "is_bot": True, "first_name": "Test First name", "username": "TestNameBot"}  # the emulator's getMe

_numbers = count(7_700_123)


async def eventually(check: Callable[[], Awaitable[bool]], *, within_s: float = 10.0) -> None:
    """Wait until `check` holds; fail when it does not in time."""
    deadline = time.monotonic() + within_s
    while not await check():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.02)


@dataclass
class Student:
    """Somebody in a chat: writes into it, and reads what the bot wrote there."""

    stage: "Stage"
    language: str = "en"
    group: bool = False
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def chat_id(self) -> int:
        """The chat's id: that of a group is negative."""
        return -self.number if self.group else self.number

    async def says(self, text: str | None = None, /, **more: Any) -> None:
        """Send a message; `more` are further fields of it."""
        sender = {"id": self.number, "is_bot": False, "first_name": "Wanda", "language_code": self.language}
        chat = {"id": self.chat_id, "type": "supergroup" if self.group else "private"}
        message = {"botToken": self.stage.token, "date": int(time.time()), "from": sender, "chat": chat, **more}
        await self.stage.client.post("/sendMessage", json=message if text is None else {**message, "text": text})

    async def commands(self, text: str) -> None:
        """Send a message that begins with a command."""
        await self.says(text, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}])

    async def heard(self) -> list[str]:
        """What the bot has written here so far, as a reader sees it."""
        history = (await self.stage.client.post("/getUpdatesHistory", json={"token": self.stage.token})).json()["result"]
        return [item["message"]["text"] for item in history if item["message"].get("chat_id") == str(self.chat_id)]

    async def hears(self, messages: int = 1) -> list[str]:
        """What the bot wrote here, once there are so many messages."""

        async def there() -> bool:
            return len(await self.heard()) >= messages

        await eventually(there)
        return await self.heard()

    def sent(self) -> list[Call]:
        """The bot's requests to send a message here, refused ones too."""
        return [call for call in self.stage.calls("sendMessage") if call.form["chat_id"] == str(self.chat_id)]


@dataclass
class Stage:
    """One bot's Telegram: a token of its own, so that tests do not see each other's messages."""

    shim: Shim
    url: str
    client: httpx2.AsyncClient
    token: str = field(default_factory=lambda: f"{next(_numbers)}:AAsecret")

    def calls(self, method: str) -> list[Call]:
        """The bot's requests of one kind, in order."""
        return [call for call in self.shim.calls if (call.token, call.method) == (self.token, method)]

    def faulty(self, method: str, fault: Fault) -> None:
        """Make the next request of this kind fail."""
        self.shim.faults[self.token, method].append(fault)

    @asynccontextmanager
    async def bot(self, tutor: Asks, caller_of: Callable[[int], str] | None = None) -> AsyncIterator["asyncio.Task[None]"]:
        """A bot that listens; at the end it is stopped, and must have kept the Bot API's rules."""
        self.shim.tokens.add(self.token)
        task = asyncio.create_task(run(tutor, token=self.token, api_url=self.url, caller_of=caller_of))

        async def listening() -> bool:
            return task.done() or bool(self.calls("getUpdates"))

        await eventually(listening)
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.wait([task])
        assert [problem for token, problem in self.shim.violations if token == self.token] == []
