"""What a person chooses: the language, the grade, another conversation; and the greeting before all of it."""

from typing import get_args

from bot.desk.actions import action
from bot.desk.entries import open_linked
from bot.desk.visit import Visit
from bot.desk.words import WORDS
from bot.port import Button, Reply
from tutor.types import GradeBand, Language

NO_LEVEL = "none"
_LANGUAGES: dict[str, Language] = {language: language for language in WORDS}
_BANDS: dict[str, GradeBand | None] = {**{band: band for band in get_args(GradeBand)}, NO_LEVEL: None}


async def start(visit: Visit, argument: str) -> None:
    """Says hello, or opens the lesson that a link led here for."""
    if not argument or not await open_linked(visit, argument):
        await visit.say(visit.words.choosing.start)


async def help_(visit: Visit, _argument: str) -> None:
    """How it works, and every command."""
    listed = "\n".join(f"/{name} — {does}" for name, does in visit.words.commands)
    await visit.say(f"{visit.words.choosing.help}\n\n{listed}")


async def new(visit: Visit, _argument: str) -> None:
    """What was said before no longer counts, in no place."""
    begun = visit.rooms.memory.conversation(visit.caller, None)
    visit = await visit.keep(conversation_id=begun)
    await visit.say(visit.words.choosing.new)


async def language(visit: Visit, argument: str) -> None:
    """Chooses the language that the desk speaks, or offers both."""
    chosen = _LANGUAGES.get(argument.strip().lower())
    if chosen is None:
        row = tuple(Button(words.choosing.own_language, action("lang", code)) for code, words in WORDS.items())
        await visit.say(visit.words.choosing.language, (row,))
        return
    visit = await visit.keep(language=chosen)
    await visit.put(Reply(visit.words.choosing.language_is, visit.language))


async def level(visit: Visit, argument: str) -> None:
    """Chooses the grade that answers suit, or offers all."""
    words = visit.words
    wanted = argument.strip().lower().replace("–", "-")
    if wanted not in _BANDS:
        bands = ((band, words.bands[band] if band else words.choosing.any_level) for band in _BANDS.values())
        await visit.say(words.choosing.level, tuple((Button(label, action("level", band or NO_LEVEL)),) for band, label in bands))
        return
    band = _BANDS[wanted]
    visit = await visit.keep(grade_band=band)
    await visit.put(Reply(words.choosing.level_is.format(words.bands[band]) if band else words.choosing.no_level, visit.language))
