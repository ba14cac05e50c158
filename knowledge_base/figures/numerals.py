"""Numbers written in words, as values: ``twenty-three``, ``两千三百``, ``十五``."""

import re
from decimal import Decimal

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_ONES.split())} | {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split())} | {"twentieth": 20, "thirtieth": 30, "hundredth": 100}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
HAN_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_WORD = "|".join(sorted([*_VALUES, *SCALES], key=len, reverse=True))
WORDS = rf"\b(?:{_WORD})(?:(?:[\s-]|\s+and\s+)(?:{_WORD})\b)*\b"
HAN = f"[{''.join([*_HAN_DIGITS, *HAN_SCALES])}]+"


def english(text: str) -> Decimal:
    """The value of number words that match WORDS: ``two hundred and thirty`` is 230."""
    total = part = 0
    for word in re.findall("[a-z]+", text.lower()):
        if word in SCALES:
            part = max(part, 1) * SCALES[word]
            if SCALES[word] >= 1_000:
                total, part = total + part, 0
        elif word in _VALUES:
            part += _VALUES[word]
    return Decimal(total + part)


def chinese(text: str) -> Decimal:
    """The value of a numeral that matches HAN: ``三百六十五`` is 365, ``二〇二〇`` is 2020, ``三十八万`` is 380,000."""
    if not set(text) & set(HAN_SCALES):
        return Decimal("".join(str(_HAN_DIGITS[character]) for character in text))
    total = part = digit = 0
    for character in text:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif HAN_SCALES[character] >= 10_000:
            total, part, digit = (total + part + digit or 1) * HAN_SCALES[character], 0, 0
        else:
            part, digit = part + (digit or 1) * HAN_SCALES[character], 0
    return Decimal(total + part + digit)
