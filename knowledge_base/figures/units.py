"""Units of measure by all their names in both languages; two figures agree only in the same unit."""

import re

_LATIN = {
    "km": "km|kilomet(?:er|re)s?",
    "m": "m|met(?:er|re)s?",
    "cm": "cm|centimet(?:er|re)s?",
    "mm": "mm|millimet(?:er|re)s?",
    "µm": "µm|um|microns?|micromet(?:er|re)s?",
    "nm": "nm|nanomet(?:er|re)s?",
    "mile": "miles?|mi",
    "ft": "ft|feet|foot",
    "in": "inch(?:es)?",
    "au": "AU|au|astronomical units?",
    "ly": "ly|light[- ]years?",
    "light-s": "light[- ]seconds?",
    "light-min": "light[- ]minutes?",
    "kg": "kg|kilograms?|kilos?",
    "g": "g|grams?",
    "mg": "mg|milligrams?",
    "t": "t|tonnes?|metric tons?",
    "ton": "tons?",
    "lb": "lbs?|pounds?",
    "ms": "ms|milliseconds?",
    "s": "s|secs?|seconds?",
    "min": "min|mins|minutes?",
    "h": "h|hrs?|hours?",
    "day": "days?|d",
    "week": "weeks?",
    "month": "months?",
    "year": "years?|yrs?",
    "sol": "sols?",
    "°C": "°C|℃|deg(?:rees?)?[- ]?C(?:elsius)?",
    "°F": "°F|deg(?:rees?)?[- ]?F(?:ahrenheit)?",
    "K": "K|kelvins?",
    "°": "°|degrees?|deg",
    "%": "%|per ?cent",
    "kN": "kN|kilonewtons?",
    "MN": "MN|meganewtons?",
    "mN": "mN|millinewtons?",
    "N": "N|newtons?",
    "kW": "kW|kilowatts?",
    "MW": "MW|megawatts?",
    "W": "W|watts?",
    "V": "V|volts?",
    "GHz": "GHz|gigahertz",
    "MHz": "MHz|megahertz",
    "Hz": "Hz|hertz",
    "hPa": "hPa",
    "kPa": "kPa",
    "MPa": "MPa",
    "Pa": "Pa|pascals?",
    "mSv": "mSv|millisieverts?",
    "g-force": "gs|g-forces?",
    "$": "dollars?|USD",
    "€": "euros?",
    "¥": "yuan|RMB",
}
_HAN = {
    "km": "千米|公里",
    "cm": "厘米",
    "mm": "毫米",
    "µm": "微米",
    "nm": "纳米",
    "mile": "英里",
    "ft": "英尺",
    "in": "英寸",
    "au": "天文单位",
    "ly": "光年",
    "light-s": "光秒",
    "light-min": "光分",
    "kg": "千克|公斤",
    "mg": "毫克",
    "g": "克",
    "tf": "吨力",
    "t": "吨",
    "lb": "磅",
    "ms": "毫秒",
    "s": "秒钟|秒",
    "min": "分钟",
    "h": "个?小时",
    "sol": "个?火星日",
    "day": "天|昼夜",
    "week": "周|个星期",
    "month": "个月",
    "year": "年",
    "century": "个?世纪",
    "°C": "摄氏度|℃|°C",
    "K": "开尔文|开",
    "°": "°|度",
    "%": "%|％",
    "kN": "千牛",
    "N": "牛顿|牛",
    "kW": "千瓦",
    "MW": "兆瓦",
    "W": "瓦",
    "V": "伏",
    "GHz": "吉赫",
    "MHz": "兆赫",
    "Hz": "赫兹|赫",
    "hPa": "百帕",
    "kPa": "千帕",
    "Pa": "帕",
    "$": "美元",
    "€": "欧元",
    "¥": "元",
    "m": "米",
}
_PER = r"s|seconds?|h|hours?|min|minutes?|days?|years?|秒|小时|分钟|天|年"
_RATE = rf"(?:\s*(?:/|\bper\b|\ban?\b|\beach\b|\bevery\b|每)\s*(?P<rate>{_PER})(?P<square>[²2]|\s+squared)?(?![A-Za-z]))?"
_UNIT = re.compile(
    r"[\s\u00a0-]*(?:(?:"
    + "|".join(f"(?P<l{at}>{names})" for at, names in enumerate(_LATIN.values()))
    + r")(?![A-Za-z])|"
    + "|".join(f"(?P<h{at}>{names})" for at, names in enumerate(_HAN.values()))
    + ")"
    + _RATE
)
_NAMES = {f"l{at}": name for at, name in enumerate(_LATIN)} | {f"h{at}": name for at, name in enumerate(_HAN)}
_BEFORE = re.compile(r"每(?P<rate>秒|小时|分钟|天|年)钟?[^，。；\d]{0,6}$|(?P<speed>时速)[^，。；\d]{0,4}$")
_MONEY = re.compile(r"[$€¥]\s?$")
_RATES = {"秒": "s", "小时": "h", "分钟": "min", "天": "day", "年": "year"}


def unit_after(text: str, start: int, end: int) -> tuple[str | None, int]:
    """The unit of the number at ``text[start:end]``, ``km/s`` for a rate, and where it ends; None for a bare number."""
    match = _UNIT.match(text, end)
    before = text[max(0, start - 12) : start]
    if match is None:
        money = _MONEY.search(before)
        return (money[0].strip() if money else None), end
    name = next(_NAMES[group] for group, found in match.groupdict().items() if found and group in _NAMES)
    ahead = _BEFORE.search(before)
    rate = match["rate"] or (ahead and (ahead["rate"] or "小时"))
    if not rate:
        return name, match.end()
    rate = _RATES.get(rate) or next(unit for unit in ("s", "min", "h", "day", "year") if re.fullmatch(_LATIN[unit], rate))
    return f"{name}/{rate}{'²' if match['square'] else ''}", match.end()
