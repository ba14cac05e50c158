"""A conversation that whoever asks keeps: of the questions handed over with a new one it is found again what came of them."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace

from tutor.learnt import Learnt
from tutor.masking import mask, without_marks
from tutor.question.follow_up import resolve
from tutor.question.understand import small_talk
from tutor.remembered import Exchange, Turn
from tutor.safety.screen import screen
from tutor.types import Answer, Question

RECALLED = 6  # of the last questions, as many as a memory tells of


async def recalled(question: Question, learnt: Learnt, answer: Callable[[Question], Awaitable[Answer]]) -> tuple[Exchange, ...]:
    """The turns before the question as a memory would have kept them, newest last, without small talk and what would be blocked."""
    told: list[Exchange] = []
    for text in question.before[-RECALLED:]:
        if screen(text) is not None or small_talk(text) is not None:
            continue
        asked = learnt.spelling.mended(without_marks(mask(text)))
        whole = resolve(asked, told, learnt.topics, language=question.language)
        answered = await answer(replace(question, text=whole.text, language=whole.language, before=()))
        told.append(Turn("", "", dt.datetime.now(dt.UTC), asked, question.lesson, question.grade_band, answered).exchange)
    return tuple(told)
