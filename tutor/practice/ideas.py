"""Marks what is told in words: by the ideas that an answer must hold."""

from knowledge_base.types import Check
from tutor.practice.holding import Known, Told, holds
from tutor.practice.judged import Judged
from tutor.practice.texts import TEXTS
from tutor.types import Language


def judge_ideas(check: Check, reply: str, language: Language, *, known: Known, last_try: bool) -> Judged:
    """Right when the reply holds every idea, partly when it holds one; what is missing is named on the last try."""
    told = Told(reply)
    missing = [idea for idea in check.ideas if not holds(told, idea.words, known)]
    if not missing:
        return Judged("right")
    if len(missing) == len(check.ideas):
        return Judged("wrong")
    texts, named = TEXTS[language], [idea.told for idea in missing if idea.told is not None]
    if not last_try or not named:
        return Judged("partly", texts.part)
    return Judged("partly", texts.missing.format(missing=texts.between.join(one.rstrip(".。") for one in named)))
