"""The receiver operating characteristic of confidence: how well it parts questions with an answer from those without."""

import math
from collections.abc import Sequence

from evaluation.metrics.share import Share, Z


def curve(judged: Sequence[tuple[bool, float]]) -> list[tuple[float, float]]:
    """Of pairs (answerable, confidence): for each bar that might be set, the shares of answerable and of unanswerable questions below it."""
    bars = [-math.inf, *sorted({confidence for _answerable, confidence in judged}), math.inf]
    groups = [[confidence for held, confidence in judged if held is answerable] for answerable in (True, False)]
    answerable, unanswerable = ([_below(bar, group) for bar in bars] for group in groups)
    return list(zip(answerable, unanswerable, strict=True))


def _below(bar: float, group: Sequence[float]) -> float:
    return sum(confidence < bar for confidence in group) / len(group)


def auroc(judged: Sequence[tuple[bool, float]]) -> Share:
    """The chance that an answerable question has the higher confidence, ties counting half; the interval is Hanley and McNeil's (1982)."""
    with_answer = [confidence for answerable, confidence in judged if answerable]
    without = [confidence for answerable, confidence in judged if not answerable]
    if not with_answer or not without:
        return Share(0, math.nan, math.nan, math.nan)
    wins = sum((one > other) + (one == other) / 2 for one in with_answer for other in without)
    area = wins / (len(with_answer) * len(without))
    half = Z * _standard_error(area, len(with_answer), len(without))
    return Share(len(judged), area, max(0.0, area - half), min(1.0, area + half))


def _standard_error(area: float, n: int, m: int) -> float:
    first, second = area / (2 - area), 2 * area * area / (1 + area)
    return math.sqrt((area * (1 - area) + (n - 1) * (first - area * area) + (m - 1) * (second - area * area)) / (n * m))
