"""Measured sets as tables, each figure with its 95 % interval and n, and as JSON."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from evaluation.metrics.share import Share
from evaluation.run import LanguageResult, Ranking, SetResult


def as_tables(measured: Sequence[SetResult]) -> Iterator[Table]:
    """A table a set."""
    for result in measured:
        table = Table(title=f"{result.name} ({result.questions} questions)", title_justify="left")
        for heading in ("figure", "value", "95 % interval", "n"):
            table.add_column(heading, justify="left" if heading == "figure" else "right")
        for name, share in _rows(result):
            interval = "" if math.isnan(share.low) else f"{share.low:.3f} to {share.high:.3f}"
            table.add_row(name, f"{share.value:.3f}", interval, str(share.n))
        yield table


def as_json(measured: Sequence[SetResult]) -> dict[str, Any]:
    """The same figures as JSON carries them, which knows no NaN: null where there was nothing to measure."""
    return {"sets": [_null_for_nan(asdict(one)) for one in measured]}


def _null_for_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _null_for_nan(inner) for key, inner in value.items()}
    return None if isinstance(value, float) and math.isnan(value) else value


def _rows(result: SetResult) -> Iterator[tuple[str, Share]]:
    for language, measured in result.languages.items():
        yield from ((f"{language}: {name}", share) for name, share in _language(measured))
    if result.refusals is not None:
        for name, share in (
            ("refusal precision", result.refusals.precision),
            ("refusal recall", result.refusals.recall),
            ("answerable, yet refused", result.refusals.false),
        ):
            if share.n:
                yield name, share


def _language(measured: LanguageResult) -> Iterator[tuple[str, Share]]:
    yield from _ranking("", measured.search)
    yield from _ranking("other language's text, ", measured.search_other_language)
    if measured.contains_gold is not None:
        yield "answer contains gold", measured.contains_gold
    if measured.cited is not None:
        yield "answers with citations", measured.cited


def _ranking(prefix: str, ranking: Ranking | None) -> Iterator[tuple[str, Share]]:
    if ranking is not None:
        yield from ((f"{prefix}recall@{k}", share) for k, share in ranking.recall.items())
        yield f"{prefix}MRR", ranking.mrr
