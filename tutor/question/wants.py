"""What kind of answer a question wants, and whether a sentence holds that kind of thing."""

import re
from collections.abc import Mapping
from typing import Literal

Wants = Literal["time", "number", "reason", "manner", "other"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMERALS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion|half|third|quarter"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


# Tried in order: "how old was he when ..." wants a number, "in what year" a time.
_ASKS: tuple[tuple[Wants, re.Pattern[str]], ...] = (
    (
        "time",
        _pattern(
            r"(?:^|[,.;?!]\s*|\bsince )when\b",
            r"\bwhen(?:'s|s| (?:did|was|were|is|are|will|do|does|has|have|had|can|could))\b(?!.*\bhow\b)",
            r"\b(?:what|which) (?:year|date|day|month|time|decade|century)\b",
            "什么时候|何时|啥时候|什么时间|什么日期|哪一?[年天日]|几月|几号",
        ),
    ),
    (
        "number",
        _pattern(
            r"\bhow (?:many|much|long|far|heavy|tall|high|big|fast|large|old|deep|wide|often|hot|cold)\b",
            r"\bwhat (?:percent|percentage|number|amount|proportion|mass|speed|distance|population|age|height|size|temperature)\b",
            "多少|多[大长远高重快深宽久]|几",
        ),
    ),
    ("reason", _pattern(r"\bwhy\b", r"\bwhat (?:caused|causes|is the reason|led)\b", "为什么|为何|为啥|原因|怎么会")),
    ("manner", _pattern(r"\bhow\b", "怎么|怎样|如何")),
)

# Only what a pattern tells reliably: of sentences that answer "where" or "why", most have no word that marks them.
_TELLS: Mapping[Wants, re.Pattern[str]] = {
    "time": _pattern(
        r"\b\d{3,4}s?\b",
        r"\d(?:st|nd|rd|th)\b",
        rf"\b(?:{_MONTHS})\b",
        r"centur|\b(?:million|billion|thousand|\d+) years",
        r"[\d一二三四五六七八九十〇]+[年月日]|世纪|年代|万年|亿年",
    ),
    "number": _pattern(r"\d", rf"\b(?:{_NUMERALS})\b", "[一二三四五六七八九十百千万亿两]"),
}
_DIGITS = re.compile(r"\d+")


def wanted(question: str) -> Wants:
    """What the question wants, as far as its words tell."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "other")


def fit(wants: Wants, question: str, sentence: str) -> int:
    """1 when the sentence holds the kind of thing wanted, -1 when it does not, 0 when that cannot be told."""
    tells = _TELLS.get(wants)
    if tells is None:
        return 0
    given = set(_DIGITS.findall(sentence))
    only_the_question_s_own = bool(given) and not given - set(_DIGITS.findall(question))
    return 1 if tells.search(sentence) and not only_the_question_s_own else -1
