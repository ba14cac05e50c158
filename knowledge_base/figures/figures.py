"""The figures in a text, in both languages: counts and measures with their unit, ordinals, and the numbers of names such as Chang'e-5."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge_base.figures import numerals
from knowledge_base.figures.units import unit_after

Kind = Literal["count", "ordinal", "serial"]
Span = tuple[int, int]
_MEASURE = "个名位颗枚次级台架艘辆座条种人岁倍段组套只面片层块根支轮圈大项步届口间把节批期代度"
_HAN_UNIT = "千米|公里|厘米|毫米|米|千克|公斤|克|吨|秒|分钟|小时|天|周|年|月|日|世纪|度|光年|多|余|分之"
_NUMBER = re.compile(
    r"(?P<digits>(?<![\d.,A-Za-z])(?:(?<![\w)\]])[-−–])?\d+(?:,\d{3})*(?:\.\d+)?)(?:\s*(?P<scale>hundred|thousand|million|billion|[百千]*[万亿]+|[百千](?![米克瓦牛帕赫])))?"
    r"|(?P<words>" + numerals.WORDS + r")"
    r"|(?P<han>(?<!\d)(?![百千][米克瓦牛帕赫])" + numerals.HAN + rf")(?=[余多]?(?:[{_MEASURE}]|{_HAN_UNIT}))",
    re.IGNORECASE,
)
_NO_NAMES = (
    "In|On|At|By|Of|The|About|Around|From|Over|After|Before|Until|Since|All|Its|These|Those|With|And|But|For|To|Only|Just|Nearly|Some|Than|"
    "Moon|Earth|Sun|Jupiter|Saturn|Venus|UTC"
)
_AFTER_COUNTS = "km|kg|m|g|t|%|°|days?|hours?|minutes?|seconds?|years?|tonnes?|metres?|meters?"
_SERIAL = re.compile(
    rf"(?P<en>(?<![A-Za-z'’])(?!(?:{_NO_NAMES})\b)[A-Z][A-Za-z'’]*[- ]?(?P<n>\d+(?:[A-Z]\d?)?)(?![\d,.]*\d|[A-Za-z:]|\s*(?:{_AFTER_COUNTS})\b))"
    r"|(?P<zh>\d+|[一二三四五六七八九十〇零]+)(?P<hao>号[A-Za-z甲乙丙丁]?\d?|[一二三四五六七八九]?(?=运载))"
    r"|遥(?P<yao>\d+|[一二三四五六七八九十]+)"
    r"|[A-Z]{1,4}-?(?P<code>\d+(?:[A-Z]\d?)?)(?![\w,.]*\d)"
)
_ORDINAL = re.compile(
    r"\b(?P<n>\d+)(?:st|nd|rd|th)\b|\b(?P<word>" + "|".join(numerals.ORDINALS) + r")(?:ly)?\b"
    r"|第(?P<zh>\d+|" + numerals.HAN + r")|(?P<shou>首(?!都|先|要|席|府|相|领|尾|批))|最早",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:per|an?|each|every|\d+|one|few|" + numerals.WORDS.replace(r"\b", "") + r")[ -]second$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:to|-|–|—|−|至|到|~|～|and|or|或|和)\s*", re.IGNORECASE)
_PER_HAN = re.compile(rf"(?P<base>百|[\d]+|{numerals.HAN})分之(?P<part>\d+(?:\.\d+)?|{numerals.HAN})")
_PARTS = re.compile(r"\b(?:half|halves|quarters?|thirds)\b|一半|半(?=[年天个小数])", re.IGNORECASE)
_ONE = re.compile(r"one|一", re.IGNORECASE)
_CHINESE_LETTERS = str.maketrans("甲乙丙丁", "abcd")


@dataclass(frozen=True)
class Figure:
    """A number with its unit, None for a bare one; a name's number may carry a letter in `unit`: ``5`` and ``b`` for Long March 5B."""

    value: Decimal
    unit: str | None = None
    kind: Kind = "count"


def figures(text: str, taken: Sequence[Span]) -> list[tuple[Figure, Span]]:
    """Every figure of `text` outside the spans `taken`, where dates stand, each with its own span."""
    text = blanked(text, taken)
    found: list[tuple[Figure, Span]] = []
    for reads in (_serials, _fractions, _ordinals, _counts):
        read = list(reads(text))
        found += read
        text = blanked(text, [span for _figure, span in read])
    return found


def _serials(text: str) -> Iterator[tuple[Figure, Span]]:
    for match in _SERIAL.finditer(text):
        if match["hao"] is not None:
            letter = match["hao"].removeprefix("号").lower().translate(_CHINESE_LETTERS)
            yield Figure(_number(match["zh"]), letter or None, "serial"), match.span()
        else:
            number = match["n"] or match["yao"] or match["code"]
            digits = "".join(re.findall(r"^\d+", number))
            yield Figure(_number(digits or number), (number[len(digits) :].lower() or None) if digits else None, "serial"), match.span()


def _fractions(text: str) -> Iterator[tuple[Figure, Span]]:
    for match in _PER_HAN.finditer(text):
        hundred = match["base"] == "百"
        yield (Figure(_number(match["part"]), "%") if hundred else Figure(_number(match["part"]) / (_number(match["base"]) or 1))), match.span()
    for match in _PARTS.finditer(text):
        word = match[0].lower()
        yield Figure(Decimal(1) / (3 if word.startswith("third") else 4 if word.startswith("quarter") else 2), "part"), match.span()


def _ordinals(text: str) -> Iterator[tuple[Figure, Span]]:
    for match in _ORDINAL.finditer(text):
        if match["word"] and match["word"].lower() == "second" and _SECOND.search(text[: match.end()]):
            continue
        value = match["n"] or match["zh"]
        told = _number(value) if value else Decimal(numerals.ORDINALS[match["word"].lower()] if match["word"] else 1)
        yield Figure(told, None, "ordinal"), match.span()


def _counts(text: str) -> Iterator[tuple[Figure, Span]]:
    matches = list(_NUMBER.finditer(text))
    units = [unit_after(text, *match.span()) for match in matches]
    for at, match in enumerate(matches):
        unit, end = units[at]
        if unit is None and at + 1 < len(matches) and _RANGE.fullmatch(text, match.end(), matches[at + 1].start()):
            unit = units[at + 1][0]  # 2 to 3 kg
        if unit is None and _ONE.fullmatch(match[0]):
            continue  # "one of", 一个: seldom a count
        yield Figure(_value(match), unit), (match.start(), end)


def _value(match: re.Match[str]) -> Decimal:
    if match["words"]:
        return numerals.english(match["words"])
    if match["han"]:
        return numerals.chinese(match["han"])
    value = Decimal(match["digits"].replace(",", "").replace("−", "-").replace("–", "-"))
    scale = match["scale"] or ""
    if scale.lower() in numerals.SCALES:
        return value * numerals.SCALES[scale.lower()]
    for character in scale:
        value *= numerals.HAN_SCALES[character]
    return value


def _number(text: str) -> Decimal:
    return Decimal(text) if text.isascii() else numerals.chinese(text)


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with every span blanked, so that what stands after it keeps its place."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text
