"""Numbers told in a text by digits, English words or Chinese numerals, each with the unit that follows it."""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = {
    "kg": "kg|kilograms?|kilos?|千克|公斤",
    "g": "g|grams?|克",
    "t": "t|tons?|tonnes?|吨",
    "km": "km|kilomet(?:er|re)s?|千米|公里",
    "m": "m|met(?:er|re)s?|米",
    "cm": "cm|centimet(?:er|re)s?|厘米",
    "mm": "mm|millimet(?:er|re)s?|毫米",
    "mile": "miles?|英里",
    "light year": "light[- ]years?|光年",
    "au": "au|astronomical units?|天文单位",
    "second": "s|sec|seconds?|秒",
    "minute": "min|minutes?|分钟",
    "hour": "h|hours?|小时",
    "day": "days?|天",
    "week": "weeks?|周",
    "month": "months?|个月",
    "year": "years?|年",
    "percent": "%|percent|per cent",
    "celsius": "°c|degrees celsius|摄氏度|℃",
    "kelvin": "k|kelvins?|开尔文",
}
_UNIT = re.compile("|".join(rf"(?P<u{at}>(?:{unit})(?![a-z]))" for at, unit in enumerate(_UNITS.values())))
_NAMES = tuple(_UNITS)

_BELOW_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_WORDS = {word: value for value, word in enumerate(_BELOW_TWENTY.split())} | {word: 10 * value for value, word in enumerate(_TENS, 2)}
_POWERS = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MAGNITUDES = _POWERS | {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_WORD = "|".join(sorted([*_WORDS, *_POWERS], key=len, reverse=True))
_HAN = "零〇一二两三四五六七八九十百千万亿"
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])")
_DIGITS = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?P<magnitudes>(?:[ -]?(?:thousand|million|billion|trillion)\b|\s?[百千万亿](?![克米瓦帕伏分]))*)(?:th|st|nd|rd|s\b)?"
)
_SPELT = re.compile(rf"\b(?:(?:{_WORD})(?:[ -](?:and )?(?:{_WORD}))*|(?P<ordinal>{'|'.join(_ORDINALS)}))\b")
_NUMERAL = re.compile(rf"百分之(?P<share>[{_HAN}\d.]+)|[零〇一二两三四五六七八九十](?:[{_HAN}]*(?=千[克米瓦帕伏])|[{_HAN}]*)")
# A lone numeral counts something, or is part of a word (一些, 四川, 十分).
_COUNTS = re.compile(r"\s?(?:小时|分钟|[个名位次年月日号天周秒吨克米公千艘颗枚级台架人度倍层座圈条种只项款])")
_ROMAN = re.compile(r"\b(?P<numeral>X{0,2}(?:IX|IV|V?I{0,3}))(?<=[IVX])[A-H]?\b")  # Artemis II, Titan IVB
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Figure:
    """A number, or a time of day as it is written, and its unit where it is a known one."""

    value: float | str
    unit: str | None = None


def figures(text: str, *, lenient: bool = False) -> list[Figure]:
    """The figures of `text`. A lenient reading, for sources, takes lone Chinese numerals, "one", and a number without its magnitude as well."""
    text = unicodedata.normalize("NFKC", text)
    if lenient:
        text = _ROMAN.sub(lambda match: f"{match[0]} {_roman(match['numeral'])}", text)
    text = _THOUSANDS.sub("", text.casefold())
    clocks = [Figure(match[0].lstrip("0")) for match in _CLOCK.finditer(text)]
    if lenient:
        clocks += [Figure(str(clock.value).rpartition(":")[0]) for clock in clocks if str(clock.value).count(":") == 2]
    text = _CLOCK.sub(" ; ", text)
    return [*clocks, *_digits(text, lenient), *_spelt(text, lenient), *_numerals(text, lenient)]


def _digits(text: str, lenient: bool) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        bare = float(re.match(r"[\d.]+", match[0])[0].rstrip("."))  # type: ignore[index] # it begins with a digit
        value = bare
        for magnitude in re.findall("[a-z]+|[百千万亿]", match["magnitudes"]):
            value *= _MAGNITUDES[magnitude]
        yield Figure(round(value, 9), _unit(text, match.end()))
        if lenient and value != bare:
            yield Figure(bare)


def _spelt(text: str, lenient: bool) -> Iterator[Figure]:
    for match in _SPELT.finditer(text):
        if match["ordinal"]:
            yield Figure(float(_ORDINALS.index(match["ordinal"]) + 3))
        elif lenient or match[0] not in ("one", *_POWERS):  # "one of them", "hundreds of"
            yield Figure(_value(re.findall("[a-z]+", match[0])), _unit(text, match.end()))


def _value(words: list[str]) -> float:
    whole = part = 0
    for word in words:
        if word == "hundred":
            part = max(1, part) * 100
        elif word in _POWERS:
            whole, part = whole + max(1, part) * _POWERS[word], 0
        elif word != "and":
            part += _WORDS[word]
    return float(whole + part)


def _numerals(text: str, lenient: bool) -> Iterator[Figure]:
    for match in _NUMERAL.finditer(text):
        if match["share"]:
            yield Figure(float(match["share"]) if match["share"][0].isdigit() else _han(match["share"]), "percent")
        elif lenient or (_han(match[0]) > 1 and (len(match[0]) > 1 or _COUNTS.match(text, match.end()))):
            yield Figure(_han(match[0]), _unit(text, match.end()))


def _han(numeral: str) -> float:
    """The value of 三百二十, 三十八万 and, digit by digit, 一九六九."""
    if not set(numeral) & set("十百千万亿"):
        return float("".join(str(_HAN_DIGITS[character]) for character in numeral))
    whole = section = digit = 0
    for character in numeral:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in "万亿":
            whole, section, digit = (whole + max(1, section + digit)) * _MAGNITUDES[character], 0, 0
        else:
            section, digit = section + max(1, digit) * (10 if character == "十" else _MAGNITUDES[character]), 0
    return float(whole + section + digit)


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[character] for character in numeral]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _unit(text: str, end: int) -> str | None:
    """The unit behind a number, over a space, a hyphen or 多."""
    start = end + sum(1 for _ in itertools.takewhile(lambda character: character in " -多余", text[end : end + 2]))
    match = _UNIT.match(text, start)
    return None if match is None or match.lastgroup is None else _NAMES[int(match.lastgroup[1:])]
