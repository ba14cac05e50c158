"""One bot as the stand-in for Telegram knows it: what it asked for, what waits for it, and what stands in its chats."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from telegram_faults import Fault
from telegram_flood import FloodMeter

Update = dict[str, Any]

DRAFT_FOR_S = 30.0
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_update_ids = count(int(time.time()))  # a bot that knows those of an earlier run takes these


@dataclass
class Call:
    """One request of a bot, as it came; `at` is in seconds of the monotonic clock, `fault` what was answered in place of a result."""

    method: str
    form: dict[str, str]
    at: float
    fault: Fault | None = None


@dataclass(frozen=True)
class Draft:
    """The preview of an answer in a private chat."""

    draft_id: int
    text: str
    at: float


@dataclass
class Webhook:
    """Where a bot's updates are pushed, and how that went."""

    url: str
    secret: str | None
    refusals: list[str] = field(default_factory=list)


@dataclass
class Account:
    """A bot's side of Telegram; everything may be read, and most of it set, by a test."""

    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    unknown_methods: set[str] = field(default_factory=set)
    meter: FloodMeter = field(default_factory=lambda: FloodMeter(time.monotonic))
    stops_floods: bool = False
    pending: list[Update] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    polls: int = 0
    webhook: Webhook | None = None
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    pressed: list[dict[str, Any]] = field(default_factory=list)
    presses: dict[str, dict[str, str] | None] = field(default_factory=dict)
    queries: dict[str, dict[str, str] | None] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def called(self, method: str) -> list[Call]:
        """The bot's requests of one kind, in order."""
        return [call for call in self.calls if call.method == method]

    def chat(self, chat_id: int) -> dict[str, Any]:
        """A chat as the bot may see it."""
        return self.chats.get(chat_id) or {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}

    def draft(self, chat_id: int) -> str | None:
        """The preview that a student sees now."""
        draft = self.drafts.get(chat_id)
        return draft.text if draft is not None and time.monotonic() - draft.at < DRAFT_FOR_S else None

    def deliver(self, update: Update) -> Update | None:
        """Puts an update into the queue, under an id of its own unless it has one; None if the bot did not ask for its kind."""
        update = update if "update_id" in update else {"update_id": next(_update_ids), **update}
        (kind,) = update.keys() - {"update_id"}
        if kind in _NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        self._notice(kind, update[kind])
        self.pending.append(update)
        return update

    def _notice(self, kind: str, content: dict[str, Any]) -> None:
        """What Telegram knows from now on: a chat and a message in it, or a query that may be answered once."""
        if kind == "callback_query":
            content.setdefault("chat_instance", "1")
            self.pressed.append(content)
            self.presses[content["id"]] = None
        elif kind == "inline_query":
            self.queries[content["id"]] = None
        if "chat" in content and "message_id" in content:
            self.chats[content["chat"]["id"]] = content["chat"]
            self.messages[content["chat"]["id"], content["message_id"]] = content
