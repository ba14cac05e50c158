"""Names with a number, or of a craft, that a question brings along: what the course does not write anywhere it knows nothing of."""

import functools
import itertools
import re
from collections.abc import Iterable

import rjieba

from knowledge_base.language import HAN, fold
from knowledge_base.words import number
from tutor.question.patterns import MONTHS

_UNITS = (
    r"(?:k?m|cm|mm|k?g|t|h|s|km/s|kilo\w+|met(?:er|re)s?|miles?|tonnes?|tons?|grams?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
    r"times|orbits|people|percent)\b"
)
# A capital, and digits behind it that no unit follows: "Huygens 2", "F-22"; but "May 2024" is a date, "In 14 days" a time.
_NUMBERED = re.compile(
    rf"\b(?!(?:{MONTHS.lower()}|in|on|at|of|and|the|or|by|is|was|did|for|from|to|with|about|grade|class|year|lesson|chapter|part|stage)\b)"
    rf"(?P<name>[a-z][a-z']*)[ -]?(?P<number>\d{{1,3}})(?![\d.,:]\d|\d|%|°|st\b|nd\b|rd\b|th\b)(?!\s*{_UNITS})"
)
_HAN_NUMBERED = re.compile(rf"(?P<name>[{HAN}]{{1,4}})(?:(?:[〇零一二两三四五六七八九十]{{1,3}}|\d{{1,3}})号|-\d{{1,3}})")
_DATE = re.compile(r"\d[月年]$")


def strangers(question: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The numbered and craft names of the question that none of the `texts` writes."""
    missing = list(_brought(question))
    for text in texts:
        if not missing:
            break
        missing = [name for name in missing if name not in _bare(text)]
    return tuple(missing)


def _brought(question: str) -> Iterable[str]:
    text = fold(question)
    capitals = {match.start() for match in re.finditer(r"\b[A-Z]", question)} if len(question) == len(text) else None
    for match in _NUMBERED.finditer(text):
        if capitals is None or match.start() in capitals:
            yield match["name"].replace("'", "") + match["number"]
    yield from _han(text)


def _han(text: str) -> Iterable[str]:
    tokens = [str(token) for token in rjieba.cut(text, True)]
    for before, token in itertools.pairwise(tokens):
        if token == "号" and re.fullmatch(rf"[{HAN}]{{2,4}}", before) and not re.search("[几哪多第〇零一二两三四五六七八九十]", before):
            yield before + "号"
    for at, token in enumerate(tokens):
        joined = "".join(tokens[at : at + 3])
        match = _HAN_NUMBERED.match(joined)
        if match and match["name"] == token and not _DATE.search(text[: text.find(joined) + 1]):
            yield _bare(match[0])


@functools.lru_cache(20_000)  # passages are looked at again for every question that finds them
def _bare(text: str) -> str:
    """Folded, with figures for Chinese numerals before 号, without spaces, hyphens and apostrophes."""
    text = re.sub(r"[\s\-'·“”\"]", "", fold(text))
    return re.sub("([〇零一二两三四五六七八九十]{1,3})(?=号)", lambda match: str(number(match[1])), text)
