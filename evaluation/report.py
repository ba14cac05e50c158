"""Measured sets as figures with their 95 % intervals and n: as tables for a terminal, as a page of Markdown, and as JSON."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from evaluation.measure import EngineResult, LanguageResult, Ranking, SetResult
from evaluation.metrics.both_languages import BothLanguages
from evaluation.metrics.latency import Latency, Percentile
from evaluation.metrics.refusal import Refusals
from evaluation.metrics.reliability import Reliability
from evaluation.metrics.share import Share


@dataclass(frozen=True)
class Figure:
    """One measured figure: of which part of a set (a language, an engine, "" for all), its name, and value, interval and n as people read them."""

    part: str
    name: str
    value: str
    interval: str
    n: int


def as_tables(measured: Sequence[SetResult]) -> Iterator[Table]:
    """A table a set."""
    for result in measured:
        table = Table(title=f"{result.name} ({result.questions} questions)", title_justify="left")
        for heading in ("figure", "value", "95 % interval", "n"):
            table.add_column(heading, justify="left" if heading == "figure" else "right")
        for one in figures(result):
            table.add_row(f"{one.part}: {one.name}" if one.part else one.name, one.value, one.interval, str(one.n))
        yield table


def as_json(measured: Sequence[SetResult]) -> dict[str, Any]:
    """The same figures as JSON carries them, which knows no NaN: null where there was nothing to measure."""
    return {"sets": [null_for_nan(asdict(one)) for one in measured]}


def null_for_nan(value: Any) -> Any:
    """Figures in dicts and lists, ready for JSON."""
    if isinstance(value, dict):
        return {key: null_for_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [null_for_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def figures(result: SetResult) -> Iterator[Figure]:
    """Every figure of a set that has something to measure."""
    for language, measured in result.languages.items():
        yield from _shares(language, _language(measured))
    if result.refusals is not None:
        yield from _shares("", _refused(result.refusals))
    if result.set_right is not None:
        yield from _shares("", [("false premise refused or set right", result.set_right)])
    if result.both_languages is not None:
        yield from _both(result.both_languages)
    for engine, shown in result.engines.items():
        yield from _shares(engine, _engine(shown))
        if shown.latency is not None:
            yield from _times(engine, "answer", shown.latency)
    for what, latency in result.latency.items():
        yield from _times("", what, latency)
    if result.reliability is not None:
        yield from _reliability(result.reliability)


def _shares(part: str, named: Iterator[tuple[str, Share]] | Sequence[tuple[str, Share]]) -> Iterator[Figure]:
    yield from (Figure(part, name, f"{share.value:.3f}", _interval(share.low, share.high, ".3f"), share.n) for name, share in named if share.n)


def _interval(low: float, high: float, form: str) -> str:
    """Empty where neither end is known."""
    ends = ["?" if math.isnan(end) else format(end, form) for end in (low, high)]
    return "" if ends == ["?", "?"] else " to ".join(ends)


def _language(measured: LanguageResult) -> Iterator[tuple[str, Share]]:
    yield from _ranking("", measured.search)
    yield from _ranking("other language's text, ", measured.search_other_language)
    if measured.contains_gold is not None:
        yield "answer contains gold", measured.contains_gold
    if measured.cited is not None:
        yield "answers with citations", measured.cited
    yield "right, refusals counted", measured.right
    yield from _refused(measured.refusals)
    yield "confidence, AUROC", measured.auroc


def _ranking(prefix: str, ranking: Ranking | None) -> Iterator[tuple[str, Share]]:
    if ranking is not None:
        yield from ((f"{prefix}recall@{k}", share) for k, share in ranking.recall.items())
        yield f"{prefix}MRR", ranking.mrr


def _refused(refusals: Refusals) -> Iterator[tuple[str, Share]]:
    if refusals.recall.n:  # where everything has an answer, no refusal can be right
        yield "refusal precision", refusals.precision
    yield "refusal recall", refusals.recall
    yield "answerable, yet refused", refusals.false
    yield "refusal, balanced accuracy", refusals.balanced_accuracy


def _both(pairs: BothLanguages) -> Iterator[Figure]:
    yield from _shares("", [("both languages find the same first", pairs.found), ("both languages cite the same first", pairs.cited)])
    gap = pairs.difference
    yield Figure("", "recall@1, English less Chinese", f"{gap.value:+.3f}", _interval(gap.low, gap.high, "+.3f"), gap.n)


def _engine(shown: EngineResult) -> Iterator[tuple[str, Share]]:
    yield "share of the answers", shown.answered
    yield "statements that their citation supports", shown.supported
    yield "numbers that stand in the cited source", shown.grounded.numbers
    yield "dates that stand in the cited source", shown.grounded.dates
    yield "mission names that stand in the cited source", shown.grounded.names


def _times(part: str, what: str, latency: Latency) -> Iterator[Figure]:
    yield from (_time(part, f"{what}, {name}, ms", percentile) for name, percentile in (("p50", latency.p50), ("p95", latency.p95)))


def _time(part: str, name: str, percentile: Percentile) -> Figure:
    return Figure(part, name, f"{percentile.value:.1f}", _interval(percentile.low, percentile.high, ".1f"), percentile.n)


def _reliability(measured: Reliability) -> Iterator[Figure]:
    n = sum(one.answerable.n for one in measured.bins)
    yield Figure("", "confidence, Brier score", f"{measured.brier:.3f}", "", n)
    yield Figure("", "confidence, expected calibration error", f"{measured.error:.3f}", "", n)
