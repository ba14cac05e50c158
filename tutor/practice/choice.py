"""Marks a choice, named by its letter, its number or its words."""

import hashlib
import re
from collections.abc import Collection

from knowledge_base.language import fold
from knowledge_base.types import Check, Choice
from tutor.practice.holding import Known, Told, shared
from tutor.practice.judged import Judged
from tutor.practice.texts import TEXTS
from tutor.types import Language

LIKE = 0.4  # of the words of reply and choice together, those that they share, so that the choice is meant
_FILLERS = re.compile(
    r"\b(?:i|we|think|guess|believe|say|choose|pick|it'?s|it|is|would|be|the|answer|option|choice|number|letter|maybe|probably|my|go|with|for|please|"
    r"definitely|sure|ok|okay|um+|hmm+|because|one(?=\W*$))\b|答案|选项|选择|应该|可能|大概|觉得|认为|一定|肯定|就是|我|想|选|是|第|个|项|号|种|条|吧|的|呢|啊|嘛|呀|哦|了|猜"
)
_ORDINALS = ("first", "second", "third", "fourth", "last"), ("1st", "2nd", "3rd", "4th", ""), ("one", "two", "three", "four", "")
_HAN = ("一", "二", "三", "四", "最后"), ("甲", "乙", "丙", "丁", "末"), ("", "两", "仨", "", "最后一")
_LAST = 4
_PLACES = {name: place for names in (*_ORDINALS, *_HAN, ("a", "b", "c", "d"), ("1", "2", "3", "4")) for place, name in enumerate(names) if name}


def in_order(check: Check) -> tuple[Choice, ...]:
    """The choices in the order in which they are shown: as good as drawn by lot, and always the same."""
    return tuple(sorted(check.choices, key=lambda choice: hashlib.blake2b(f"{check.check_id}\n{choice.text}".encode()).digest()))


def judge_choice(check: Check, reply: str, language: Language, *, known: Known) -> Judged:
    """Right or wrong, a wrong one with the misconception that it stands for; wrong too when no one choice is meant."""
    choice = _meant(check, reply, known)
    if choice is None:
        return Judged("wrong", TEXTS[language].choose_one)
    return Judged("right") if choice.misconception is None else Judged("wrong", choice.misconception)


def _meant(check: Check, reply: str, known: Known) -> Choice | None:
    choices, bare = in_order(check), _bare(reply)
    same = [choice for choice in choices if _bare(choice.text) == bare]
    if same:
        return same[0]
    place = _PLACES.get(_bare(_FILLERS.sub(" ", fold(reply))))
    if place is not None:
        return choices[-1] if place == _LAST else choices[place] if place < len(choices) else None
    return _by_words(check, reply, known)


def _by_words(check: Check, reply: str, known: Known) -> Choice | None:
    """The choice that shares most words with the reply, those of the question aside, if enough and no other as many."""
    labelled = re.match(r"\W*([a-d])\s*[.):：、．]\s*(\S.*)", fold(reply), re.DOTALL)  # B. its exhaust gas
    told, given = Told(labelled[2] if labelled else reply), Told(check.question).own
    shares = [_likeness(told, Told(choice.text), given, known) for choice in check.choices]
    best = max(shares)
    return check.choices[shares.index(best)] if best >= LIKE and shares.count(best) == 1 else None


def _likeness(reply: Told, choice: Told, given: Collection[str], known: Known) -> float:
    both = len(reply.own.keys() - given) + len(choice.own.keys() - given)
    return 2 * shared(reply, choice, known, without=given) / both if both else 0.0


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
