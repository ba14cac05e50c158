"""Dates and times of day in a text, in both languages, each with the clock that the text names beside it."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge_base.figures import numerals
from knowledge_base.figures.units import unit_after

Clock = Literal["utc", "beijing"]
_MONTHS = {name: at for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_MONTH = (
    r"(?<!Long )(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<{0}>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_NUM = f"(?:\\d+|{numerals.HAN})"
_DATE = re.compile(
    "|".join(
        (
            rf"(?<![\d.,-]){_YEAR.format('y1')}[-/](?P<m1>\d{{1,2}})(?:[-/](?P<d1>\d{{1,2}}))?(?![\d-])",
            rf"\b(?:the )?{_DAY.format('d2')}(?: of)? {_MONTH.format('m2')}(?:,? {_YEAR.format('y2')})?\b",
            rf"\b{_MONTH.format('m3')} {_DAY.format('d3')}\b(?!:)(?:,? {_YEAR.format('y3')})?",
            rf"\b{_MONTH.format('m4')},? (?:of )?{_YEAR.format('y4')}\b",
            r"(?P<y5>\d{4}|[〇零一二三四五六七八九]{4})\s*年(?!代)(?:\s*(?P<m5>" + _NUM + r")\s*月(?:\s*(?P<d5>" + _NUM + r")\s*[日号])?)?",
            r"(?P<m6>" + _NUM + r")\s*月(?:\s*(?P<d6>" + _NUM + r")\s*[日号]|[份底初])",
            r"(?<![\d.,个])(?P<d7>\d{1,2})\s*日",
            rf"(?<![\d.,:$€¥+-]){_YEAR.format('y8')}(?![\d:%]|[.,]\d|\s*年代|s\b)",
            rf"\b(?:in|since|until|by|of|during|from|late|early|and) {_MONTH.format('m9')}(?! \d)\b",
            rf"\b(?:on|by|until|from) the {_DAY.format('d10')}(?<=[a-z])\b",
        )
    ),
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:.])(?P<h>\d{1,2}):(?P<min>\d\d)(?::(?P<s>\d\d))?(?![\d:])(?:\s*(?P<half>[ap])\.?m\b\.?)?|(?<!\d)(?P<zh>\d{1,2})[时点](?:(?P<zmin>\d{1,2})分|整)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<utc>\bUTC\b|\bGMT\b|\bUniversal Time\b|协调世界时|世界时)|"
    r"(?P<beijing>\b(?:Beijing|China)(?: standard)? time\b|\bin Beijing\b|北京时间)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[()（）;；。]|, (?:which|or)\b|[，,]\s*(?:即|也就是|相当于)")


@dataclass(frozen=True)
class Moment:
    """A date or a time of day as far as it is told; None for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: tuple[int, ...] | None = None
    clock: Clock | None = None

    def within(self, told: "Moment") -> bool:
        """Whether `told` tells all of this: ``November 2020`` lies within ``23 November 2020``, but never the other way round."""
        same = all(ours is None or ours == theirs for ours, theirs in ((self.year, told.year), (self.month, told.month), (self.day, told.day)))
        timed = self.time is None or (told.time is not None and told.time[: len(self.time)] == self.time)
        return same and timed and (self.clock == told.clock or (self.clock, told.clock) == (None, "utc"))


def moments(text: str) -> list[tuple[Moment, tuple[int, int]]]:
    """Every date and time of day in `text`, each with its span."""
    dates = (match for match in _DATE.finditer(text) if not (match["y8"] and unit_after(text, *match.span())[0]))  # 1731 g is no year
    found = [*((match, _dated(match)) for match in dates), *((match, _timed(match)) for match in _TIME.finditer(text))]
    return [(_clocked(text, match, moment), match.span()) for match, moment in found]


def _dated(match: re.Match[str]) -> Moment:
    parts = {kind: next((value for name, value in match.groupdict().items() if name[0] == kind and value), None) for kind in "ymd"}
    return Moment(_value(parts["y"]), _value(parts["m"]), _value(parts["d"]))


def _value(part: str | None) -> int | None:
    if part is None:
        return None
    if part.isascii():
        return int(part) if part.isdigit() else _MONTHS[part[:3].lower()]
    return int(numerals.chinese(part))


def _timed(match: re.Match[str]) -> Moment:
    if match["zh"]:
        return Moment(time=(int(match["zh"]), *([int(match["zmin"])] if match["zmin"] else [])))
    hour = int(match["h"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return Moment(time=(hour, int(match["min"]), *([int(match["s"])] if match["s"] else [])))


def _clocked(text: str, match: re.Match[str], moment: Moment) -> Moment:
    """With the clock named nearest to it, between the same brackets."""
    breaks = [0, *(found.start() for found in _BREAK.finditer(text)), len(text)]
    start = max(at for at in breaks if at <= match.start())
    end = min(at for at in breaks if at >= match.end())
    near = [(min(abs(clock.start() - match.end()), abs(match.start() - clock.end())), clock) for clock in _CLOCK.finditer(text, start, end)]
    if not near:
        return moment
    clock: Clock = "utc" if min(near, key=lambda one: one[0])[1]["utc"] else "beijing"
    return Moment(moment.year, moment.month, moment.day, moment.time, clock)
