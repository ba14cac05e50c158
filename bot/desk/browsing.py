"""The course's lessons and missions as lists, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from bot.desk.actions import action, key
from bot.desk.visit import Rows, Visit
from bot.desk.words import Words
from bot.port import Button, Reply
from tutor.catalogue import LessonEntry, MissionEntry
from tutor.types import Language

A_PAGE = 8
LONGEST_NAME = 12  # characters of a name looked for, so that every button has room for them

Entry = LessonEntry | MissionEntry
Kind = TypeVar("Kind", LessonEntry, MissionEntry)


@dataclass(frozen=True)
class Shelf:
    """A list to leaf through: the verb that opens a page of it, the verb that takes an entry, what stands above, and the name looked for in it."""

    verb: str
    takes: str
    title: str
    text: str
    name: str = ""


@dataclass(frozen=True)
class Page:
    """Some of a list's entries, and the heading that they share."""

    heading: str | None
    entries: tuple[Entry, ...]


async def lessons(visit: Visit, about: str) -> None:
    """The lessons, a unit a page, long units several; or those with a name in their titles, if there are any."""
    words, (page, name) = visit.words.browsing, page_and_name(about)
    entries, name = _named(await lessons_in(visit, visit.language), name)
    pages = by_unit(entries)
    if pages:
        await leaf(visit, Shelf("lessons", "show", words.lessons, words.choose, name), pages, page)
    else:
        await visit.say(words.no_lessons)


async def missions(visit: Visit, about: str) -> None:
    """The missions, by launch; or those with a name in their titles, if there are any."""
    words, catalogue, (page, name) = visit.words.browsing, visit.rooms.catalogue, page_and_name(about)
    entries, name = _named(await catalogue.missions(visit.language) or await catalogue.missions(other(visit.language)), name)
    pages = paged(None, entries)
    if pages:
        await leaf(visit, Shelf("missions", "show", words.missions, words.choose, name), pages, page)
    else:
        await visit.say(words.no_missions)


async def lessons_in(visit: Visit, language: Language) -> tuple[LessonEntry, ...]:
    """The lessons of a language, or of the other when it has none."""
    catalogue = visit.rooms.catalogue
    return await catalogue.lessons(language) or await catalogue.lessons(other(language))


def by_unit(entries: Sequence[LessonEntry]) -> tuple[Page, ...]:
    """Pages of lessons, none of which holds two units."""
    units = groupby(entries, key=lambda entry: entry.unit)
    return tuple(page for unit, within in units for page in paged(unit, tuple(within)))


def paged(heading: str | None, entries: Sequence[Entry]) -> tuple[Page, ...]:
    """Pages of entries under one heading."""
    return tuple(Page(heading, tuple(entries[at : at + A_PAGE])) for at in range(0, len(entries), A_PAGE))


async def leaf(visit: Visit, shelf: Shelf, pages: Sequence[Page], wanted: str) -> None:
    """Shows one page of a list, the nearest to the number wanted, in place of what was pressed; without a number, the first as a new message."""
    at = max(1, min(int(wanted), len(pages))) if wanted.isdecimal() and len(wanted) < 5 else 1
    page = pages[at - 1]
    rows = tuple((Button(entry.title, action(shelf.takes, key(entry.doc_id))),) for entry in page.entries)
    title = f"{shelf.title} ({at}/{len(pages)})" if len(pages) > 1 else shelf.title
    heading = visit.words.units.get(page.heading or "", page.heading)
    text = f"{heading}\n\n{shelf.text}" if heading else shelf.text
    reply = Reply(text, visit.language, title=title, buttons=(*rows, *_neighbours(shelf, at, len(pages), visit.words)))
    await (visit.put(reply) if wanted else visit.channel.say(reply))


def page_and_name(about: str) -> tuple[str, str]:
    """What a page's button tells, ``2:chang'e``, and what is written behind a command, which is a name alone."""
    page, _colon, name = about.partition(":")
    return (page, name) if page.isdecimal() else ("", about.strip()[:LONGEST_NAME].strip())


def other(language: Language) -> Language:
    """The language that it is not."""
    return "zh" if language == "en" else "en"


def _named(entries: tuple[Kind, ...], name: str) -> tuple[tuple[Kind, ...], str]:
    """Those with the name in their titles, or all of them, and no name, where there are none."""
    found = tuple(entry for entry in entries if name.casefold() in entry.title.casefold())
    return (found, name) if found else (entries, "")


def _neighbours(shelf: Shelf, at: int, pages: int, words: Words) -> Rows:
    row = (
        *([Button(words.browsing.earlier, action(shelf.verb, f"{at - 1}:{shelf.name}"))] if at > 1 else []),
        *([Button(words.browsing.later, action(shelf.verb, f"{at + 1}:{shelf.name}"))] if at < pages else []),
    )
    return (row,) if row else ()
