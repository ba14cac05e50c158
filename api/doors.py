"""What the web app stands on, filled in by whoever starts it."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import SecretStr

from api.limits import Limits
from api.tokens import Tokens
from api.turns import Turns
from ingest import Jobs
from knowledge_base.library import Library
from knowledge_base.release.manifest import Manifest
from tutor.catalogue import Catalogue
from tutor.memory import Memory
from tutor.practice.practice import Practice
from tutor.types import Event, Question


class Asks(Protocol):
    """What answers questions: the tutor."""

    def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """One answer as it comes: `Begun` at once, sources before any text, in the end `Final`; an OperatorError with nothing to answer from.

        Closing it ends the turn.
        """
        ...


@dataclass(frozen=True)
class Staff:
    """What the staff's endpoints stand on. `check` raises an OperatorError for a release that the server could not search."""

    token: SecretStr
    jobs: Jobs
    check: Callable[[Manifest], None]


class Figures(Protocol):
    """What is counted, for /metrics. `free_on_loopback` says whether this machine may look without a token."""

    @property
    def media_type(self) -> str:
        """The format, with its charset."""
        ...

    @property
    def free_on_loopback(self) -> bool:
        """Whether this machine may look without a token: nobody else reaches the server."""
        ...

    def exposition(self) -> bytes:
        """All figures as they stand; it may look at files."""
        ...


@dataclass(frozen=True)
class Access:
    """Who may ask. With `tokens` whoever brings a good one, else anybody; from a page only of these `origins`, or the server's own.

    `this_machine` answers only to names that this machine alone has, or a stranger's page could point a name of its own here.
    """

    tokens: Tokens | None = None
    origins: tuple[str, ...] = ()
    this_machine: bool = False


@dataclass(frozen=True)
class Doors:
    """Everything the app needs. It closes nothing of this: who opened it closes it, after the app has stopped."""

    tutor: Asks
    library: Library
    version: str
    catalogue: Catalogue
    practice: Practice
    staff: Staff | None = None
    memory: Memory | None = None
    figures: Figures | None = None
    access: Access = Access()
    limits: Limits | None = None
    turns: Turns = field(default_factory=Turns)


def only_staff(doors: Doors) -> Staff:
    """What the staff's endpoints stand on; the guard lets nobody through where there is none."""
    assert doors.staff is not None
    return doors.staff
