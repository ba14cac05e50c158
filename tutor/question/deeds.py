"""The deeds that a question speaks of, such as a landing, and how sentences tell of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.question.patterns import pattern


@dataclass(frozen=True)
class Deed:
    """How questions name a deed, and what tells of it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_DEEDS = (
    Deed(
        pattern(r"\bland(?:ed|s|ing)?\b", r"\b(?:touch|splash)(?:ed)? ?down\b", "着陆|登陆|登月|降落|溅落"),
        pattern(r"\bland", r"\b(?:touch|splash|came|come)\w* ?down\b", r"\b(?:crash|impact|hit)", "着陆|登陆|登月|降落|溅落|落月|撞|落在"),
    ),
    Deed(
        pattern(r"\b(?:crash(?:ed|es)?|smash(?:ed)?|slam(?:med)?)\b", "坠毁|撞上|撞击"),
        pattern(r"\b(?:crash|impact|hit|smash|struck|collid|plung)", "坠|撞|命中"),
    ),
    Deed(pattern(r"\bwalk(?:ed|s|ing)?\b", "行走|漫步|走出"), pattern(r"\bwalk", r"\bEVA\b", r"\bdr[io]ve", "行走|出舱|行驶")),
    Deed(pattern(r"\b(?:die[ds]?|dead|killed)\b", "死|牺牲|遇难|丧生"), pattern(r"\b(?:die|dead|kill|lost|death)", "死|牺牲|遇难|丧生|失去")),
    Deed(
        pattern(
            r"\b(?:fl[ye]w?|flown|bring|brought|came|come|return(?:ed)?|get|got) .*\b(?:back|home)\b",
            r"\breturn(?:ed)?\b",
            "带回|返回|飞回|回到|运回",
        ),
        pattern(
            r"\breturn",
            r"\b(?:br[io]\w+|came|come|fl\w+|sent) .*\bback\b",
            r"\bback (?:to|on) Earth",
            r"\bre-?ent",
            r"\bsplash",
            r"\bon Earth\b",
            "返回|带回|回到|取回|溅落|再入|回收|送回",
        ),
    ),
    Deed(pattern(r"\bdock(?:ed|ing)?\b", "对接"), pattern(r"\bdock", "对接")),
    Deed(
        pattern(r"\b(?:astronauts?|cosmonauts?|taikonauts?|crew)\b", "航天员|宇航员|乘组"),
        pattern(r"\b(?:astronaut|cosmonaut|taikonaut|crew|people|person|pilot)", "航天员|宇航员|乘组|载人|指令长"),
    ),
    Deed(pattern(r"\bdr(?:ove|ive[ns]?|iving)\b", "驾驶|行驶"), pattern(r"\bdr[oi]v", "驾驶|行驶")),
)


def deeds(folded: str) -> Iterator[Deed]:
    """The deeds that a folded question speaks of."""
    return (deed for deed in _DEEDS if deed.asked.search(folded))
