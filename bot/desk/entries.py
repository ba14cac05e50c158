"""One lesson or mission by itself: found, shown, asked about."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.desk.actions import action, key
from bot.desk.asking import ask_button
from bot.desk.browsing import Entry, other
from bot.desk.sources import renumbered, sources_of
from bot.desk.visit import Rows, Visit
from bot.desk.words import WORDS, Words
from bot.port import Button, Reply
from tutor.catalogue import Card, LessonEntry, MissionEntry
from tutor.errors import MemoryUnavailable

CARDS = 5
LONGEST_KEPT = 200


async def show(visit: Visit, doc_key: str) -> None:
    """Shows what was pressed in a list, in the list's place."""
    found = await find(visit, doc_key)
    if found is None:
        await visit.channel.hint(visit.words.asking.hint_old)
    else:
        await visit.put(await _told(visit, found))


async def open_(visit: Visit, doc_key: str) -> None:
    """Shows what was pressed under an answer, as a new message."""
    found = await find(visit, doc_key)
    if found is None:
        await visit.channel.hint(visit.words.asking.hint_old)
    else:
        await visit.channel.say(await _told(visit, found))


async def open_linked(visit: Visit, name: str) -> bool:
    """Shows what a link names: a lesson or mission in the desk's language, else in the other. Kind words and False when there is none."""
    for entry in await _everything(visit):
        if name in (entry.lesson if isinstance(entry, LessonEntry) else entry.mission, entry.doc_id):
            await visit.channel.say(await _told(visit, entry))
            return True
    await visit.say(visit.words.browsing.unknown_link)
    return False


async def about(visit: Visit, doc_key: str) -> None:
    """Questions that the lesson answers; each is asked inside that lesson."""
    found = await find(visit, doc_key)
    if not isinstance(found, LessonEntry):
        await visit.channel.hint(visit.words.asking.hint_old)
        return
    within = found.lesson if key(found.lesson) == found.lesson else ""  # too long for a button, it is not told
    words = WORDS[found.language].browsing
    text = (words.ask_for_example if found.questions else words.ask_anything).format(found.title)
    buttons = tuple((ask_button(n, question, within),) for n, question in enumerate(found.questions))
    await visit.channel.say(Reply(text, found.language, buttons=buttons))


async def find(visit: Visit, doc_key: str) -> Entry | None:
    """The lesson or mission whose document has this key."""
    return next((entry for entry in await _everything(visit) if key(entry.doc_id) == doc_key), None)


async def find_lesson(visit: Visit, name: str) -> LessonEntry | None:
    """A lesson by its id, its document's, or its title; in the desk's language before the other."""
    wanted = name.strip().casefold()
    entries = [entry for entry in await _everything(visit) if isinstance(entry, LessonEntry)]
    return next((entry for entry in entries if wanted in (entry.doc_id.casefold(), entry.lesson.casefold(), entry.title.casefold())), None)


async def _everything(visit: Visit) -> tuple[Entry, ...]:
    catalogue, first, second = visit.rooms.catalogue, visit.language, other(visit.language)
    return (
        *await catalogue.lessons(first),
        *await catalogue.missions(first),
        *await catalogue.lessons(second),
        *await catalogue.missions(second),
    )


async def _told(visit: Visit, entry: Entry) -> Reply:
    """How it is shown; a lesson is then the one opened last."""
    if isinstance(entry, LessonEntry):
        with suppress(MemoryUnavailable):  # it is shown all the same
            if len(entry.lesson) <= LONGEST_KEPT:
                await visit.keep(lesson=entry.lesson)
        return _lesson(entry)
    cards = await visit.rooms.catalogue.cards(entry.title, entry.language, CARDS)
    return _mission(entry, [card for card in cards if card.citation.doc_id == entry.doc_id])


def _lesson(entry: LessonEntry) -> Reply:
    words = WORDS[entry.language]
    parts = [
        *([words.browsing.for_grade.format(words.bands[entry.grade_band])] if entry.grade_band else []),
        *_bullets(words.browsing.goals, entry.goals),
        *_bullets(words.browsing.sections, entry.sections),
    ]
    doc_key = key(entry.doc_id)
    asking = Button(words.browsing.ask_about, action("about", doc_key))
    quiz = [Button(words.browsing.quiz_me.format(entry.checks), action("quiz", doc_key))] if entry.checks else []
    rows = (*_player(entry, words), (asking, *quiz), (Button(words.browsing.all_lessons, action("lessons", "1")),))
    return Reply("\n\n".join(parts) or words.browsing.choose, entry.language, title=entry.title, buttons=rows)


def _mission(entry: MissionEntry, cards: Sequence[Card]) -> Reply:
    """What the course says of it, each fact with its source."""
    words = WORDS[entry.language]
    launched = [words.browsing.launched.format(entry.launched)] if entry.launched else []
    citations = tuple(replace(card.citation, n=n) for n, card in enumerate(cards, 1))
    told = [f"{card.text} [{n}]" for n, card in enumerate(cards, 1)] or [entry.about, *launched]
    rows = (*_player(entry, words), (Button(words.browsing.all_missions, action("missions", "1")),))
    text = renumbered("\n\n".join(told), citations)
    return Reply(text, entry.language, title=entry.title, sources=sources_of(citations, entry.language), buttons=rows)


def _player(entry: Entry, words: Words) -> Rows:
    leads = entry.url is not None and entry.url.startswith("https://")
    return ((Button(words.browsing.open_player, url=entry.url),),) if leads else ()


def _bullets(heading: str, lines: Iterable[str]) -> list[str]:
    listed = [f"• {line}" for line in lines]
    return ["\n".join([heading, *listed])] if listed else []
