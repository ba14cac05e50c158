"""Recall@k: the share of questions that have a right document among the first k hits."""

from collections.abc import Sequence

from evaluation.metrics.share import Share, share


def recall_at(k: int, ranks: Sequence[int | None]) -> Share:
    """`ranks` are the first right hit's places, counted from one; None where there was none."""
    return share(rank is not None and rank <= k for rank in ranks)
