"""What the course holds, for those who browse it: its lessons, its missions, and facts as cards."""

from dataclasses import dataclass

from tutor.types import Citation, GradeBand, Language


@dataclass(frozen=True)
class LessonEntry:
    """A lesson in one language: `lesson` names it in every language, `unit` and `order` say where it stands in the course.

    `goals` say what one learns there, `sections` are its headings in order, `checks` counts its check questions; `url` leads into the course player.
    """

    lesson: str
    doc_id: str
    title: str
    language: Language
    unit: str | None
    order: int | None
    grade_band: GradeBand | None
    goals: tuple[str, ...]
    sections: tuple[str, ...]
    checks: int
    url: str | None


@dataclass(frozen=True)
class MissionEntry:
    """A mission, vehicle or programme in one language: `mission` names it in every language, `about` is one sentence, `launched` a date or None."""

    mission: str
    doc_id: str
    title: str
    language: Language
    about: str
    launched: str | None
    url: str | None


@dataclass(frozen=True)
class Card:
    """A fact to be shown by itself: a heading, one or two sentences in the course's words, and where they stand."""

    card_id: str
    title: str
    text: str
    citation: Citation
