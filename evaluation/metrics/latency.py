"""Latency: the median and the 95th percentile of milliseconds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics.share import Z


@dataclass(frozen=True)
class Percentile:
    """A percentile of `n` times in milliseconds with its 95 % interval; NaN where there are too few to tell."""

    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Latency:
    """The median and the 95th percentile."""

    p50: Percentile
    p95: Percentile


def latency(milliseconds: Sequence[float]) -> Latency | None:
    """None of no times."""
    ordered = sorted(milliseconds)
    return Latency(_percentile(ordered, 0.5), _percentile(ordered, 0.95)) if ordered else None


def _percentile(ordered: Sequence[float], part: float) -> Percentile:
    """The nearest rank; the interval lies between ranks (Conover 1999, 3.2) and supposes no distribution."""
    n = len(ordered)
    half = Z * math.sqrt(n * part * (1 - part))
    low, high = math.floor(n * part - half), math.ceil(n * part + half)
    return Percentile(
        n,
        ordered[max(1, math.ceil(n * part)) - 1],
        ordered[low - 1] if low >= 1 else math.nan,
        ordered[high - 1] if high <= n else math.nan,
    )
