"""What the desk asks of the tutor's room. Every call may raise MemoryUnavailable where something is kept."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from tutor.catalogue import Card, LessonEntry, MissionEntry
from tutor.learners import Learners
from tutor.practice.types import CheckQuestion, Mark
from tutor.remembered import KeptAnswer
from tutor.types import Citation, Event, Language, Question


class Answers(Protocol):
    """The tutor."""

    def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """One answer as it comes."""
        ...


class Remembers(Protocol):
    """The tutor's memory."""

    def caller(self, tenant: str, subject: str) -> str:
        """The pseudonym of one person of one tenant."""
        ...

    def conversation(self, caller: str, wanted: str | None) -> str:
        """The id of the caller's conversation, a new one without `wanted`."""
        ...

    async def settle(self) -> None:
        """Once it returns, what was answered so far is kept."""
        ...

    async def judge(self, caller: str, answer_id: str, *, helpful: bool, comment: str | None = None) -> bool:
        """Keeps what the caller thinks of an answer; False when the caller has no such answer."""
        ...

    async def erase(self, caller: str) -> None:
        """Deletes everything of one caller."""
        ...

    async def last_answer(self, caller: str, conversation_id: str) -> KeptAnswer | None:
        """The caller's newest answer in this conversation that is no small talk."""
        ...

    async def citation(self, caller: str, answer_id: str, n: int) -> Citation | None:
        """What one number of an answer stands for; None for another's answer and for one that is no longer kept."""
        ...


class Checks(Protocol):
    """Practice with a lesson's check questions. NotHere for an id that the published release does not hold."""

    async def questions(self, lesson: str, language: Language) -> tuple[CheckQuestion, ...]:
        """A lesson's questions in order; none where it has none."""
        ...

    async def mark(self, check_id: str, language: Language, reply: str, *, last_try: bool) -> Mark:
        """What became of a reply; on the last try the answer is told."""
        ...

    async def hint(self, check_id: str, language: Language) -> str:
        """A line that helps without telling the answer."""
        ...


class Browses(Protocol):
    """The catalogue of the published release."""

    async def lessons(self, language: Language) -> tuple[LessonEntry, ...]:
        """The lessons of one language, in the course's order."""
        ...

    async def missions(self, language: Language) -> tuple[MissionEntry, ...]:
        """The missions in one language, by launch."""
        ...

    async def cards(self, query: str, language: Language, k: int = 10) -> tuple[Card, ...]:
        """Facts about what is asked for, best first; none for what the course does not hold."""
        ...


@dataclass(frozen=True)
class Policy:
    """What students are told of their data: for how many days it is kept, and which language model words answers, if any does."""

    retention_days: int
    model: str | None = None


@dataclass(frozen=True)
class Rooms:
    """Everything that the desk stands on."""

    tutor: Answers
    memory: Remembers
    learners: Learners
    practice: Checks
    catalogue: Browses
    policy: Policy
