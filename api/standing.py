"""Who asks, and where they stand, as far as somebody vouches for it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tutor.types import GradeBand, Language

OPEN = "open"  # the tenant of those for whom nobody vouches


def anybodys(_conversation_id: str) -> bool:
    """Where nothing is remembered every conversation's id is as good as another."""
    return True


@dataclass(frozen=True)
class Caller:
    """Who asks, of which tenant, and where whoever vouches for them says that they stand.

    `pseudonym` is None where nothing is remembered. What is said of `course`, `lesson`, `grade_band` and `language` goes before what a
    body says; `position_s`, seconds into the lesson's recording, is where it stood then, and a body may say where it stands now.
    `owns` tells of a conversation's id whether it may be this caller's: not one that was made for another.
    """

    tenant: str = OPEN
    pseudonym: str | None = None
    course: str | None = None
    lesson: str | None = None
    grade_band: GradeBand | None = None
    language: Language | None = None
    position_s: float | None = None
    owns: Callable[[str], bool] = field(default=anybodys, repr=False, compare=False)


ANYONE = Caller()
