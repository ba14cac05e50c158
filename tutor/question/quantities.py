"""Which kind of quantity a question asks for, and whether a sentence tells one: a mass is not an answer to a question of height."""

import re
from dataclasses import dataclass

_NUMERALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    "hundred|thousand|million|billion|half|few|several|an?"
)
_FIGURE = r"\d[\d,.]*(?:\s*(?:to|-|–|至|到|×)\s*\d[\d,.]*)?\s*(?:thousand|million|billion|万|亿|多|余|几)*"
_NUMBER = rf"(?:{_FIGURE}|\b(?:{_NUMERALS})\b|[一二三四五六七八九十百千万亿两半数几]+)[\s-]*(?:多|余|来|个)?"


@dataclass(frozen=True)
class Quantity:
    """A kind of quantity: how questions ask for it, how sentences tell it."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _figure_with(latin: str, han: str) -> str:
    """A number with one of the units, which no other divides: 11.2 km is a length, 11.2 km/s is none."""
    return rf"{_NUMBER}(?:(?:{latin})\b|{han})(?!\s*/|\s+per\b|每)"


_TIME = _figure_with(
    "s|sec(?:ond)?s?|min(?:ute)?s?|h|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|sols?",
    r"秒|分钟|分|小时|天|昼夜|(?<!月\d)(?<!月\d\d)日|周|个月|(?<!\d{4})年|火星日|世纪|年代",  # 12月1日 and 2020年 are dates
)
_LENGTH = _figure_with(
    "km|m|cm|mm|µm|um|nm|au|(?:kilo|centi|milli)?met(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|light[- ](?:years?|minutes?|seconds?)",
    "千米|公里|公尺|公分|公厘|米|厘米|毫米|微米|纳米|天文单位|英里|英尺|英寸|英[哩呎吋]|呎|吋|光年|光秒|光分|里",
)
_MASS = _figure_with("kg|g|t|mg|tonnes?|tons?|kilograms?|kilos?|grams?|pounds?|lbs?", "千克|公斤|毫克|克|吨|斤|磅")

# Tried in order: "how many years" is a duration before it is anything else; "how long" leaves open whether time or length is meant.
QUANTITIES = (
    Quantity(
        "money",
        _pattern(
            r"\bcosts?\b",
            r"\bprice\b",
            r"\bbudget\b",
            r"\bhow expensive\b",
            "多少钱|花了?.{0,3}多少(?:亿|万|元|美元)",
            "花费|造价|成本|预算|经费|多贵",
        ),
        _pattern(r"[$€£¥]", r"\b(?:dollars?|euros?|yuan|pounds?|rou?bles?)\b", r"[\d百千万亿多]\s*[美欧日港]?元|美金|卢布|英镑"),
    ),
    Quantity(
        "volume",
        _pattern(r"\bhow (?:many|much) (?:lit(?:er|re)s?|gallons?|cubic)\b", r"\bvolume of\b", "多少立?方?升|几升|容积|体积|多少立方"),
        _pattern(_figure_with("l|ml|lit(?:er|re)s?|gallons?|cubic met(?:er|re)s?|m³", "升|毫升|立方米|立方千米")),
    ),
    Quantity(
        "age",
        _pattern(r"\bhow old\b", "几岁|多少岁|多大年[纪龄]|多大岁数|年龄"),
        _pattern(r"years?[- ]old", r"\baged?\b", r"\b(?:million|billion) years", "岁|亿年|万年"),
    ),
    Quantity(
        "temperature",
        _pattern(r"\bhow (?:hot|cold|warm)\b", r"\btemperature\b", "多热|多冷|温度|多少度"),
        _pattern("°", r"\bdeg(?:rees?|C)\b", r"\d\s*K\b", r"[\d一二三四五六七八九十百千多]\s*度|摄氏|开尔文|℃"),
    ),
    Quantity(
        "speed",
        _pattern(
            r"\bhow fast\b",
            r"\b(?:speed|velocity)\b",
            r"\bhow many (?:kilomet|met|miles|km\b).*\b(?:per|an?|each|every) (?:second|minute|hour)\b",
            "多快|速度|每(?:秒|分钟|小时).*多少(?:公里|千米|米)",
        ),
        _pattern(
            r"(?:/|\bper )(?:s|h|sec(?:ond)?|hour|minute)\b",
            r"\b(?:mph|knots?|Mach)\b",
            r"每秒|每小时|每分钟|一(?:秒|小时).{0,4}\d|时速|秒速|马赫|/秒|/小时|倍[音声]速",
        ),
    ),
    Quantity(
        "mass",
        _pattern(
            r"\bhow heavy\b",
            r"\bwe?ie?gh(?:s|ts?)?\b",
            r"\bmass of\b",
            r"\b(?:launch|total|dry|whole|its) mass\b",
            r"\bhow many (?:kilograms?|kilos?|kg|tonnes?|tons?|grams?)\b",
            "多重|重量|质量(?!.*倍)|多少(?:公斤|千克|克|吨)|几吨|有多沉",
        ),
        _pattern(_MASS),
    ),
    Quantity(
        "duration",
        _pattern(
            r"\bhow (?:many|much) (?:seconds|minutes|hours|days|weeks|months|years|time)\b",
            "多久|多长时间|多少(?:秒|分钟|小时|天|年|个月|时间)|几(?:分钟|个?小时|天|个月|秒)",
        ),
        _pattern(_TIME),
    ),
    Quantity("length", _pattern(r"\bhow long\b.*\bin (?:centi|kilo)?met(?:er|re)s\b"), _pattern(_LENGTH)),
    Quantity("extent", _pattern(r"\bhow long\b", "多长"), _pattern(_TIME, _LENGTH)),
    Quantity(
        "length",
        _pattern(
            r"\bhow (?:tall|high|far|deep|wide|thick)\b",
            r"\b(?:height|diameter|altitude)\b",
            r"\bhow many (?:kilomet(?:er|re)s|met(?:er|re)s|miles|km)\b",
            "多高|多远|多深|多宽|多厚|多粗|高度(?!发达|重视)|距离|直径|长度|多少[百千万亿]*(?:公里|千米|公尺|公分|厘米|米|里)",
        ),
        _pattern(_LENGTH),
    ),
)
_NOUNS = "weight|mass|speed|velocity|temperature|height|altitude|diameter"
# "How does a parachute cut the speed", "what is weight" and how two things differ are told without a figure.
_ASKS_FOR_FIGURE = _pattern(
    r"\bhow (?:many|much|long|far|fast|heavy|tall|high|deep|wide|thick|hot|cold|warm|old|big|large|expensive)\b",
    rf"\bwhat (?:{_NOUNS})\b",
    rf"\bwhat(?:'?s| is| was)\b(?! (?:(?:escape|orbital) )?(?:{_NOUNS})\W*$)(?!.*\b(?:difference|relation|effect|meant)\b)",
    "多[少大小长短远近高低重轻快慢深浅宽窄久热冷厚薄粗细贵沉]|几(?!乎)|什么(?:速度|温度|高度)",
)
# How somebody finds out how high a mountain is, is told without its height.
_ASKS_HOW_IT_IS_KNOWN = _pattern(
    r"\bhow (?:do|does|did|can|could|would) .{0,60}?\b(?:know|tell|see|find out|measure|work out|figure out|calculate) .{0,60}?\bhow \w+",
    "(?:怎么|怎样|咋|如何|凭什么|靠什么|靠啥|用什么).{0,20}?(?:知道|看得?出|测|量|算|得知|判断|确定).{0,20}?多[高远深大长重快热冷厚]",
)


def asked_quantity(question: str) -> Quantity | None:
    """The kind of quantity that the question asks for, or None when it asks for none of them."""
    if not _ASKS_FOR_FIGURE.search(question) or _ASKS_HOW_IT_IS_KNOWN.search(question):
        return None
    return next((quantity for quantity in QUANTITIES if quantity.asked.search(question)), None)
