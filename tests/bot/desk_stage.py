"""Students before the real desk: what they do, and what they see, through a channel that writes everything down."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from bot.desk import FrontDesk, Policy, Rooms
from bot.port import Button, Command, Growing, Heard, Person, Place, Press, Reply, Text, Unreadable
from tutor.types import Language

HOME = Place("home of {}", private=True)


@dataclass
class Seen:
    """What one place shows, in order; `deltas` are the texts that answers showed while they grew, `lost` those that never came to an end."""

    replies: list[Reply] = field(default_factory=list)
    replaced: list[Reply] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    deltas: list[str] = field(default_factory=list)
    lost: int = 0

    async def say(self, reply: Reply) -> None:
        self.replies.append(reply)

    async def replace(self, reply: Reply) -> None:
        self.replaced.append(reply)
        self.replies.append(reply)

    async def hint(self, text: str) -> None:
        assert len(text) <= 200
        self.hints.append(text)

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[Growing]:
        finished = len(self.replies)
        try:
            yield _Growing(self)
        finally:
            self.lost += len(self.replies) == finished


@dataclass
class _Growing:
    seen: Seen

    async def show(self, text: str) -> None:
        self.seen.deltas.append(text)

    async def finish(self, reply: Reply) -> None:
        self.seen.replies.append(reply)


@dataclass
class Student:
    """Somebody in a place; what is said back is checked for what every messenger must be able to take."""

    desk: FrontDesk
    subject: str = "4711"
    language: Language = "en"
    place: Place | None = None
    seen: Seen = field(default_factory=Seen)

    async def does(self, said: Text | Command | Press | Unreadable) -> str:
        """Does it; the texts of all replies to it, hints too."""
        place = self.place or replace(HOME, name=HOME.name.format(self.subject))
        before, hinted = len(self.seen.replies), len(self.seen.hints)
        await self.desk.hear(Heard(Person(self.subject, self.language), place, said), self.seen)
        for reply in self.seen.replies[before:]:
            _check(reply)
        return "\n".join([*(shown(reply) for reply in self.seen.replies[before:]), *self.seen.hints[hinted:]])

    async def says(self, text: str) -> str:
        """Writes a message; one that begins with a slash is a command."""
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return await self.does(Command(name, argument))
        return await self.does(Text(text))

    async def presses(self, label: str) -> str:
        """Presses the newest button whose label begins like this."""
        button = self.button(label)
        assert button.action is not None
        return await self.does(Press(button.action, button.text))

    def button(self, label: str) -> Button:
        """The newest button whose label begins like this."""
        buttons = [button for reply in reversed(self.seen.replies) for row in reply.buttons for button in row]
        return next(button for button in buttons if button.text.startswith(label))

    @property
    def last(self) -> Reply:
        """What was said last."""
        return self.seen.replies[-1]


def labels(reply: Reply) -> list[str]:
    """What stands on a reply's buttons."""
    return [button.text for row in reply.buttons for button in row]


def shown(reply: Reply) -> str:
    """A reply as plain text."""
    sources = [" · ".join([f"[{one.n}] {one.title}", *filter(None, [one.section]), *one.where, *filter(None, [one.note])]) for one in reply.sources]
    return "\n".join([*filter(None, [reply.title]), reply.text, *sources])


def desk_over(tutor: Any, memory: Any, learners: Any, practice: Any, catalogue: Any, *, model: str | None = None) -> FrontDesk:
    """The desk as wiring makes it."""
    return FrontDesk(Rooms(tutor, memory, learners, practice, catalogue, Policy(30, model)), tenant="telegram")


def _check(reply: Reply) -> None:
    actions = [button.action for row in reply.buttons for button in row if button.action is not None]
    assert reply.text.strip()
    assert len(set(actions)) == len(actions)
    assert all(1 <= len(action.encode()) <= 64 for action in actions)
    assert all((button.action is None) != (button.url is None) and button.text for row in reply.buttons for button in row)
    assert all(button.url.startswith("https://") for row in reply.buttons for button in row if button.url is not None)
    assert [source.n for source in reply.sources] == list(range(1, len(reply.sources) + 1))
