"""What follow-ups come down to, in either language, and the conversation that completes them."""

from collections.abc import Callable
from dataclasses import dataclass

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

    `subject` is called as the follow-up's language calls it; `span` is where the question names it, `named` finds names in any text.
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
