"""The names in a text other than missions': people, places, makers, craft; and whether a source holds them."""

import re

import rjieba

from knowledge_base.language import fold, has_han
from knowledge_base.words import STOPWORDS, words
from tutor.question.everyday import PLAIN

# One thing by every name that either language gives it. A source that holds one of them holds the thing.
_SAME = tuple(
    frozenset(line.split())
    for line in (
        "moon lunar 月球 月亮 月 月面 月表 嫦娥",
        "earth earth's terrestrial 地球 地面",
        "mars martian 火星",
        "venus venusian 金星",
        "mercury 水星",
        "jupiter jovian 木星",
        "saturn 土星",
        "uranus 天王星",
        "neptune 海王星",
        "pluto 冥王星",
        "sun solar 太阳",
        "china chinese 中国 我国",
        "usa us american america states united 美国",
        "soviet ussr union 苏联",
        "russia russian 俄罗斯",
        "europe european 欧洲",
        "japan japanese 日本",
        "india indian 印度",
        "beijing 北京",
    )
)
BODIES = frozenset(word for group in _SAME[:12] for name in group for word in words(name))
_CAPITAL = re.compile(r"(?<![\w'’.-])[A-Z][\w'’-]*(?:\.[A-Z]\b)*")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9'’-]*")
_NAME_TAGS = {"nr", "ns", "nt", "nrt", "nrfg", "n", "nz"}  # the segmenter takes half of all names for common nouns: these must stand there too
_CALENDAR = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|utc|gmt|bc|ad|yes|no)"
)
_TITLED = re.compile("《([^》]+)》")


def names(text: str, common: frozenset[str]) -> list[str]:
    """Proper names, folded, one word each. A capital at the sentence's start tells nothing, unless the word is none of `common`."""
    if has_han(text):
        tagged = [str(word) for word, tag in rjieba.tag(fold(text)) if tag in _NAME_TAGS and len(word) > 1 and word not in PLAIN]
        return [*tagged, *(fold(word) for word in _CODE.findall(text) if len(word) > 1), *map(fold, _TITLED.findall(text))]
    found = []
    for match in _CAPITAL.finditer(text):
        word = fold(match[0]).removesuffix("'s")
        if _CALENDAR.fullmatch(word) or len(word) == 1 or word in STOPWORDS:
            continue
        if not text[: match.start()].strip(" \"'“‘(") and (word in common or set(words(word)) <= PLAIN):
            continue
        found.append(word)
    return found


def holds(source: str, held: frozenset[str], name: str) -> bool:
    """Whether a source, folded, with its words `held`, holds the name or another name of the same thing."""
    if name in source if has_han(name) or (name.isalnum() and not name.isalpha()) else _plain_words(name) <= held:
        return True
    same = next((group for group in _SAME if name in group), frozenset())
    return any(other in source if has_han(other) else _plain_words(other) <= held for other in same)


def _plain_words(name: str) -> set[str]:
    """Its words but for numbers, which are held against figures."""
    return {word for word in words(name) if not word[0].isdigit()}
