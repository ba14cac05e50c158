"""What the course's own files must look like. Other Markdown may carry any front matter; a course's lesson may not."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from ingest.errors import Unreadable

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
M = TypeVar("M", bound="Strict")
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]


def _date_text(value: object) -> object:
    """YAML reads 2026-07-04 as a date and 2026 as a number; both are kept as text."""
    return str(value) if isinstance(value, dt.date | int) else value


Day = Annotated[str, BeforeValidator(_date_text), StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Strict(BaseModel):
    """A key that the schema does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    title: Text
    url: Text | None = None
    date: Day | None = None
    type: Text | None = None
    supports: list[Text] = Field(default=[], alias="for")


class Told(Strict):
    """A statement in both languages, each a sentence that stands alone; past `valid_until` somebody should check it."""

    en: Text
    zh: Text
    valid_until: Day | None = None


class Names(Strict):
    en: Text
    zh: Text


class Aliases(Strict):
    en: list[Text] = []
    zh: list[Text] = []


class Launch(Told):
    date: Day | None = None
    time_utc: Text | None = None
    local: Text | None = None
    vehicle: Text | None = None
    site: Text | None = None


class Event(Told):
    event: Text
    date: Day | None = None


class Landing(Told):
    site: Text


class End(Strict):
    date: Day | None = None
    en: Text | None = None
    zh: Text | None = None
    valid_until: Day | None = None

    @model_validator(mode="after")
    def _told_in_both_languages(self) -> "End":
        if (self.en is None) != (self.zh is None):
            raise ValueError("en and zh are told together or not at all")
        return self


class Status(Told):
    as_of: Day | None = None


class Figure(Told):
    value: int | float | str
    unit: Text


class Member(Strict):
    en: Text
    zh: Text | None = None
    role: Text | None = None


class Crew(Told):
    members: list[Member]


class Mission(Strict):
    """A mission, vehicle or programme. Dates are UTC; `unverified` names details that are left out until somebody checks them."""

    id: Id
    names: Names
    aliases: Aliases = Aliases()
    kind: list[Text]
    agency: Text
    country: Text
    destination: Text | None = None
    about: Told
    launch: Launch | None = None
    events: list[Event] = []
    landing: Landing | None = None
    end: End | None = None
    status: Status | None = None
    figures: dict[str, Figure] = {}
    crew: Crew | None = None
    results: list[Told] = []
    cautions: list[Told] = []
    disputed: list[Told] = []
    related: list[Id] = []
    as_of: Day
    valid_until: Day | None = None
    sources: list[Source] = Field(min_length=1)
    unverified: list[Text] = []
    check: Text
    source_strength: Text


class Number(Told):
    value: int | float | str
    unit: Text


class Concept(Strict):
    """An idea of the course: what it is, its key numbers, and what is often got wrong."""

    id: Id
    names: Names
    aliases: Aliases = Aliases()
    category: Text
    level: Text
    definition: Told
    numbers: list[Number] = []
    misconceptions: list[Told] = []
    related_missions: list[Id] = []
    as_of: Day
    valid_until: Day | None = None
    sources: list[Source] = Field(min_length=1)
    basis: list[Text] = []


def checked(model: type[M], values: Mapping[str, Any], lines: Mapping[str, int], *, begun: int = 1) -> M:
    """The values, whose first line is `begun`, as `model`; Unreadable with the line of the first key, or item of a list, that does not fit."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: line_of(one["loc"], lines, 0))
        where = ".".join(str(part) for part in first["loc"])
        what = f"the course's schema does not know the key {where!r}" if first["type"] == "extra_forbidden" else f"{where}: {first['msg']}"
        raise Unreadable(what, line=line_of(first["loc"], lines, begun)) from error


def line_of(place: Sequence[int | str], lines: Mapping[str, int], default: int) -> int:
    """The line of an item, such as ``questions.2``, else of its key."""
    key, item = ".".join(map(str, place[:2])), ".".join(map(str, place[:1]))
    return lines.get(key, lines.get(item, default))
