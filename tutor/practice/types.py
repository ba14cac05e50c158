"""What crosses practice's walls: questions without their answers out, replies in, marks out."""

from dataclasses import dataclass
from typing import Literal

from tutor.types import Citation, Language

CheckKind = Literal["choice", "number", "short", "explain"]
Verdict = Literal["right", "partly", "wrong"]


@dataclass(frozen=True)
class CheckQuestion:
    """One of a lesson's check questions as a student sees it: `check_id` names it, `unit` is the unit that a number is asked in.

    `level` is 1 (recall), 2 (understand) or 3 (apply).
    """

    check_id: str
    lesson: str
    language: Language
    kind: CheckKind
    question: str
    choices: tuple[str, ...]
    unit: str | None
    level: int


@dataclass(frozen=True)
class Mark:
    """What became of a reply. `said` is a sentence about it (what was missing, which mix-up a wrong choice shows), None when there is nothing to add.

    `answer`, `explanation` and `citation` tell the answer; they are None while a wrong reply may be tried again.
    """

    verdict: Verdict
    said: str | None
    answer: str | None
    explanation: str | None
    citation: Citation | None
