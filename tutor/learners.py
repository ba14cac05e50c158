"""What is kept of a learner besides the conversations: what they chose, where they are, and the quiz they are in."""

from dataclasses import dataclass
from typing import Protocol

from tutor.types import GradeBand, Language


@dataclass(frozen=True)
class Learner:
    """One caller's choices and place. None where nothing was chosen; `quiz` is what the quiz itself wrote down, at most 4,000 characters."""

    language: Language | None = None
    grade_band: GradeBand | None = None
    conversation_id: str | None = None
    lesson: str | None = None
    quiz: str | None = None


@dataclass(frozen=True)
class Kept:
    """How much is kept of one caller."""

    answers: int
    judgements: int
    learner: bool

    @property
    def nothing(self) -> bool:
        """Whether nothing is kept."""
        return not (self.answers or self.judgements or self.learner)


class Learners(Protocol):
    """Where that is kept, by the caller's pseudonym. Every call may raise MemoryUnavailable."""

    async def learner(self, caller: str) -> Learner:
        """What is kept of a caller; a `Learner()` of nobody known."""
        ...

    async def keep(self, caller: str, learner: Learner) -> None:
        """Keeps it in place of what was kept before."""
        ...

    async def admit(self, caller: str) -> float:
        """Counts one question: 0.0 when it is within the caller's limits, else the seconds to wait, and it is not counted."""
        ...

    async def kept(self, caller: str) -> Kept:
        """How much is kept of a caller, conversations and all."""
        ...
