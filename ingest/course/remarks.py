"""What a person should look at in a course's file that reads well: statements past their day, figures without their number."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from pydantic import BaseModel

from ingest.course.figures import lacking
from ingest.course.lesson_schema import Lesson
from ingest.course.schema import Concept, End, Figure, Mission, Number, Told
from ingest.types import Remark

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def remarks_on(told: Mission | Concept | Lesson, lines: Mapping[str, int]) -> tuple[Remark, ...]:
    """The remarks in the order of the file's keys; `lines` says where each top key stands."""
    return tuple(chain(_expiries(told, lines), _figures(told, lines)))


def front_matter_remarks(said: Mapping[str, str], lines: Mapping[str, int]) -> tuple[Remark, ...]:
    """The same of a text's front matter that no schema has checked."""
    day = said.get("valid_until")
    if day is None:
        return ()
    line = lines.get("valid_until", 1)
    return (_expired("this file", day, line) if _DAY.fullmatch(day) else Remark(line, f"valid_until: {day!r} is no day: write it as 2026-07-01"),)


def _expiries(told: Mission | Concept | Lesson, lines: Mapping[str, int]) -> Iterator[Remark]:
    if told.valid_until is not None:
        yield _expired("this file", told.valid_until, lines.get("valid_until", 1))
    for key in type(told).model_fields:
        for place, statement in _statements(getattr(told, key), key):
            if statement.valid_until is not None:
                yield _expired(place, statement.valid_until, lines.get(key, 1))


def _expired(place: str, day: str, line: int) -> Remark:
    return Remark(line, f"{place} expired on {day}: check it and set a new valid_until", until=day)


def _figures(told: Mission | Concept | Lesson, lines: Mapping[str, int]) -> Iterator[Remark]:
    for key in type(told).model_fields:
        for place, statement in _statements(getattr(told, key), key):
            if not isinstance(statement, Figure | Number):
                continue
            for language, sentence in (("en", statement.en), ("zh", statement.zh)):
                if lacking(statement.value, sentence):
                    yield Remark(lines.get(key, 1), f"{place}: its {language} sentence does not tell the value {statement.value!r}: make them agree")


def _statements(value: object, place: str) -> Iterator[tuple[str, Told | End]]:
    """Every statement in both languages, with the place where it stands in the file."""
    if isinstance(value, Told | End):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _statements(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _statements(one, f"{place}.{name}")
    elif isinstance(value, list):
        for at, one in enumerate(value, 1):
            yield from _statements(one, f"{place}[{at}]")
