"""What a judge of replies says of one."""

from dataclasses import dataclass

from tutor.practice.types import Verdict


@dataclass(frozen=True)
class Judged:
    """The verdict, and a sentence about the reply where there is one to say."""

    verdict: Verdict
    said: str | None = None
