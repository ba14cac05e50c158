"""Numbers with units as pupils write them, and the same quantity in other units."""

import re
import unicodedata
from dataclasses import dataclass, replace

from knowledge_base.figures import numerals
from knowledge_base.figures.sizes import SIZES, size
from knowledge_base.figures.units import unit_after

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile("(?<=10)([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_COMMAS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POWER = re.compile(
    r"(?:(?P<base>\d+(?:\.\d+)?)\s*(?:[×x*✕⋅·]|times|乘以?)\s*)?(?<![\d.])10\s*"
    r"(?:\^|\*\*|to the (?:power (?:of )?)?|的)\s*(?P<exponent>[+-]?\d+)(?:th)?(?:\s*power)?(?:次方|次幂)?|(?P<e>\d+(?:\.\d+)?)[eE](?P<of>[+-]?\d+)",
    re.IGNORECASE,
)
_HAN_CHARACTERS = numerals.HAN.strip("[]+")
_HAN = re.compile(
    rf"(?<![\d{_HAN_CHARACTERS}])(?P<whole>(?:(?![百千][米克瓦牛帕赫])[{_HAN_CHARACTERS}])+)(?:点(?P<fraction>[零〇一二三四五六七八九]+))?(?![{_HAN_CHARACTERS}]*[般样起些共直定下切旦])"
)
_DIGIT_WORDS = {word: str(value) for value, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])}
_POINT = re.compile(
    rf"(?:(?P<whole>{numerals.WORDS})\s+)?point\s+(?P<fraction>(?:{'|'.join(_DIGIT_WORDS)})(?:[\s-]+(?:{'|'.join(_DIGIT_WORDS)}))*)", re.IGNORECASE
)
_WORDS = re.compile(numerals.WORDS, re.IGNORECASE)
_PARTS = re.compile(r"(?P<base>\d+)分之(?P<part>\d+(?:\.\d+)?)|(?<![\d./])(?P<over>\d+)\s*/\s*(?P<under>[1-9]\d*)(?![\d./])")
_MINUS = re.compile(r"(?:minus|negative|负|零下|[−–—])\s*(?=\d)", re.IGNORECASE)
_BELOW = re.compile(r"(?<![\d.])(\d[\d.]*)(\s*\S{0,12}(?:\s+c(?:elsius)?)?\s+below\s+(?:zero|0|freezing))", re.IGNORECASE)
_SQUARED = re.compile(r"(?:m|米)(?:\s*[/每]\s*(?:二次方秒|平方秒|秒的?平方|s\s*\^\s*2|s\s*\*\*\s*2)|\s*[·.]?\s*s(?:\^-2|-2))")
_HALF = re.compile(r"(?<=\d)(?:\s+and\s+a\s+half|(?P<of>个|小时|分|[年天米]|千米|公里)半(?!径))", re.IGNORECASE)
_MINUTES = re.compile("(?<=\\d)分(?=$|[\\s，。,.!！\\d半多左])")
_ROUGHLY = re.compile("(?<=[\\d百千万亿])[多余来](?=\\S)")
_NUMBER = re.compile(
    r"(?<![\d.])(?P<digits>(?:(?<![\w)])-)?\d+(?:\.\d+)?)"
    r"(?:\s*(?P<scale>(?i:hundred|thousand|million|billion)|[百千]*[万亿]+|[百千](?![米克瓦牛帕赫]))|(?P<k>k)(?!\w))?"
)
_JOINED = re.compile(r"\s*(?:to|or|and|[-~–—～]|至|到|或者?|还是|和)\s*", re.IGNORECASE)
LONGEST = 300  # characters of a reply in which numbers are looked for
LARGEST_POWER = 60  # of ten: no lesson goes beyond, and hundreds of digits take long to read
_APART = 12  # characters between the two numbers of 12 min 30 s
_SYMBOL = re.compile(r"\s*([A-Za-zµ]+)(?![A-Za-z/])")
_CASELESS = {name.lower(): name for name in SIZES if name not in ("MN", "mN")}
_RESULT = re.compile("=|≈|等于|equals")


@dataclass(frozen=True)
class Quantity:
    """A number, its unit by the name that `knowledge_base.figures.units` gives it, and what stands behind the number, folded."""

    value: float
    unit: str | None
    behind: str = ""


def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a reply in order, of its beginning at least; of one that shows its working, those of the result."""
    plain = _plain(text[:LONGEST])
    plain = plain[max((match.end() for match in _RESULT.finditer(plain)), default=0) :]
    found, before = list[Quantity](), len(plain)
    for match in reversed(list(_NUMBER.finditer(plain))):
        one = _quantity(plain, match)
        between = plain[match.end() : before]
        if found and one.unit is None and _JOINED.fullmatch(between):
            one = replace(found[-1], value=one.value)  # 7 to 8 km/s
        rest = _rest(one, found[-1]) if found and len(between) <= _APART and "," not in between else None
        found[-1:] = [*found[-1:], one] if rest is None else [replace(one, value=one.value + rest)]
        before = match.start()
    return tuple(reversed(found))


def _rest(one: Quantity, other: Quantity) -> float | None:
    """The second as a part of the first, in its unit: the 30 seconds of 12 min 30 s; None for another kind of thing, or no less than one."""
    whole, part = (size(each.value, each.unit) if each.unit else None for each in (Quantity(1, one.unit), other))
    if whole is None or part is None or whole[0] != part[0] or whole[0] != "time" or one.unit == other.unit:
        return None
    return part[1] / whole[1] if part[1] < whole[1] else None


def unit_named(unit: str) -> str | None:
    """The name of a unit as a lesson writes it, such as ``km/s`` for 千米每秒; None for what measures nothing: 个, times."""
    return unit_after(f"1 {_plain(unit)}", 0, 1)[0]


def folded(text: str) -> str:
    """As units and what is counted are compared: without case, spaces and the plural's s."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower().removesuffix("s")


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    value, scale = float(match["digits"]), (match["scale"] or "").lower()
    factor = 1_000 if match["k"] else numerals.SCALES.get(scale, 1)
    for character in scale if scale and not scale.isascii() else "":
        factor *= numerals.HAN_SCALES[character]
    symbol = _SYMBOL.match(text, match.end())
    unit = (
        unit_after(text, match.start(), match.end())[0]
        or unit_after(text.lower(), match.start(), match.end())[0]
        or (_CASELESS.get(symbol[1].lower()) if symbol else None)
    )
    return Quantity(value * factor, unit, folded(text[match.end() : match.end() + 24]))


def _plain(text: str) -> str:
    """Every way to write a number as digits with a point, the rest of the text as it stands."""
    text = _RAISED.sub(lambda raised: "^" + raised[1].translate(_SUPERSCRIPT), text)
    text = unicodedata.normalize("NFKC", text)
    text = _SQUARED.sub("m/s2", text)
    text = _POINT.sub(_pointed, text)
    text = _WORDS.sub(lambda words: f"{numerals.english(words[0]):f}", text)
    text = _HAN.sub(_from_han, text)
    text = _COMMAS.sub("", _SPACED.sub("", text))
    text = _PARTS.sub(_part, text)
    text = _POWER.sub(_expanded, text)
    text = _HALF.sub(lambda half: f".5{half['of'] or ''}", _ROUGHLY.sub("", text))
    return _BELOW.sub(r"-\1\2", _MINUS.sub("-", _MINUTES.sub("分钟", text)))


def _pointed(match: re.Match[str]) -> str:
    whole = numerals.english(match["whole"]) if match["whole"] else 0
    return f"{whole}." + "".join(_DIGIT_WORDS[word] for word in re.findall("[a-z]+", match["fraction"].lower()))


def _from_han(match: re.Match[str]) -> str:
    if set(match["whole"]) <= {"百", "千", "万", "亿"}:  # 30万 has its digits before it
        return match[0]
    fraction = f".{numerals.chinese(match['fraction']):0{len(match['fraction'])}}" if match["fraction"] else ""
    return f"{numerals.chinese(match['whole'])}{fraction}"


def _part(match: re.Match[str]) -> str:
    if match["base"]:
        return f"{match['part']}%" if match["base"] == "100" else f"{float(match['part']) / (float(match['base']) or 1):.9g}"
    return f"{float(match['over']) / float(match['under']):.9g}"


def _expanded(match: re.Match[str]) -> str:
    base, exponent = match["e"] or match["base"] or "1", match["of"] or match["exponent"]
    value = float(base) * 10.0 ** max(-LARGEST_POWER, min(LARGEST_POWER, int(exponent)))
    return f"{value:.0f}" if value == int(value) else f"{value:.30f}".rstrip("0")
