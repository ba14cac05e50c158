"""What is told of where nobody counts."""

from tutor.ports import Events
from tutor.types import Kind, Language


class Uncounted:
    """Counts nothing: the log tells of what matters all the same."""

    def answered(self, kind: Kind, language: Language, engine: str) -> None:
        """Nobody asked."""

    def blocked(self, concern: str, language: str) -> None:
        """Nobody asked."""

    def took(self, stage: str, seconds: float) -> None:
        """Nobody asked."""

    def model_failed(self, reason: str) -> None:
        """Nobody asked."""


UNCOUNTED: Events = Uncounted()
