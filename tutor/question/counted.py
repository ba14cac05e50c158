"""How many of what: a sentence tells a count when a number stands beside the noun that is counted."""

import re

from knowledge_base.language import fold, has_han
from knowledge_base.words import words
from tutor.question.everyday import meanings
from tutor.question.patterns import pattern

_MEASURES = "个只条辆颗枚艘架台扇次位名层座块根种套把面顶间根项篇场支"
_ASKED = (
    pattern(
        r"\bhow many (?P<what>(?:[a-z'-]+ ){0,2}?[a-z'-]+?)"
        r"(?: (?:did|do|does|is|are|was|were|has|have|had|can|could|will|of|on|in|fit|there|lived?|flew|went)\b|\W*$)"
    ),
    re.compile(f"(?:多少|(?<!哪)几)[{_MEASURES}](?P<what>[一-龥]{{1,4}}?)(?=[是在了的呢啊呀？?，。]|$)"),
    re.compile("(?:多少|(?<!哪|第)几)(?P<what>[级层])(?!地震|工程)"),
)
# What is counted by a unit of time, length or mass is no count, and times are told in many ways.
_UNITS = pattern(
    r"^(?:\w+ )?(?:times?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|orbits?|people|degrees?|dollars?)\b",
    r"^(?:\w+ )?(?:(?:kilo|centi)?met(?:er|re)s?|miles?|km|kg|(?:kilo)?grams?|kilos?|ton(?:ne)?s?)\b",
)
# Characters between the number and the thing, which stands behind it or before it: "a crew of 2", "two very small rovers".
_NEAR = {"en": (12, 32), "zh": (4, 12)}
_NUMBER = pattern(
    r"\d+(?![\d年月日:])",
    r"\b(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|both|single)\b",
    "[一二三四五六七八九十两零百千万]",
)
_HOW_MANY = pattern(r"\bhow many\b", "多少(?!钱)", "(?<!哪)(?<!第)几[次圈趟回名人个]")
_CREW = pattern(r"\bcrew of [^,.]+ (?:was|were)\b", "的(?:航天员|宇航员|乘组)(?:是|只有)")  # who is named can be counted


def asks_how_many(question: str) -> bool:
    """Whether a number of whatever is asked for: things, times, people."""
    return bool(_HOW_MANY.search(fold(question)))


def counted(question: str) -> str | None:
    """The noun that the question wants counted; None when it wants no count."""
    match = next((match for asks in _ASKED if (match := asks.search(fold(question)))), None)
    return None if match is None or _UNITS.search(match["what"]) else match["what"]


def tells_count(sentence: str, thing: str) -> bool:
    """Whether a number stands within a few words before the thing, or behind it as in "engines: 4"."""
    names = {name for word in words(thing)[-1:] for name in meanings(word)}
    if "crew" in names and _CREW.search(sentence):
        return True
    text = fold(sentence)
    behind, before = _NEAR["zh" if has_han(thing) else "en"]
    beside = [text[max(0, match.start() - behind) : match.end() + before] for match in _NUMBER.finditer(text)]
    return any(names & set(words(near)) or (len(thing) == 1 and thing in near) for near in beside)  # a single character is seldom a word
