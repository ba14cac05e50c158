"""One thing heard, with all that is needed to answer it."""

from dataclasses import dataclass, replace
from typing import Any

from bot.desk.ports import Rooms
from bot.desk.words import WORDS, Words
from bot.port import Button, Channel, Heard, Press, Reply
from tutor.learners import Learner
from tutor.types import Language

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Visit:
    """`caller` is the person's pseudonym and `place` that of the place; `learner` is what was kept when the visit began, if it could be read."""

    rooms: Rooms
    heard: Heard
    channel: Channel
    caller: str
    place: str
    learner: Learner

    @property
    def language(self) -> Language:
        """The language that the desk speaks: the one chosen here, else the messenger's."""
        return self.learner.language or self.heard.person.language

    @property
    def words(self) -> Words:
        """What the desk says in that language."""
        return WORDS[self.language]

    @property
    def conversation_id(self) -> str:
        """One for each person and place, until the person begins another."""
        return f"{self.learner.conversation_id or ''}.{self.place[:16]}"

    @property
    def pressed(self) -> bool:
        """Whether a button was pressed, whose message may be replaced."""
        return isinstance(self.heard.said, Press)

    async def keep(self, **changes: Any) -> "Visit":
        """Changes what is kept of the learner, and goes on with that; MemoryUnavailable when it cannot be."""
        learner = replace(await self.rooms.learners.learner(self.caller), **changes)
        await self.rooms.learners.keep(self.caller, learner)
        return replace(self, learner=learner)

    async def say(self, text: str, buttons: Rows = (), *, title: str | None = None) -> None:
        """Says it in the desk's language."""
        await self.channel.say(Reply(text, self.language, title=title, buttons=buttons))

    async def put(self, reply: Reply) -> None:
        """Says it in place of the message whose button was pressed, else as a new one."""
        await (self.channel.replace(reply) if self.pressed else self.channel.say(reply))
