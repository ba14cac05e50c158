"""Mean reciprocal rank: the mean of one over the first right hit's place, zero where there was none."""

import math
from collections.abc import Sequence
from statistics import mean, stdev

from evaluation.metrics.share import Share, Z


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> Share:
    """With the mean's normal 95 % interval."""
    values = [1 / rank if rank else 0.0 for rank in ranks]
    if len(values) < 2:
        return Share(len(values), values[0] if values else math.nan, math.nan, math.nan)
    middle = mean(values)
    half = Z * stdev(values) / math.sqrt(len(values))
    return Share(len(values), middle, max(0.0, middle - half), min(1.0, middle + half))
