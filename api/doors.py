"""What the web app stands on, filled in by whoever starts it."""

from dataclasses import dataclass
from typing import Protocol

from knowledge_base.library import Library
from tutor.types import Answer, Question


class Asks(Protocol):
    """What answers questions: the tutor."""

    async def ask(self, question: Question) -> Answer:
        """One answer; an OperatorError when there is nothing to answer from."""
        ...


@dataclass(frozen=True)
class Doors:
    """Everything the app needs. It closes nothing of this: who opened it closes it, after the app has stopped."""

    tutor: Asks
    library: Library
    version: str
