"""Whether a sentence tells the numbers of a figure's value: 1,731 and 1731, 2.9 billion, 150万, 3.0 × 10⁻¹⁰."""

import re
import unicodedata

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_NUMBER = re.compile(rf"(\d+(?:\.\d+)?)(?: × 10(-?\d+)| ?({'|'.join(sorted(_SCALES, key=len, reverse=True))}))?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_HAN_NUMBER = re.compile("(?:[〇零一二两三四五六七八九十百万亿点]|千(?![米克瓦帕]))+")
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_FROM_ZERO = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: float(value) for value, word in enumerate(_FROM_ZERO)}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_TOLERANCE = 1e-9


def lacking(value: int | float | str, sentence: str) -> tuple[float, ...]:
    """The numbers of `value`, without their signs, that the sentence does not tell."""
    wanted = (abs(float(value)),) if isinstance(value, int | float) else tuple(map(float, re.findall(r"\d+(?:\.\d+)?", _THOUSANDS.sub("", value))))
    told = numbers(sentence)
    return tuple(one for one in wanted if not any(abs(one - other) <= _TOLERANCE * abs(one) for other in told))


def numbers(text: str) -> set[float]:
    """The numbers that a text tells, without their signs, words like million applied; also each as it is written."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).replace("−", "-"))
    found = {_WORDS[word.lower()] for word in _WORD.findall(plain)}
    for match in _NUMBER.finditer(plain):
        value = float(match[1])
        scale = _SCALES[match[3].lower()] if match[3] else 10.0 ** int(match[2] or 0)
        found |= {value, value * scale, round(value * scale, 6)}
    for written in _HAN_NUMBER.findall(plain):
        found |= {value for value in [_han(written)] if value is not None}
    return found


def _han(written: str) -> float | None:
    """A number in Chinese numerals, 二十一 or 三点五 or 一万七千; None for what is none, such as 万 alone."""
    whole, point, fraction = written.partition("点")
    if not set(whole) & (_HAN_DIGITS.keys() | {"十"}) or (point and not set(fraction) <= _HAN_DIGITS.keys()):
        return None
    decimals = "".join(str(_HAN_DIGITS[digit]) for digit in fraction)
    return float(f"{_han_whole(whole)}.{decimals or 0}")


def _han_whole(written: str) -> int:
    if len(written) > 1 and set(written) <= _HAN_DIGITS.keys():  # 二〇二〇
        return int("".join(str(_HAN_DIGITS[digit]) for digit in written))
    total = section = digit = 0
    for character in written:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_SCALES:
            section, digit = section + (digit or 1) * _HAN_SCALES[character], 0
        else:
            unit = 10_000 if character == "万" else 100_000_000
            total, section, digit = (total + section + digit) * unit if unit > 10_000 else total + (section + digit) * unit, 0, 0
    return total + section + digit
