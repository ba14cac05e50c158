"""Whether a sentence names somebody or some place that the question does not: by their tags in Chinese, by capitals in English."""

import functools
import re
from collections.abc import Callable, Collection

import rjieba

from knowledge_base.language import fold, has_han
from knowledge_base.words import STOPWORDS

_CAPITAL = re.compile(r"(?<![.!?\"“] )\b[A-Z][\w'’-]+")
_IN_A_PLACE = re.compile(r"\b(?:in|at|near|from|to|of|into|through|off|over)\s+(?:the\s+)?(?:[a-z]+\s+)?(?P<name>[A-Z][\w'’-]+)")
_OF_PLACES = re.compile("[省市县区州国洋海湾岛河山路街]")
_PEOPLE = ("nr", "nrt", "nrfg")
_PLACES = ("ns", "nt", "s", "f")


def names_somebody(question: str, sentence: str) -> bool:
    """Whether the sentence holds a name that may be a person's."""
    if has_han(sentence):
        return "·" in sentence or _tells_of(_PEOPLE, question, sentence)
    return _holds_new(_CAPITAL.findall, question, sentence)


def names_a_place(question: str, sentence: str) -> bool:
    """Whether the sentence says where something is."""
    if has_han(sentence):
        return _OF_PLACES.search(sentence) is not None or _tells_of(_PLACES, question, sentence)
    return _holds_new(_IN_A_PLACE.findall, question, sentence)


def _holds_new(found: Callable[[str], list[str]], question: str, sentence: str) -> bool:
    asked = fold(question)
    return any(fold(name) not in asked and fold(name) not in STOPWORDS for name in found(sentence))


def _tells_of(tags: Collection[str], question: str, sentence: str) -> bool:
    asked = fold(question)
    return any(tag in tags and len(word) > 1 and word not in asked for word, tag in _tagged(sentence))


@functools.lru_cache(maxsize=2_000)  # the same sentences answer many questions
def _tagged(sentence: str) -> tuple[tuple[str, str], ...]:
    return tuple(rjieba.tag(fold(sentence)))
