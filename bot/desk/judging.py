"""Looking back at an answer: its sources, its quotes, and whether it helped."""

from collections.abc import Awaitable, Callable

from bot.desk.asking import ask, quote_buttons
from bot.desk.sources import place_of, sources_of
from bot.desk.visit import Visit
from bot.desk.words import WORDS
from bot.port import Reply
from tutor.safety.screen import screen
from tutor.types import Citation

LONGEST_COMMENT = 2000
_MOST_QUOTES = 20
_AROUND = " \t\n\ufe0f" + "".join(map(chr, range(0x1F3FB, 0x1F400)))  # what may follow an emoji: its form and its colour of skin


async def sources(visit: Visit, _argument: str) -> None:
    """The last answer's sources, also after a restart."""
    last = await visit.rooms.memory.last_answer(visit.caller, visit.conversation_id)
    words = visit.words.asking
    if last is None:
        await visit.say(words.no_answer_yet)
    elif not last.citations:
        await visit.say(words.sources_gone if last.kind == "grounded" else words.no_sources)
    else:
        listed = sources_of(last.citations, visit.language)
        buttons = quote_buttons(last.answer_id, last.citations, listed, visit.words)
        await visit.channel.say(Reply(words.sources_of_last, visit.language, sources=listed, buttons=buttons))


async def quote(visit: Visit, about: str) -> None:
    """The words of the course behind one source."""
    answer_id, _, numbers = about.rpartition(":")
    wanted = [int(number) for number in numbers.split(",") if number.isdecimal() and len(number) <= 3][:_MOST_QUOTES]
    found = [await visit.rooms.memory.citation(visit.caller, answer_id, n) for n in wanted]
    cited = [citation for citation in found if citation is not None]
    if cited:
        await visit.channel.say(_quoted(cited, visit))
    else:
        await visit.channel.hint(visit.words.asking.hint_not_yours)


def judge(*, helpful: bool) -> Callable[[Visit, str], Awaitable[None]]:
    """What pressing 👍 or 👎 does."""

    async def judged(visit: Visit, answer_id: str) -> None:
        words = visit.words.asking
        known = await visit.rooms.memory.judge(visit.caller, answer_id, helpful=helpful)
        await visit.channel.hint((words.hint_helped if helpful else words.hint_not_helped) if known else words.hint_not_yours)

    return judged


async def feedback(visit: Visit, argument: str) -> None:
    """A comment on the last answer; one that does not begin with 👍 counts as trouble, and one that the tutor's screen stops is answered."""
    if screen(argument) is not None:
        await ask(visit, argument)
        return
    words = visit.words.asking
    helpful = argument.startswith(words.helped)
    comment = argument.removeprefix(words.helped).removeprefix(words.not_helped).strip(_AROUND)[:LONGEST_COMMENT]
    last = await visit.rooms.memory.last_answer(visit.caller, visit.conversation_id)
    if not argument:
        await visit.say(words.feedback_how)
    elif last is None or not await visit.rooms.memory.judge(visit.caller, last.answer_id, helpful=helpful, comment=comment or None):
        await visit.say(words.feedback_no_answer)
    else:
        await visit.say(words.feedback_noted_helped if helpful else words.feedback_noted_not_helped)


def _quoted(cited: list[Citation], visit: Visit) -> Reply:
    first = cited[0]
    where = (first.title, *([first.section] if first.section else []), *place_of(cited, visit.language))
    note = [f"({WORDS[visit.language].asking.other_language})"] if first.language != visit.language else []
    quotes = dict.fromkeys(" ".join(citation.quote.split()) for citation in cited)
    return Reply("\n\n".join([*(f"“{quote}”" for quote in quotes if quote), *note]), visit.language, title=" · ".join(where))
