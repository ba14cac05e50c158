"""A question on its way to its answer: within the limits, growing as it comes, whole in the end, with its sources and what to press."""

import asyncio
import contextlib
import unicodedata
from dataclasses import dataclass

from bot.desk.actions import LONGEST, action, key
from bot.desk.sources import numbers_of, renumbered, sources_of
from bot.desk.visit import Rows, Visit
from bot.desk.words import WORDS, Words
from bot.port import Button, Growing, Press, Reply, Source
from tutor.errors import MemoryUnavailable
from tutor.safety.screen import screen
from tutor.types import Answer, Citation, Delta, Final, Question, Sources, Suggestion

LONGEST_QUESTION = 2000
ANSWER_WITHIN_S = 90.0
_IN_A_ROW = 4
_INVISIBLE = ("C", "Z")  # categories of Unicode: controls and formats, blanks


@dataclass(frozen=True)
class Asked:
    """A question; `shown` says to repeat it above its answer, `lesson` that it is asked inside that lesson."""

    text: str
    shown: bool = False
    lesson: str | None = None


async def ask(visit: Visit, text: str) -> None:
    """Answers what was written."""
    await answer(visit, Asked(text))


async def asked_by_button(visit: Visit, about: str) -> None:
    """Answers what stood on the button."""
    said, lesson = visit.heard.said, about.partition(":")[2]
    label = said.label if isinstance(said, Press) else None
    if not label or label.endswith("…"):  # cut where it was shown
        await visit.channel.hint(visit.words.asking.hint_ask_again)
    else:
        await answer(visit, Asked(label, shown=True, lesson=lesson or None))


async def answer(visit: Visit, asked: Asked) -> None:
    """Answers a question, or says kindly why it cannot be asked; who is in need is answered beyond every limit."""
    text = asked.text.strip()
    refusal = _wrong_with(text, visit.words) or await _asked_enough(visit)
    if refusal is not None and screen(text) is None:
        await visit.say(refusal)
        return
    question = Question(
        text=text,
        lesson=asked.lesson,
        grade_band=visit.learner.grade_band,
        conversation_id=visit.conversation_id,
        caller=visit.caller,
    )
    async with visit.channel.answering() as growing:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            whole = await _grown(visit, question, growing)
        await growing.finish(reply_to(whole, title=text if asked.shown else None))


def reply_to(answer: Answer, *, title: str | None = None) -> Reply:
    """The answer as it is said, in its own language."""
    sources = sources_of(answer.citations, answer.language)
    return Reply(
        text=renumbered(answer.text, answer.citations),
        language=answer.language,
        title=title,
        sources=sources,
        notice=answer.notice,
        buttons=_buttons(answer, sources),
    )


def quote_buttons(answer_id: str, citations: tuple[Citation, ...], sources: tuple[Source, ...], words: Words) -> Rows:
    """A button for each source that no link leads to; what it quotes is looked up when it is pressed."""
    quoted = [
        Button(words.asking.quote.format(source.n), _within_bytes(answer_id, merged))
        for source, merged in zip(sources, numbers_of(citations), strict=True)
        if source.url is None
    ]
    return tuple(tuple(quoted[at : at + _IN_A_ROW]) for at in range(0, len(quoted), _IN_A_ROW))


async def _grown(visit: Visit, question: Question, growing: Growing) -> Answer:
    text, citations = "", tuple[Citation, ...]()
    async with contextlib.aclosing(visit.rooms.tutor.stream(question)) as events:
        async for event in events:
            if isinstance(event, Sources):
                citations = event.citations
            elif isinstance(event, Delta):
                text += event.text
                await growing.show(renumbered(text, citations))
            elif isinstance(event, Final):
                whole = event.answer
    return whole


async def _asked_enough(visit: Visit) -> str | None:
    """That it is time for a break, and for how long; None while there is room for another question."""
    wait = 0.0
    with contextlib.suppress(MemoryUnavailable):  # a lost database stops no question
        wait = await visit.rooms.learners.admit(visit.caller)
    return visit.words.asking.wait.format(_in_words(wait, visit.words)) if wait else None


def _wrong_with(text: str, words: Words) -> str | None:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return words.asking.unreadable
    if all(unicodedata.category(character).startswith(_INVISIBLE) for character in text):
        return words.asking.ask_something
    return words.asking.too_long if len(text) > LONGEST_QUESTION else None


def _in_words(seconds: float, words: Words) -> str:
    """A time to wait, rounded up: after it the question is taken."""
    units = ((3600, 2, words.asking.hours), (60, 2, words.asking.minutes), (1, 0, words.asking.seconds))
    length, line = next((length, line) for length, least, line in units if seconds >= least * length)
    return line.format(int(-(-seconds // length)))


def _buttons(answer: Answer, sources: tuple[Source, ...]) -> Rows:
    suggested = (_suggested(n, suggestion) for n, suggestion in enumerate(answer.suggestions))
    further = tuple((button,) for button in suggested if button is not None)
    if answer.kind not in ("grounded", "refused"):
        return further
    words = WORDS[answer.language]
    judging = (Button(words.asking.helped, action("up", answer.answer_id)), Button(words.asking.not_helped, action("down", answer.answer_id)))
    quoted = quote_buttons(answer.answer_id, answer.citations, sources, words)
    return (*quoted, *further, judging)


def ask_button(n: int, question: str, lesson: str = "") -> Button:
    """Asks what stands on it, inside one lesson where that is said. `n` parts it from others: a messenger tells them apart by their actions."""
    return Button(question, action("ask", f"{n}:{lesson}"))


def _suggested(n: int, suggestion: Suggestion) -> Button | None:
    if suggestion.text.endswith(("?", "？")):
        return ask_button(n, suggestion.text)
    return Button(suggestion.text, action("open", key(suggestion.doc_id))) if suggestion.doc_id is not None else None


def _within_bytes(answer_id: str, numbers: tuple[int, ...]) -> str:
    """As many of the numbers as an action has room for."""
    told = action("quote", f"{answer_id}:{','.join(map(str, numbers))}")
    return told if len(told) <= LONGEST else _within_bytes(answer_id, numbers[:-1])
