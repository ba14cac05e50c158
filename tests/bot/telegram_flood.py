"""Telegram's limits on how fast a bot may write, by the stand-in's own clock.

Telegram's words (core.telegram.org/bots/faq): "avoid sending more than one message per second" in a chat, "we may allow short bursts
that go over this limit"; about 30 messages a second in all; 20 messages a minute in a group. Read here as windows: the burst
allowed in a chat is three messages, as long as no three seconds hold more than three. An edit counts as a message; a draft, which
nobody is notified of, counts in all but not in its chat; what is typed does not count.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MESSAGES = frozenset({"sendMessage", "editMessageText"})
DRAFT = "sendMessageDraft"


@dataclass(frozen=True)
class Limit:
    """At most so many messages in any so many seconds."""

    name: str
    most: int
    within_s: float


CHAT, IN_ALL, GROUP = Limit("in a chat", 3, 3.0), Limit("in all", 30, 1.0), Limit("in a group", 20, 60.0)


@dataclass(frozen=True)
class Flood:
    """A message that came too early: `wait_s` seconds later it would have been in time."""

    limit: Limit
    chat_id: str
    wait_s: float


@dataclass
class FloodMeter:
    """Counts one bot's messages, drafts and edits. `clock` gives seconds."""

    clock: Callable[[], float]
    floods: list[Flood] = field(default_factory=list)
    busiest_second: int = 0
    _times: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, method: str, chat_id: str) -> Flood | None:
        """Counts a request; what it breaks, if anything. A message that breaks a limit is not counted, as Telegram does not send it."""
        if method not in MESSAGES and method != DRAFT:
            return None
        now, limits = self.clock(), list(self._limits(method, chat_id))
        for limit, key in limits:
            times = self._times[limit.name, key]
            while times and now - times[0] >= limit.within_s:
                times.popleft()
            if len(times) >= limit.most:
                self.floods.append(Flood(limit, chat_id, limit.within_s - (now - times[0])))
                return self.floods[-1]
        for limit, key in limits:
            self._times[limit.name, key].append(now)
        self.busiest_second = max(self.busiest_second, len(self._times[IN_ALL.name, ""]))
        return None

    def _limits(self, method: str, chat_id: str) -> Iterator[tuple[Limit, str]]:
        yield IN_ALL, ""
        if method == DRAFT:
            return
        yield CHAT, chat_id
        if chat_id.startswith("-"):
            yield GROUP, chat_id
