"""A share of questions with its 95 % interval."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z = 1.959964  # the normal distribution's 97.5 % point


@dataclass(frozen=True)
class Share:
    """`value` of `n` (0..1; NaN of none), and Wilson's 95 % score interval (Wilson 1927)."""

    n: int
    value: float
    low: float
    high: float


def share(outcomes: Iterable[bool]) -> Share:
    """How many of the outcomes hold."""
    held = list(outcomes)
    n = len(held)
    if n == 0:
        return Share(0, math.nan, math.nan, math.nan)
    value = sum(held) / n
    centre = (value + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(value * (1 - value) / n + Z * Z / (4 * n * n))
    return Share(n, value, max(0.0, centre - half), min(1.0, centre + half))
