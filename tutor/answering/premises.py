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
from tutor.question.everyday import PLAIN, meanings
from tutor.question.patterns import pattern

# Every name of one body in both languages.
_BODIES = tuple(
    pattern(*names)
    for names in (
        (r"\bmoon\b", r"\blunar\b", "月(?![日份0-9]|底|初)"),
        (r"\bmars\b", r"\bmartian\b", "火星"),
        (r"\bvenus\b", "金星"),
        (r"\bmercury\b", "水星"),
        (r"\bjupiter\b", r"\bjovian\b", "木星"),
        (r"\bsaturn\b(?! v)", "土星(?!五号|5号)"),
        (r"\buranus\b", "天王星"),
        (r"\bneptune\b", "海王星"),
        (r"\bpluto\b", "冥王星"),
        (r"\bsun\b", "太阳(?!能|系|帆|翼)"),
    )
)
# How questions name a deed, and what tells of it.
_DEEDS = (
    (
        pattern(r"\bland(?:ed|s|ing)?\b", r"\b(?:touch|splash)(?:ed)? ?down\b", "着陆|登陆|登月|降落|溅落"),
        pattern(r"\bland", r"\b(?:touch|splash|came|come)\w* ?down\b", r"\b(?:crash|impact|hit)", "着陆|登陆|登月|降落|溅落|落月|撞|落在"),
    ),
    (pattern(r"\bwalk(?:ed|s|ing)?\b", "行走|漫步|走出"), pattern(r"\bwalk", r"\bEVA\b", r"\bdr[io]ve", "行走|出舱|行驶")),
    (pattern(r"\b(?:die[ds]?|dead|killed)\b", "死|牺牲|遇难|丧生"), pattern(r"\b(?:die|dead|kill|lost|death)", "死|牺牲|遇难|丧生|失去")),
    (
        pattern(
            r"\b(?:fl[ye]w?|flown|bring|brought|came|come|return(?:ed)?|get|got) .*\b(?:back|home)\b",
            r"\breturn(?:ed)?\b",
            "带回|返回|飞回|回到|运回",
        ),
        pattern(
            r"\breturn",
            r"\b(?:br[io]\w+|came|come|fl\w+|sent) .*\bback\b",
            r"\bback (?:to|on) Earth",
            r"\bre-?ent",
            r"\bsplash",
            r"\bon Earth\b",
            "返回|带回|回到|取回|溅落|再入|回收|送回",
        ),
    ),
    (pattern(r"\bdock(?:ed|ing)?\b", "对接"), pattern(r"\bdock", "对接")),
    (
        pattern(r"\b(?:astronauts?|cosmonauts?|taikonauts?|crew)\b", "航天员|宇航员|乘组"),
        pattern(r"\b(?:astronaut|cosmonaut|taikonaut|crew|people|person|pilot)", "航天员|宇航员|乘组|载人|指令长"),
    ),
    (pattern(r"\bdr(?:ove|ive[ns]?|iving)\b", "驾驶|行驶"), pattern(r"\bdr[oi]v", "驾驶|行驶")),
)
_CAPITAL = re.compile(r"(?<=[a-z,;0-9] )[A-Z][a-z]{2,}\b")
_NAME_TAGS = {"nr", "ns", "nt", "nrt", "nrfg"}  # people, places, institutions
_DEFINED = (
    re.compile(r"^\W*(?:so )?what(?: exactly)?(?: is| are|'s)(?: exactly)? (?:an? |the )?(?P<what>[\w' -]+?)(?: and .*)?\W*$", re.IGNORECASE),
    re.compile(
        r"^\W*how (?:is|are|was|were|does|do|did) (?:an? |the )?(?P<what>[\w' -]+?) (?:formed?|made|work|born|come about|come into being)\W*$",
        re.IGNORECASE,
    ),
    re.compile(r"^\W*什么是(?P<what>.+?)[呢啊呀？?\W]*$"),
    re.compile(
        r"^\W*(?P<what>.+?)(?:到底|究竟)?(?:是什么(?:意思|东西)?|指的是什么|是怎么(?:形成|产生|来)的|是如何(?:形成|产生)的|怎么形成的?)[呢啊呀？?\W]*$"
    ),
)
_OF = re.compile(r"\b(?:of|for|on|in|to|between)\b|的|和|，|最后", re.IGNORECASE)


def presumes_too_much(question: str, told: Sequence[str]) -> bool:
    """Whether the question names a body, a deed, a person, a place or a thing of which the texts `told`, all that counts, know nothing."""
    asked, known = fold(question), "\n".join(map(_folded, told))
    if any(body.search(asked) and not body.search(known) for body in _BODIES):
        return True
    if any(deed.search(asked) and not tells.search(known) for deed, tells in _DEEDS):
        return True
    held = frozenset[str]().union(*map(_words, told))
    named = [word for name in _names(question) for word in words(name) if word not in PLAIN]
    return any(not meanings(word) & held and word not in known for word in (*named, *asked_nouns(question)))


@functools.lru_cache(maxsize=1_000)  # the same missions are asked about again and again
def _folded(text: str) -> str:
    return fold(text)


@functools.lru_cache(maxsize=1_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _names(question: str) -> list[str]:
    latin = _CAPITAL.findall(question)
    han = [word for word, tag in rjieba.tag(fold(question)) if tag in _NAME_TAGS and len(word) > 1]
    return [*latin, *han]


def defined(question: str) -> tuple[str, ...]:
    """The words of the one thing that the question asks to have explained; empty when it asks for something else."""
    match = next((match for asks in _DEFINED if (match := asks.match(fold(question)))), None)
    if match is None or _OF.search(match["what"]):
        return ()
    return tuple(words(match["what"]))


def explains(sentence: str, names: Sequence[str], thing: Collection[str]) -> bool:
    """Whether the sentence is about the thing itself: its document is named after it, or the sentence opens with it."""
    if any(set(thing) <= set(words(name)) and len(words(name)) <= len(thing) + 1 for name in names):
        return True
    return set(thing) <= set(words(sentence)[: len(thing) + 1])
