"""Days and months named in a text, in English, Chinese and ISO 8601, as year, month and day."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = (
    r"(?P<month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\d-])",
        rf"(?<![\d.,]){_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}?",
        rf"(?<!Long )\b{_MONTH}\s+{_DAY}(?![\d:]){_YEAR}?",  # Long March 5 is a rocket
        rf"\b{_MONTH}{_YEAR}",
        r"(?:(?P<year>\d{4})\s*年\s*)?(?<!\d)(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?",
    )
)


@dataclass(frozen=True)
class Date:
    """A date as far as it is told."""

    year: int | None
    month: int
    day: int | None


def dates(text: str) -> tuple[list[Date], str]:
    """The dates of `text`, and the text without them. A year alone is a number."""
    text = unicodedata.normalize("NFKC", text)
    found: list[Date] = []
    for form in _FORMS:
        found.extend(map(_date, form.finditer(text)))
        text = form.sub(" ; ", text)
    return found, text


def _date(match: re.Match[str]) -> Date:
    told = match.groupdict()
    named = told["month"]
    month = int(named) if named.isdigit() else _MONTHS.index(named[:3]) + 1
    return Date(_number(told["year"]), month, _number(told.get("day")))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def parts(date: Date) -> Iterator[int]:
    """The numbers that a date is told by."""
    yield from (part for part in (date.year, date.month, date.day) if part is not None)
