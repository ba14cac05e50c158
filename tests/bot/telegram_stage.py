"""A bot on stage: the real application against the stand-in for Telegram, and the students who write to it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2
from telegram_account import Account, Call
from telegram_faults import Fault
from telegram_html import utf16_length
from telegram_shim import Shim

from bot.port import Desk
from bot.telegram import run
from tutor.inbox import Inbox

BOT = {"id": 666, "is_bot": True, "first_name": "Test First name", "username": "TestNameBot"}  # the emulator's getMe
MENTION = "@TestNameBot"

_numbers = count(7_700_123)


async def eventually(check: Callable[[], Awaitable[bool]], *, within_s: float = 10.0) -> None:
    """Wait until `check` holds; fail when it does not in time."""
    deadline = time.monotonic() + within_s
    while not await check():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.02)


async def holds(check: Callable[[], bool], *, within_s: float = 10.0) -> None:
    """The same for a `check` that does not wait itself."""

    async def asked() -> bool:
        return check()

    await eventually(asked, within_s=within_s)


@dataclass
class Student:
    """Somebody in a chat: writes into it, presses buttons, and reads what the bot wrote there. `chat` is another's group to be in."""

    stage: "Stage"
    language: str = "en"
    group: bool = False
    number: int = field(default_factory=lambda: next(_numbers))
    chat: int | None = None
    topic: int | None = None

    @property
    def chat_id(self) -> int:
        """The chat's id: that of a group is negative."""
        return self.chat or (-self.number if self.group else self.number)

    @property
    def user(self) -> dict[str, Any]:
        """The student as the bot sees one."""
        return {"id": self.number, "is_bot": False, "first_name": "Wanda", "language_code": self.language}

    @property
    def place(self) -> dict[str, Any]:
        """What every message of this chat carries."""
        place: dict[str, Any] = {"chat": {"id": self.chat_id, "type": "supergroup" if self.chat_id < 0 else "private"}, "date": int(time.time())}
        return place if self.topic is None else {**place, "message_thread_id": self.topic, "is_topic_message": True}

    async def says(self, text: str | None = None, /, **more: Any) -> None:
        """Send a message; `more` are further fields of it."""
        message = {"botToken": self.stage.token, "from": self.user, **self.place, **more}
        await self.stage.client.post("/sendMessage", json=message if text is None else {**message, "text": text})

    async def commands(self, text: str, /, **more: Any) -> None:
        """Send a message that begins with a command."""
        await self.says(text, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}], **more)

    async def mentions(self, text: str, name: str = MENTION) -> None:
        """Send a message that holds `name`."""
        before = text.lower().index(name.lower())
        await self.says(text, entities=[{"type": "mention", "offset": utf16_length(text[:before]), "length": utf16_length(name)}])

    async def presses(self, label: str, /, *, by: "Student | None" = None) -> str:
        """Press the newest button on which `label` stands, in the name of `by`; the press's id."""
        for message in reversed(self.messages()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return await self.forges(button["callback_data"], message, by=by)
        raise AssertionError(f"no button {label!r} among {self.buttons()}")

    async def forges(self, data: str, message: dict[str, Any], *, by: "Student | None" = None) -> str:
        """Send a press of a button that need not exist; the press's id."""
        before, user = len(self.stage.account.pressed), (by or self).user
        query = {"botToken": self.stage.token, "from": user, "message": message, "data": data}
        await self.stage.client.post("/sendCallback", json=query)

        def arrived() -> list[str]:
            return [press["id"] for press in self.stage.account.pressed[before:] if press["from"]["id"] == user["id"]]

        await holds(lambda: bool(arrived()))
        return arrived()[0]

    async def looks_up(self, text: str) -> str:
        """Write behind the bot's name in any chat; the query's id."""
        query_id = f"query-{next(_numbers)}"
        self.stage.deliver("inline_query", {"id": query_id, "from": self.user, "query": text, "offset": ""})
        return query_id

    async def heard(self) -> list[str]:
        """What stands here of the bot's, as a reader sees it."""
        history = (await self.stage.client.post("/getUpdatesHistory", json={"token": self.stage.token})).json()["result"]
        return [item["message"]["text"] for item in history if item.get("message", {}).get("chat_id") == str(self.chat_id)]

    async def hears(self, messages: int = 1, *, within_s: float = 10.0) -> list[str]:
        """What the bot wrote here, once there are so many messages."""

        async def there() -> bool:
            return len(await self.heard()) >= messages <= len(self.messages())

        await eventually(there, within_s=within_s)
        return await self.heard()

    async def sees(self, text: str, *, within_s: float = 10.0) -> None:
        """Waits until `text` stands in one of the bot's messages here, also in one that was edited."""
        await holds(lambda: any(text in message["text"] for message in self.messages()), within_s=within_s)

    def messages(self) -> list[dict[str, Any]]:
        """The bot's messages that stand here, whole: entities, buttons and all."""
        mine = (message for (chat_id, _), message in list(self.stage.account.messages.items()) if chat_id == self.chat_id)
        return [message for message in mine if message["from"]["is_bot"]]

    def buttons(self) -> list[list[str]]:
        """The rows of labels under the bot's newest message."""
        keyboard = self.messages()[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in keyboard]

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

    @property
    def account(self) -> Account:
        """Everything that is known of the bot."""
        return self.shim.accounts[self.token]

    def calls(self, method: str) -> list[Call]:
        """The bot's requests of one kind, in order."""
        return self.account.called(method)

    def faulty(self, method: str, fault: Fault) -> None:
        """Make the next request of this kind fail."""
        self.account.faults[method].append(fault)

    def deliver(self, kind: str, content: dict[str, Any], update_id: int | None = None) -> dict[str, Any] | None:
        """Hand the bot an update that no student of the emulator can make, or one with an id of before."""
        return self.account.deliver({kind: content} if update_id is None else {"update_id": update_id, kind: content})

    @asynccontextmanager
    async def bot(self, desk: Desk, inbox: Inbox) -> AsyncIterator["asyncio.Task[None]"]:
        """A bot that listens; at the end it is stopped, and must have kept the Bot API's rules."""
        self.shim.tokens.add(self.token)
        polled = len(self.calls("getUpdates"))
        task = asyncio.create_task(run(desk, inbox=inbox, token=self.token, api_url=self.url))
        await holds(lambda: task.done() or len(self.calls("getUpdates")) > polled)
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.wait([task])
        assert self.account.violations == []
        assert self.account.meter.floods == []
