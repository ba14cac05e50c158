"""What a question is: its language, what kind of answer it wants, which numbered names it asks about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge_base.language import detect
from knowledge_base.types import Document
from knowledge_base.words import words
from tutor.types import Language

Wants = Literal["time", "number", "reason", "manner", "other"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMERAL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion|half|third|quarter"

# Tried in order: "how old was he when ..." wants a number, "in what year" a time.
_ASKS: tuple[tuple[Wants, re.Pattern[str]], ...] = (
    (
        "time",
        re.compile(
            r"(?:^|[,.;?!]\s*|\bsince )when\b|\bwhen(?:'s|s| (?:did|was|were|is|are|will|do|does|has|have|had|can|could))\b(?!.*\bhow\b)"
            r"|\b(?:what|which) (?:year|date|day|month|time|decade|century)\b|什么时候|何时|啥时候|什么时间|哪一?[年天日]|几月|几号|什么日期",
            re.IGNORECASE,
        ),
    ),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|far|heavy|tall|high|big|fast|large|old|deep|wide|often|hot|cold)\b"
            r"|\bwhat (?:percent|percentage|number|amount|proportion|mass|speed|distance|population|age|height|size|temperature)\b"
            r"|多少|多[大长远高重快深宽久]|几",
            re.IGNORECASE,
        ),
    ),
    ("reason", re.compile(r"\bwhy\b|\bwhat (?:caused|causes|is the reason|led)\b|为什么|为何|为啥|原因|怎么会", re.IGNORECASE)),
    ("manner", re.compile(r"\bhow\b|怎么|怎样|如何", re.IGNORECASE)),
)

# Only what a pattern tells reliably: of sentences that answer "where" or "why", most have no word that marks them.
_ANSWERS: Mapping[Wants, re.Pattern[str]] = {
    "time": re.compile(
        rf"\b\d{{3,4}}s?\b|\d(?:st|nd|rd|th)\b|\b(?:{_MONTHS})\b|centur|\b(?:million|billion|thousand|\d+) years|[\d一二三四五六七八九十〇]+[年月日]|世纪|年代|万年|亿年"
    ),
    "number": re.compile(rf"\d|\b(?:{_NUMERAL})\b|[一二三四五六七八九十百千万亿两]", re.IGNORECASE),
}
_DIGITS = re.compile(r"\d+")
_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|你好|您好|嗨|早上好|下午好|晚上好|大家好)(?:\s*(?:there|navigator|呀|啊))?[\s!.。！~～,，]*", re.IGNORECASE
)
_THANKS = re.compile(r"\s*(?:thanks?|thank you|thx|ok(?:ay)?,? thanks?|谢谢|多谢|谢啦|感谢)(?:\s*(?:you|so much|a lot|very much|你|您|啦|老师))*[\s!.。！~～,，]*", re.IGNORECASE)

Designator = tuple[tuple[str, ...], str]  # the name's words and the number: (("long", "march"), "5")


@dataclass(frozen=True)
class Understood:
    """A question as the tutor sees it; `reply_language` is the one asked for, else the question's own."""

    text: str
    reply_language: Language
    wants: Wants
    words: tuple[str, ...]

    @property
    def most_sentences(self) -> int:
        """Two, or three where an explanation is wanted."""
        return 3 if self.wants in ("reason", "manner") else 2

    def fit(self, sentence: str) -> int:
        """1 when the sentence holds the kind of thing asked for, -1 when it does not, 0 when that cannot be told."""
        pattern = _ANSWERS.get(self.wants)
        if pattern is None:
            return 0
        if not pattern.search(sentence):
            return -1
        given = set(_DIGITS.findall(sentence))
        if self.wants in ("time", "number") and given and not given - set(_DIGITS.findall(self.text)):
            return -1  # its only numbers are the question's own
        return 1


def understand(text: str, language: Language | None) -> Understood:
    """Reads a question."""
    wants = next((kind for kind, pattern in _ASKS if pattern.search(text)), "other")
    return Understood(text, language or detect(text), wants, tuple(dict.fromkeys(words(text))))


def small_talk(text: str) -> Literal["greeting", "thanks"] | None:
    """Whether the whole message is a greeting or thanks."""
    if _GREETING.fullmatch(text):
        return "greeting"
    return "thanks" if _THANKS.fullmatch(text) else None


class Designators:
    """The numbered names that a course knows (``Chang'e-5``, ``神舟十五号``), learnt from its titles and aliases."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._families: set[tuple[str, ...]] = set()
        for document in documents:
            for name in (document.title, *document.aliases):
                tokens = words(name)
                at = next((i for i, token in enumerate(tokens) if token.isdigit()), 0)
                if 0 < at and len(tokens) - at <= 2:
                    self._families.add(tuple(tokens[:at]))

    def named(self, text: str) -> frozenset[Designator]:
        """Every known name with the number that follows it in `text`, whether or not the course has that number."""
        tokens = words(text)
        found: set[Designator] = set()
        for at, token in enumerate(tokens):
            if token.isdigit():
                found.update((family, token) for family in self._families if tuple(tokens[max(0, at - len(family)) : at]) == family)
        return frozenset(found)
