"""What crosses the wall between a messenger and the desk: what is heard, what is said, and the place where it is said.

A messenger's adapter turns its own messages into `Heard`, hands them to the `Desk` in each place's order, and is that place's
`Channel`. The desk knows no messenger; an adapter knows no command.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from tutor.catalogue import Card
from tutor.types import Language


@dataclass(frozen=True)
class Person:
    """Who speaks: `subject` is the messenger's own id, from which a pseudonym is made and which is kept nowhere.

    `language` is the one their messenger is set to; what they chose here goes before it.
    """

    subject: str
    language: Language


@dataclass(frozen=True)
class Place:
    """Where it is said: one private chat, a group's topic, a terminal. `name` is the messenger's own and kept nowhere."""

    name: str
    private: bool


@dataclass(frozen=True)
class Text:
    """A question, or a reply to one of ours: 1 character or more, without the bot's name."""

    text: str


@dataclass(frozen=True)
class Command:
    """A command without its slash, lower case, and the words behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True)
class Press:
    """A button that was pressed: the action given to it, which whoever sends it may have made up, and the text on it, when it is still known."""

    action: str
    label: str | None


@dataclass(frozen=True)
class Unreadable:
    """A sticker, a picture, a voice: what holds no words."""


@dataclass(frozen=True)
class Heard:
    """One thing that a person did in a place."""

    person: Person
    place: Place
    said: Text | Command | Press | Unreadable


@dataclass(frozen=True)
class Button:
    """A button: either `action`, 1 to 64 bytes of UTF-8 that come back as a `Press`, or an https `url` to open.

    `text` comes back whole as the press's label, however little of it the messenger shows: a question on a button is asked as it stands there.
    Of one reply's buttons no two have the same action.
    """

    text: str
    action: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Source:
    """One numbered source of a reply: a document's section, whichever of its sentences are cited.

    `where` is the page, the minute and the date, in words; `note` says that it is in another language; `url` is https or None.
    """

    n: int
    title: str
    section: str | None
    where: tuple[str, ...]
    note: str | None
    url: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """One thing to say. `text` is plain, its paragraphs parted by blank lines; ``[n]`` in it refers to `sources`.

    `title` stands above it, `notice` below. `buttons` are rows of buttons.
    """

    text: str
    language: Language
    title: str | None = None
    sources: tuple[Source, ...] = ()
    notice: str | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()


class Growing(Protocol):
    """An answer on its way: the person sees at once that something comes, and may see the text grow."""

    async def show(self, text: str) -> None:
        """The whole text so far. It returns at once; a messenger shows as much of it as it may, and it may show none."""
        ...

    async def finish(self, reply: Reply) -> None:
        """The whole answer, in place of what was shown so far. It returns when it is delivered."""
        ...


class Channel(Protocol):
    """A place to speak in, in answer to one thing heard there."""

    async def say(self, reply: Reply) -> None:
        """Delivers a reply, in as many messages as it takes, the sources and buttons with the last."""
        ...

    def answering(self) -> AbstractAsyncContextManager[Growing]:
        """Shows at once that an answer is being made, until the block ends; nothing half said stays when it ends without `finish`."""
        ...

    async def replace(self, reply: Reply) -> None:
        """Puts a short reply in the place of the message whose button was pressed; says it anew where that cannot be."""
        ...

    async def hint(self, text: str) -> None:
        """A word of at most 200 characters to the one who pressed a button, and to nobody else where the messenger can do that."""
        ...


class Desk(Protocol):
    """What every messenger brings what it hears to."""

    def commands(self, language: Language) -> tuple[tuple[str, str], ...]:
        """The commands that a messenger may offer, each without its slash and with what it does, in the order to show them."""
        ...

    def caller(self, person: Person) -> str:
        """The pseudonym under which everything is kept that is kept of a person."""
        ...

    async def hear(self, heard: Heard, channel: Channel) -> None:
        """Does what is asked and says what there is to say. What goes wrong is told kindly there and logged, and not raised."""
        ...

    async def cards(self, query: str, language: Language) -> tuple[Card, ...]:
        """Facts to drop into any conversation, best first, at most ten; none for a blank query."""
        ...
