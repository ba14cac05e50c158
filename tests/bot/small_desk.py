"""A desk and an inbox small enough to see through."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.port import Channel, Heard, Person, Reply, Text
from tutor.catalogue import Card
from tutor.errors import MemoryUnavailable
from tutor.inbox import Waiting
from tutor.types import Language

Act = Callable[[Heard, Channel], Awaitable[None]]


@dataclass
class SmallDesk:
    """Notes what it hears and answers as it was told for that text; otherwise it echoes, growing once."""

    acts: dict[str, Act] = field(default_factory=dict)
    known: tuple[Card, ...] = ()
    heard: list[Heard] = field(default_factory=list)

    def commands(self, language: Language) -> tuple[tuple[str, str], ...]:
        """Two of them."""
        return (("start", "Say hello" if language == "en" else "打个招呼"), ("ask", "Ask" if language == "en" else "提问"))

    def caller(self, person: Person) -> str:
        """No secret here."""
        return f"pseudonym of {person.subject}"

    async def hear(self, heard: Heard, channel: Channel) -> None:
        """Acts as told."""
        self.heard.append(heard)
        text = heard.said.text if isinstance(heard.said, Text) else ""
        await self.acts.get(text, self._echo)(heard, channel)

    async def cards(self, query: str, language: Language) -> tuple[Card, ...]:  # noqa: ARG002
        """The known ones whose title has the query in it."""
        return tuple(card for card in self.known if query and query in card.title)

    async def hears(self, things: int = 1, *, within_s: float = 5.0) -> None:
        """Waits until so many things were heard."""
        async with asyncio.timeout(within_s):
            while len(self.heard) < things:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def _echo(self, heard: Heard, channel: Channel) -> None:
        said = heard.said.text if isinstance(heard.said, Text) else repr(heard.said)
        async with channel.answering() as growing:
            await growing.finish(Reply(f"Echo: {said}", "en"))


@dataclass
class SmallInbox:
    """Keeps notes in memory, over as many lives of a bot as a test wants; `lost` makes it fail."""

    notes: dict[int, str] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    callers: set[str | None] = field(default_factory=set)
    amended: list[str] = field(default_factory=list)
    lost: bool = False

    async def take(self, update_id: int, note: str, *, caller: str | None = None) -> bool:
        """Whether it is new."""
        self._fail()
        if update_id in self.known:
            return False
        self.known.add(update_id)
        self.callers.add(caller)
        self.notes[update_id] = note
        return True

    async def amend(self, update_id: int, note: str) -> None:
        """Another note."""
        self._fail()
        self.amended.append(note)
        if update_id in self.notes:
            self.notes[update_id] = note

    async def done(self, update_id: int) -> None:
        """Struck out."""
        self._fail()
        self.notes.pop(update_id, None)

    async def waiting(self) -> tuple[Waiting, ...]:
        """All that is not done: there is only one process, which must know what it has in hand."""
        self._fail()
        return tuple(Waiting(number, note) for number, note in self.notes.items())

    def _fail(self) -> None:
        if self.lost:
            raise MemoryUnavailable("the database is lost: start it")


def grows(reply: Reply, *, gate: asyncio.Event | None = None) -> Act:
    """Shows the reply paragraph by paragraph, waits at the gate, then finishes."""

    async def act(_: Heard, channel: Channel) -> None:
        async with channel.answering() as growing:
            parts = reply.text.split("\n\n")
            for number in range(1, len(parts)):
                await growing.show("\n\n".join(parts[:number]))
                await asyncio.sleep(0.02)
            if gate is not None:
                await gate.wait()
            await growing.finish(reply)

    return act
