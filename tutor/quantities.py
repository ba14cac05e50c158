"""Which kind of quantity a question asks for, and whether a sentence tells one: a mass is not an answer to a question of height."""

import re
from dataclasses import dataclass

_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|billion|half|few|several|an?)"
_NUMBER = rf"(?:\d[\d,.]*(?:\s*(?:to|-|–|至|到|×)\s*\d[\d,.]*)?\s*(?:thousand|million|billion|万|亿|多|余|几)*|\b{_WORD}|[一二三四五六七八九十百千万亿两半数几]+)[\s-]*(?:多|余|来|个)?"


def _units(latin: str, han: str) -> re.Pattern[str]:
    return re.compile(rf"{_NUMBER}(?:(?:{latin})\b|{han})", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A kind of quantity: how questions ask for it, how sentences tell it."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


def _asked(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Tried in order; a question of "how long" leaves open whether it means time or length, so one pattern tells both.
_TIME = _units("s|sec(?:ond)?s?|min(?:ute)?s?|h|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|sols?", "秒|分钟|分|小时|天|昼夜|日|周|个?月|年|火星日|世纪|年代")
_LENGTH = _units(
    "km|m|cm|mm|µm|um|nm|au|(?:kilo|centi|milli)?met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|light[- ](?:years?|minutes?|seconds?)",
    "千米|公里|米|厘米|毫米|微米|纳米|天文单位|英里|英尺|英寸|光年|光秒|光分|里",
)
QUANTITIES = (
    Quantity("money", _asked(r"\bhow much (?:did|does|do|will|would|has|have)\b.*\bcosts?\b|\bcosts?\b|\bprice\b|\bbudget\b|\bhow expensive\b|多少钱|花费|造价|成本|预算|经费|多贵"),
             re.compile(r"[$€£¥]|\b(?:dollars?|euros?|yuan|pounds?|rubles?|roubles?)\b|元|美金|卢布|英镑", re.IGNORECASE)),
    Quantity("age", _asked(r"\bhow old\b|几岁|多少岁|多大年[纪龄]|多大岁数|年龄"), re.compile(r"years?[- ]old|\baged?\b|\b(?:million|billion) years|岁|亿年|万年", re.IGNORECASE)),
    Quantity("temperature", _asked(r"\bhow (?:hot|cold|warm)\b|\btemperature\b|多热|多冷|温度|多少度"), re.compile(r"°|\bdeg(?:rees?|C)\b|\d\s*K\b|度|摄氏|开尔文|℃", re.IGNORECASE)),
    Quantity("speed", _asked(r"\bhow fast\b|\bwhat speed\b|\bspeed\b|\bvelocity\b|多快|速度"),
             re.compile(r"(?:/|\bper )(?:s|h|sec(?:ond)?|hour|minute)\b|\bmph\b|\bknots?\b|\bMach\b|每秒|每小时|每分钟|时速|秒速|马赫|/秒|/小时|倍音速|倍声速", re.IGNORECASE)),
    Quantity("mass", _asked(r"\bhow heavy\b|\bweighs?\b|\bwe?ie?ghts?\b|\bmass of\b|\b(?:launch|total|dry|whole|the|its) mass\b(?! [a-z]*s\b)|\bhow many (?:kilograms?|kilos?|kg|tonnes?|tons?|grams?)\b|多重|重量|质量(?!.*倍)|多少公斤|多少千克|多少克|多少吨|几吨|有多沉"),
             _units("kg|g|t|mg|tonnes?|tons?|kilograms?|kilos?|grams?|pounds?|lbs?", "千克|公斤|毫克|克|吨|斤|磅")),
    Quantity("duration", _asked(r"\bhow (?:many|much) (?:seconds|minutes|hours|days|weeks|months|years|time)\b|多久|多长时间|多少(?:秒|分钟|小时|天|年|个月|时间)|几(?:分钟|个?小时|天|个月|秒)"), _TIME),
    Quantity("extent", _asked(r"\bhow long\b|多长"), re.compile(rf"{_TIME.pattern}|{_LENGTH.pattern}", re.IGNORECASE)),
    Quantity("length", _asked(r"\bhow (?:tall|high|far|deep|wide|thick)\b|\bheight\b|\bdiameter\b|\baltitude\b|\bhow many (?:kilomet(?:er|re)s|met(?:er|re)s|miles|km)\b"
                              r"|多高|多远|多深|多宽|多厚|多粗|高度(?!发达|重视)|距离|直径|长度|多少(?:公里|千米|米|里)"), _LENGTH),
)


def asked_quantity(question: str) -> Quantity | None:
    """The kind of quantity that the question asks for, or None when it asks for none of them."""
    wants_number = re.search(r"\bhow\b|\bwhat(?:'s| is| was| are|s)?\b|多|几", question, re.IGNORECASE)
    return next((quantity for quantity in QUANTITIES if quantity.asked.search(question)), None) if wants_number else None
