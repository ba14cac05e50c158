"""Refusing as a retrieval problem: the refused questions should be those that have no answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics.share import Share, share


@dataclass(frozen=True)
class Refusals:
    """`precision`: of the refused, the unanswerable; `recall`: of the unanswerable, the refused; `false`: of the answerable, the refused."""

    precision: Share
    recall: Share
    false: Share


def refusals(outcomes: Sequence[tuple[bool, bool]]) -> Refusals:
    """`outcomes` are pairs (answerable, refused)."""
    return Refusals(
        precision=share(not answerable for answerable, refused in outcomes if refused),
        recall=share(refused for answerable, refused in outcomes if not answerable),
        false=share(refused for answerable, refused in outcomes if answerable),
    )
