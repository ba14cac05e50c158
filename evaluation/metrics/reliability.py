"""Reliability: does a question whose confidence is 0.8 have an answer in eight of ten cases?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from evaluation.metrics.share import Share, share

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Questions of like confidence: its mean, and the share that has an answer."""

    confidence: float
    answerable: Share


@dataclass(frozen=True)
class Reliability:
    """`brier` is the mean squared error of confidence (Brier 1950), `error` its mean distance from the share seen, bin by bin (Naeini 2015)."""

    brier: float
    error: float
    bins: tuple[Bin, ...]


def reliability(judged: Sequence[tuple[bool, float]]) -> Reliability | None:
    """Of pairs (answerable, confidence), in ten bins of equal width; None without any."""
    if not judged:
        return None
    binned = [[one for one in judged if min(BINS - 1, int(one[1] * BINS)) == number] for number in range(BINS)]
    bins = tuple(Bin(mean(confidence for _held, confidence in group), share(held for held, _confidence in group)) for group in binned if group)
    return Reliability(
        brier=mean((confidence - held) ** 2 for held, confidence in judged),
        error=sum(one.answerable.n * abs(one.confidence - one.answerable.value) for one in bins) / len(judged),
        bins=bins,
    )
