"""What the course holds, for those who browse it: its lessons, its missions, and facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from knowledge_base.library import Library, Reader
from knowledge_base.sentences import sentences
from knowledge_base.types import Document
from tutor.answering.compose import LinkTo
from tutor.cards import Card, Dealer
from tutor.citing import as_hit
from tutor.question.topics import Topics
from tutor.types import GradeBand, Language

__all__ = ["Card", "Catalogue", "LessonEntry", "MissionEntry", "Shelves"]
LAST = 1_000  # where what says no place stands
QUESTIONS = 4


@dataclass(frozen=True)
class LessonEntry:
    """A lesson in one language: `lesson` names it in every language, `unit` and `order` say where it stands in the course.

    `goals` say what one learns there, `sections` are its headings in order, `questions` some that it answers, from its beginning to its end,
    `checks` counts its check questions; `url` leads into the course player.
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
    questions: tuple[str, ...]
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
class Shelves:
    """A release's lessons and missions in the course's order, by language and name, and what its cards are found by."""

    release: str
    lessons: Mapping[Language, Mapping[str, LessonEntry]]
    missions: Mapping[Language, Mapping[str, MissionEntry]]
    topics: Topics


class Catalogue:
    """Browses the published release, read once a release. Any call may raise what `Library.reading` raises."""

    def __init__(self, library: Library, link_to: LinkTo) -> None:
        self._library = library
        self._link_to = link_to
        self._kept: Shelves | None = None

    async def shelves(self) -> Shelves:
        """Everything to browse, of one and the same release."""
        async with self._library.reading() as reader:
            return await self._shelves(reader)

    async def lessons(self, language: Language) -> tuple[LessonEntry, ...]:
        """The lessons of one language by unit and order; those without a unit behind, by title."""
        async with self._library.reading() as reader:
            return tuple((await self._shelves(reader)).lessons[language].values())

    async def lesson(self, lesson: str, language: Language) -> LessonEntry | None:
        """One lesson, None where the release has none of that name in this language."""
        async with self._library.reading() as reader:
            return (await self._shelves(reader)).lessons[language].get(lesson)

    async def missions(self, language: Language) -> tuple[MissionEntry, ...]:
        """The missions in one language by their launch; those without one behind, by title."""
        async with self._library.reading() as reader:
            return tuple((await self._shelves(reader)).missions[language].values())

    async def mission(self, mission: str, language: Language) -> MissionEntry | None:
        """One mission, None where the release has none of that name in this language."""
        async with self._library.reading() as reader:
            return (await self._shelves(reader)).missions[language].get(mission)

    async def cards(self, query: str, language: Language, k: int = 10) -> tuple[Card, ...]:
        """Facts about what is named or asked for, best first, at most `k`; none where the release has nothing to the point."""
        async with self._library.reading() as reader:
            dealer = Dealer(self._library, reader, (await self._shelves(reader)).topics, self._link_to)
            return await dealer.cards(query, language, k)

    async def _shelves(self, reader: Reader) -> Shelves:
        kept = self._kept
        if kept is None or kept.release != reader.release_id:
            kept = self._kept = await self._library.in_thread(lambda: self._read(reader))
        return kept

    def _read(self, reader: Reader) -> Shelves:
        documents, languages = list(reader.documents.values()), get_args(Language)
        lessons = sorted((one for one in documents if one.kind == "lesson" and one.lesson), key=_place)
        missions = sorted((one for one in documents if one.kind == "fact" and "mission" in dict(one.metadata)), key=_launch)
        return Shelves(
            reader.release_id,
            {language: {str(one.lesson): self._lesson(reader, one) for one in lessons if one.language == language} for language in languages},
            {
                language: {dict(one.metadata)["mission"]: self._mission(reader, one) for one in missions if one.language == language}
                for language in languages
            },
            Topics(reader.documents),
        )

    def _lesson(self, reader: Reader, document: Document) -> LessonEntry:
        said = dict(document.metadata)
        headings = (passage.headings(document)[:1] for passage in reader.passages_of(document.doc_id))
        sections = tuple(dict.fromkeys(heading for one in headings for heading in one))
        return LessonEntry(
            lesson=document.lesson or "",
            doc_id=document.doc_id,
            title=document.title,
            language=document.language,
            unit=said.get("unit"),
            order=_number(said.get("order")),
            grade_band=next((band for band in get_args(GradeBand) if band == document.grade_band), None),
            goals=tuple(value for key, value in document.metadata if key == "goal"),
            sections=sections,
            questions=_questions(document, sections),
            checks=len(document.checks),
            url=self._url(reader, document),
        )

    def _mission(self, reader: Reader, document: Document) -> MissionEntry:
        said = dict(document.metadata)
        about = next((fact.sentence for fact in document.facts if fact.field == "agency"), "")
        first = next((about[start:end] for start, end in sentences(about)), about)
        return MissionEntry(
            said["mission"], document.doc_id, document.title, document.language, first, said.get("launched"), self._url(reader, document)
        )

    def _url(self, reader: Reader, document: Document) -> str | None:
        """Where the document begins in the course player."""
        first = next(iter(reader.passages_of(document.doc_id)), None)
        return self._link_to(as_hit(first, document)) if first is not None else None


def _questions(document: Document, sections: Sequence[str]) -> tuple[str, ...]:
    """Of what students often ask about a lesson, of its headings that ask where nobody has listed that: spread over all of them, in order."""
    listed = dict.fromkeys(shown for one in document.faq if (shown := one.shown(document.language)) is not None)
    asked = list(listed) or [heading for heading in sections if heading.endswith(("?", "？"))]
    most = min(QUESTIONS, len(asked))
    return tuple(asked[at * len(asked) // most] for at in range(most))


def _place(document: Document) -> tuple[int, int, str]:
    said = dict(document.metadata)
    return _number(said.get("unit order")) or LAST, _number(said.get("order")) or LAST, document.title


def _launch(document: Document) -> tuple[str, str]:
    return dict(document.metadata).get("launched", "9999"), document.title


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isdecimal() else None
