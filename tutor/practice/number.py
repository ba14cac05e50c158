"""Marks a number with its unit: in whatever unit it is given, within the question's tolerance."""

import math
import re
from dataclasses import replace

from knowledge_base.figures.sizes import size
from knowledge_base.types import Check
from tutor.practice.judged import Judged
from tutor.practice.quantity import Quantity, folded, quantities, unit_named
from tutor.practice.texts import TEXTS
from tutor.types import Language

ROUNDING = 1e-6  # relative; what turning one unit into another may cost
_YEARS = range(1000, 3000)  # that need no unit to be understood


def judge_number(check: Check, reply: str, language: Language) -> Judged:
    """Right within the tolerance in any unit of the same kind; partly when only the unit is missing or another."""
    texts, right = TEXTS[language], Quantity(check.value or 0.0, unit_named(check.unit or ""), folded(check.unit or ""))
    given = [_in_words_of(right, one) for one in quantities(reply)]
    told = [one for one in given if _alike(one, right)] or given
    if _needs_none(right):
        told = [one for one in given if one.value in _YEARS] or told  # of 4 October 1957
    if not told:
        return Judged("wrong", texts.number.format(unit=check.unit))
    if len({one.value for one in told}) > 1 and not all(_equal(one, right, check.tolerance) for one in told):
        return Judged("wrong", texts.one_number)
    one = told[-1]
    if _equal(one, right, check.tolerance):
        return Judged("right")
    if _close(one.value, right.value, check.tolerance):
        return Judged("partly", texts.unit_missing if one.unit is None else texts.unit_other)
    return Judged("wrong", _slip(check, one, right, language))


def _in_words_of(right: Quantity, one: Quantity) -> Quantity:
    """The reply's unit as the question's where it is written so, whatever its case: 300 KN, 8 moons, 20 degrees for 20 °C."""
    if right.unit == "°C" and (one.unit == "°" or (one.unit is None and one.behind.startswith("c"))):
        return replace(one, unit="°C")
    same = right.behind and re.match(rf"{re.escape(right.behind)}(?![a-z/])", one.behind)
    return replace(one, unit=right.unit) if same else one


def _alike(one: Quantity, right: Quantity) -> bool:
    """Whether it measures what is asked for."""
    if right.unit is None:
        return one.unit is None
    ours, theirs = one.unit and size(one.value, one.unit), size(right.value, right.unit)
    return one.unit == right.unit or bool(ours and theirs and ours[0] == theirs[0])


def _equal(one: Quantity, right: Quantity, tolerance: float) -> bool:
    if one.unit == right.unit or (one.unit is None and _needs_none(right)):
        return _close(one.value, right.value, tolerance)
    ours = size(one.value, one.unit) if one.unit else None
    theirs = size(right.value, right.unit) if right.unit else None
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return False
    if ours[0] == "temperature":  # 1 °C off is the same in kelvins, 1 % is not
        return abs(ours[1] - theirs[1]) <= tolerance * abs(right.value) + ROUNDING * abs(theirs[1])
    return _close(ours[1], theirs[1], tolerance)


def _needs_none(right: Quantity) -> bool:
    """Whether the number alone says it all: a calendar year."""
    return right.unit == "year" and right.value in _YEARS


def _close(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= (tolerance + ROUNDING) * abs(other)


def _slip(check: Check, one: Quantity, right: Quantity, language: Language) -> str | None:
    """What the wrong number comes from, where it shows."""
    ours, theirs = (size(each.value, each.unit) if each.unit else None for each in (one, right))
    value, wanted = (ours[1], theirs[1]) if ours and theirs and ours[0] == theirs[0] != "temperature" else (one.value, right.value)
    if wanted and _close(-value, wanted, check.tolerance):
        return TEXTS[language].sign
    if value * wanted > 0 and math.isfinite(value / wanted) and _close(value, wanted * 10.0 ** round(math.log10(value / wanted)), check.tolerance):
        return TEXTS[language].power
    return None
