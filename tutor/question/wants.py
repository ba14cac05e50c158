"""What kind of answer a question wants, and whether a sentence holds that kind of thing."""

import re
from typing import Literal

from tutor.question.proper_names import names_a_place, names_somebody

Wants = Literal["time", "number", "reason", "manner", "person", "place", "other"]

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
    ("person", _pattern(r"\bwho(?:m|se|'s)?\b", "谁|哪[一几]?[位名]|什么人|叫什么名字")),
    (
        "place",
        _pattern(
            r"\bwhere\b",
            r"\b(?:what|which) (?:city|country|state|county|region|place|area|river|street|province|continent|town|building|university|school)\b",
            "哪[里儿]|什么地[方点区]|何[处地]|哪[一个几些]{0,2}(?:国家|地区|城市|地方|省|州|县|市|区|河|街|大学|学校)|位于",
        ),
    ),
)

_TIMES = _pattern(
    r"\b\d{3,4}s?\b",
    r"\d(?:st|nd|rd|th)\b",
    rf"\b(?:{_MONTHS})\b",
    r"centur|\b(?:million|billion|thousand|\d+) years",
    r"[\d一二三四五六七八九十〇]+[年月日]|世纪|年代|万年|亿年",
)
_HAN_NUMERALS = "〇零二两三四五六七八九十百千万亿几数"
_FIGURE = re.compile(r"\d")
_NUMERAL = _pattern(rf"\b(?:{_NUMERALS})\b", rf"(?<!第)[{_HAN_NUMERALS}]")  # 一 is in every other sentence: 一个, 之一
_DATE = re.compile(r"\d{4}年|\d+[月日]")
_ASKED_UNIT = re.compile(r"(?:多少|(?<!好)几)(?P<unit>分钟|小时|[千厘毫]米|公[里斤]|[一-龥])")
_DIGITS = re.compile(r"\d+")


def wanted(question: str) -> Wants:
    """What the question wants, as far as its words tell."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "other")


def fit(wants: Wants, question: str, sentence: str) -> float:
    """1 when the sentence holds the kind of thing wanted, -1 when it does not, between them when it may, 0 when that cannot be told.

    Only what its words tell reliably: of sentences that answer "why", most have no word that marks them.
    """
    if wants == "time":
        return _sign(_TIMES.search(sentence) and not _only_the_question_s_own(question, sentence))
    if wants == "number":
        return _number(question, sentence)
    if wants == "person":
        return _sign(names_somebody(question, sentence))
    if wants == "place":
        return _sign(names_a_place(question, sentence))
    return 0.0


def _number(question: str, sentence: str) -> float:
    """Half of it for the unit where the question names one: 多少公里, 几个."""
    undated = _DATE.sub("", sentence)
    figure = 1.0 if _FIGURE.search(undated) and not _only_the_question_s_own(question, sentence) else 0.0 if _NUMERAL.search(undated) else -1.0
    unit = _ASKED_UNIT.search(question)
    if unit is None:
        return figure
    beside = re.search(rf"[\d一{_HAN_NUMERALS}]\s*[多余来]?\s*{unit['unit']}", undated)
    return (figure + _sign(beside)) / 2


def _only_the_question_s_own(question: str, sentence: str) -> bool:
    given = set(_DIGITS.findall(sentence))
    return bool(given) and not given - set(_DIGITS.findall(question))


def _sign(holds: object) -> float:
    return 1.0 if holds else -1.0
