"""What a question takes for granted must occur in what the course tells of its subject, else the question is refused.

Nobody landed on Mars with Chang'e-5, so a question why it did is not answered as if it were true; nor is one for the colour of a
parachute whose colour is told nowhere, or for what a thing is that the course only mentions.
"""

import functools
import re
from collections.abc import Collection, Sequence

import rjieba

from knowledge_base.language import fold
from knowledge_base.words import words
from tutor.question.asked_nouns import asked_nouns
from tutor.question.bodies import bodies
from tutor.question.deeds import deeds
from tutor.question.everyday import PLAIN, meanings
from tutor.question.patterns import pattern

_FIGURE = re.compile(r"(?<![\d.,-])\d{2,4}(?![\d.,%])")  # years, and how many of something
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CAPITAL = re.compile(r"(?<=[a-z,;0-9] )[A-Z][a-z]{2,}\b")
_NAME_TAGS = {"nr", "ns", "nt", "nrt", "nrfg"}  # people, places, institutions
_DEFINED = (
    re.compile(r"^\W*(?:so )?what(?: exactly)?(?: is| are|'s)(?: exactly)? (?:an? |the )?(?P<what>[\w' -]+?)(?: and .*)?\W*$", re.IGNORECASE),
    re.compile(
        r"^\W*how (?:is|are|was|were|does|do|did) (?:an? |the )?(?P<what>[\w' -]+?) (?:formed?|made|work|born|come about|come into being)\W*$",
        re.IGNORECASE,
    ),
    re.compile(r"^\W*what (?:does|do) (?:the )?(?:words?|names?|letters|term)? ?\W*(?P<what>[\w'-]+)\W* (?:mean|stand for)\b.*$", re.IGNORECASE),
    re.compile(r"^\W*(?:what (?:is|are) (?:an? |the )?(?P<what>[\w' -]+?) made (?:up )?of|where (?:do|does) (?P<whence>[\w' -]+?) come from)\W*$"),
    re.compile(r"^\W*什么是(?P<what>.+?)[呢啊呀？?\W]*$"),
    re.compile(r"^\W*(?P<what>.+?)(?:主要)?(?:是由什么|由哪些[东西物质]+|是从哪[里儿])(?:组成|构成|做成|来)的?[呢啊呀？?\W]*$"),
    re.compile(
        r"^\W*(?P<what>.+?)(?:到底|究竟)?(?:是什么(?:意思|东西)?|指的是什么|是怎么(?:形成|产生|来)的|是如何(?:形成|产生)的|怎么形成的?)[呢啊呀？?\W]*$"
    ),
)
_SUPERLATIVE = re.compile(r"\b(?:\w{3,}est|most|least|ever)\b|最", re.IGNORECASE)
# A name told by what stands for it, or a meaning given in so many words.
_EXPLAINS = re.compile(r"\bmeans?\b|\bstands? for\b|\bcalled\b|\bthat is\b|意思|叫作|叫做|也就是", re.IGNORECASE)
_REASON = pattern(
    r"\b(?:because|since|so|due to|caused?|therefore|thus|in order|reasons?|failed|could not|cannot|too|without|needed|needs|"
    r"must|keeps?|lets?|allows?|means?|made)\b",
    r"(?<!according )\b(?:to|for) (?!the\b|a\b|an\b|\d|[a-z]+'s\b)[a-z]+",
    "因为|由于|因此|所以|为了|使|以便|从而|才能|用来|用于|好让|不能|没能|故障|失败|需要|必须|太|导致|原因|否则|避免",
)
MOST_WORDS = 4  # of a name; what is longer describes
_OF = re.compile(r"\b(?:of|for|on|in|to|between)\b|的|和|，|最后", re.IGNORECASE)


def presumes_too_much(question: str, told: Sequence[str]) -> bool:
    """Whether the question names a body, a deed, a person, a place or a thing of which the texts `told`, all that counts, know nothing."""
    asked, texts = fold(question), [*map(_folded, told)]
    known = "\n".join(texts)
    if not bodies(asked) <= frozenset[int]().union(*map(bodies, texts)) or not all(deed.told.search(known) for deed in deeds(asked)):
        return True
    if any(figure not in known for figure in _FIGURE.findall(_THOUSANDS.sub("", asked))):
        return True
    held = frozenset[str]().union(*map(_words, told))
    named = [word for name in _names(question) for word in words(name) if word not in PLAIN]
    return any(not meanings(word) & held and word not in known for word in (*named, *asked_nouns(question)))


@functools.lru_cache(maxsize=1_000)  # the same missions are asked about again and again
def _folded(text: str) -> str:
    return _THOUSANDS.sub("", fold(text))


@functools.lru_cache(maxsize=1_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _names(question: str) -> list[str]:
    latin = _CAPITAL.findall(question)
    han = [word for word, tag in rjieba.tag(fold(question)) if tag in _NAME_TAGS and len(word) > 1]
    return [*latin, *han]


def gives_reason(sentence: str) -> bool:
    """Whether the sentence says why, or what for."""
    return bool(_REASON.search(fold(sentence)))


def defined(question: str) -> tuple[str, ...]:
    """The words of the one thing that the question asks to have explained; empty when it asks for something else."""
    match = next((match for asks in _DEFINED if (match := asks.match(fold(question)))), None)
    thing = match and next(filter(None, match.groupdict().values()))
    if not thing or len(words(thing)) > MOST_WORDS or _OF.search(thing) or _SUPERLATIVE.search(thing):
        return ()
    return tuple(words(thing))


def explains(sentence: str, names: Sequence[str], thing: Collection[str]) -> bool:
    """Whether the sentence is about the thing itself: its document is named after it, or the sentence opens with it."""
    if any(set(thing) <= set(words(name)) and len(words(name)) <= len(thing) + 1 for name in names):
        return True
    told = words(sentence)
    if set(thing) <= set(told[: len(thing) + 1]):
        return True
    return set(thing) <= set(told) and bool(_EXPLAINS.search(fold(sentence)))
