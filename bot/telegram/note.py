"""What is written down of an update until it is answered: enough to answer it after a restart, and no name."""

from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from bot.port import Command, Heard, Person, Place, Press, Text, Unreadable
from bot.telegram.words import language_of

Kind = Literal["text", "command", "press", "unreadable"]


@checked(frozen=True, config=ConfigDict(extra="forbid", strict=True))
class Note:
    """One thing a person did: where, who, and what. ValidationError for what Telegram does not send, such as somebody without an id.

    `text` is the words, the command's name or the button's action, `more` the words behind a command or the button's label. `message` is the
    message written, or the one whose button was pressed; `query` the press to be acknowledged; `half` our message in which the answer grows.
    """

    chat: int
    private: bool
    user: int
    message: int
    kind: Kind
    text: str = ""
    more: str | None = None
    thread: int | None = None
    code: str | None = None
    query: str | None = None
    half: int | None = None

    @property
    def heard(self) -> Heard:
        """The same as the desk hears it."""
        return Heard(
            Person(str(self.user), language_of(self.code)),
            Place(f"{self.chat}/{self.thread}", self.private),
            self._said(),
        )

    @property
    def line(self) -> tuple[int, int | None, int]:
        """Who in which place: what these do is answered in order."""
        return self.chat, self.thread, self.user

    def _said(self) -> Text | Command | Press | Unreadable:
        if self.kind == "text":
            return Text(self.text)
        if self.kind == "command":
            return Command(self.text, self.more or "")
        return Press(self.text, self.more) if self.kind == "press" else Unreadable()


_NOTES = TypeAdapter(Note)


def written(note: Note) -> str:
    """`note` as JSON without what is not there."""
    return _NOTES.dump_json(note, exclude_defaults=True).decode()


def read(text: str) -> Note | None:
    """The note in `text`; None when it is not one that this version writes."""
    try:
        return _NOTES.validate_json(text)
    except ValidationError:
        return None
