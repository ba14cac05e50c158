"""What follow-ups come down to, in either language, and the conversation that completes them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tutor.types import Language

SUBJECT = "\0"  # stands in a template for the name of what the conversation is about
COUNTED = "\1"  # for what the last question wanted counted, or "one"


@dataclass(frozen=True)
class About:
    """A question that is whole but for its subject, for which SUBJECT stands, and perhaps COUNTED."""

    template: str


@dataclass(frozen=True)
class Asks:
    """Nothing but a question word: of the last question, whatever that one asked for."""

    word: str


@dataclass(frozen=True)
class Other:
    """The last question again, of something else; or something else of its subject."""

    what: str


@dataclass(frozen=True)
class Again:
    """The last question again, to be answered in this language."""

    language: Language


FollowUp = About | Asks | Other | Again


@dataclass(frozen=True)
class Talk:
    """The last question that stands for itself, its language, and what it was about.

    `subject` is called as the follow-up's language calls it; `span` is where the question names it, `named` tells whether a text
    names something of the same kind.
    """

    question: str
    language: Language
    subject: str | None
    span: tuple[int, int] | None
    named: Callable[[str], bool]

    def of(self, other: str) -> str | None:
        """The last question with another name in its subject's place; None when it names none."""
        return None if self.span is None else self.question[: self.span[0]] + other + self.question[self.span[1] :]

    @property
    def name(self) -> str | None:
        """The subject as the question names it."""
        return None if self.span is None else self.question[slice(*self.span)]


class Grammar(Protocol):
    """What one language's module offers."""

    def read(self, question: str, names: list[tuple[int, int]]) -> FollowUp | None:
        """What kind of follow-up the question is; None when it stands for itself. `names` are where it names missions."""
        ...

    def asked_of(self, talk: Talk, word: str) -> str | None:
        """The last question with another question word; None when it has none to replace."""
        ...

    def of_other(self, talk: Talk, what: str) -> str | None:
        """The last question of something else, or a template for something else of its subject; None when it is neither."""
        ...

    def noun_of(self, question: str) -> str | None:
        """The noun that a question without a name is about."""
        ...
