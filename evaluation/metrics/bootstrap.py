"""The paired bootstrap: whether two ways differ on the same questions (Efron and Tibshirani 1993, percentile interval)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 10_000
SEED = 20


@dataclass(frozen=True)
class Difference:
    """The mean of ours less theirs over `n` questions, its 95 % interval, and the bound that it exceeds with 95 % (one-sided)."""

    n: int
    value: float
    low: float
    high: float
    above: float


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference | None:
    """Of two figures a question, in the same order; None without questions. The draws are the same every time."""
    gains = np.subtract(np.asarray(ours, np.float64), np.asarray(theirs, np.float64))
    n = len(gains)
    if n == 0:
        return None
    # To draw n questions with replacement is to draw how often each gain comes, and there are few different gains.
    values, counts = np.unique(gains, return_counts=True)
    means = np.random.default_rng(SEED).multinomial(n, counts / n, size=DRAWS) @ values / n
    low, above, high = (float(value) for value in np.quantile(means, (0.025, 0.05, 0.975)))
    return Difference(n, float(gains.mean()), low, high, above)
