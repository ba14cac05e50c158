"""How sentences tell dates, places and rockets, in both languages."""

import re

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Any of the alternatives, whatever their case."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


DATE = pattern(rf"\b\d{{1,2}} (?:{MONTHS})\b", rf"\b(?:{MONTHS}) \d", r"\b(?:in|since|until|by|of) (?:\w+ )?(?:19|20)\d\d\b", r"\d{4}年|\d+月")
ROCKET = pattern(r"\brockets?\b", r"\blaunch vehicles?\b", "火箭")
LAUNCHED = pattern(r"\blaunch\w*\b", r"\btook off\b", r"\blifted off\b", "发射|升空|起飞")
LANDED = pattern(r"\bland\w*\b", r"\bc[oa]me down\b", r"\btouch\w* down\b", r"\bsplashed down\b", "着陆|降落|落月|溅落")
PLACE = re.compile(
    r"\b(?:in|at|near|from|inside|off|close to)\s+(?:the\s+|northern\s+|southern\s+|eastern\s+|western\s+)*[A-Z]|"
    "位于|在.{2,20}(?:着陆|降落|溅落)|落在|从.{2,20}(?:发射|升空)|着陆点|着陆区"
)
