"""Refusing as a retrieval problem: the refused questions should be those that have no answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics.share import Share, share


@dataclass(frozen=True)
class Refusals:
    """`precision`: of the refused, the unanswerable; `recall`: of the unanswerable, the refused; `false`: of the answerable, the refused.

    `balanced_accuracy` is the mean of recall and of the share of answerable questions that are not refused.
    """

    precision: Share
    recall: Share
    false: Share
    balanced_accuracy: Share


def refusals(outcomes: Sequence[tuple[bool, bool]]) -> Refusals:
    """`outcomes` are pairs (answerable, refused)."""
    recall = share(refused for answerable, refused in outcomes if not answerable)
    return Refusals(
        precision=share(not answerable for answerable, refused in outcomes if refused),
        recall=recall,
        false=share(refused for answerable, refused in outcomes if answerable),
        balanced_accuracy=_mean(recall, share(not refused for answerable, refused in outcomes if answerable)),
    )


def _mean(one: Share, other: Share) -> Share:
    """The mean of two independent shares; its interval by squaring and adding theirs (Newcombe 1998; Zou and Donner 2008)."""
    value = (one.value + other.value) / 2
    below = math.hypot(one.value - one.low, other.value - other.low) / 2
    above = math.hypot(one.high - one.value, other.high - other.value) / 2
    return Share(one.n + other.n if one.n and other.n else 0, value, value - below, value + above)
