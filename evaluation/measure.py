"""The figures of one set, from what its questions gave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.metrics.both_languages import Asked, BothLanguages, both_languages
from evaluation.metrics.grounded import Grounded, grounded
from evaluation.metrics.latency import Latency, latency
from evaluation.metrics.recall import recall_at
from evaluation.metrics.reciprocal_rank import mean_reciprocal_rank
from evaluation.metrics.refusal import Refusals, refusals
from evaluation.metrics.reliability import Reliability, reliability
from evaluation.metrics.roc import auroc
from evaluation.metrics.share import Share, share
from evaluation.run import DEPTHS, Outcome
from knowledge_base.language import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Ranking:
    """How well a language's questions find their document."""

    recall: dict[int, Share]
    mrr: Share


@dataclass(frozen=True)
class LanguageResult:
    """One language's figures; None where the set has nothing to measure them with. `right` counts refusals and premises set right too."""

    search: Ranking | None
    search_other_language: Ranking | None
    contains_gold: Share | None
    cited: Share | None
    right: Share
    refusals: Refusals
    auroc: Share


@dataclass(frozen=True)
class EngineResult:
    """One engine's: its part of the grounded answers, and what it showed: statements, numbers, dates and names that their sources bear out."""

    answered: Share
    supported: Share
    grounded: Grounded
    latency: Latency | None


@dataclass(frozen=True)
class SetResult:
    """One set's figures by language, over both, and by engine; `latency` is of the tutor's search, of whole answers and of refusals."""

    name: str
    questions: int
    languages: dict[str, LanguageResult]
    refusals: Refusals | None
    set_right: Share | None
    both_languages: BothLanguages | None
    engines: dict[str, EngineResult]
    latency: dict[str, Latency]
    reliability: Reliability | None


def measure(name: str, outcomes: Sequence[Outcome]) -> SetResult:
    """The set's figures."""
    grounded_ones = [one for one in outcomes if not one.refused]
    present = {one.item.language for one in outcomes}
    false_premises = [one for one in outcomes if one.item.corrects]
    return SetResult(
        name=name,
        questions=len(outcomes),
        languages={language: _language(_in(language, outcomes)) for language in LANGUAGES if language in present},
        refusals=_refusals(outcomes),
        set_right=share(one.right for one in false_premises) if false_premises else None,
        both_languages=both_languages(list(_pairs(outcomes))),
        engines={engine: _engine(engine, grounded_ones) for engine in sorted({one.answer.engine for one in grounded_ones})},
        latency=_latencies(outcomes),
        reliability=reliability(confidences(outcomes)) if {one.item.answerable for one in outcomes} == {True, False} else None,
    )


def confidences(outcomes: Iterable[Outcome]) -> list[tuple[bool, float]]:
    """Pairs (answerable, confidence) of the questions that went through the gate, which small talk and what is blocked do not."""
    return [(one.item.answerable, one.answer.confidence) for one in outcomes if one.answer.kind in ("grounded", "refused")]


def _in(language: str, outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.item.language == language]


def _refusals(outcomes: Iterable[Outcome]) -> Refusals:
    return refusals([(one.item.answerable, one.refused) for one in outcomes])


def _language(outcomes: Sequence[Outcome]) -> LanguageResult:
    answerable = [one for one in outcomes if one.item.answerable]
    found = [one.rank for one in answerable if one.item.has_document]
    across = [one.rank_other_language for one in answerable if one.item.docs_other_language]
    with_gold = [one for one in answerable if one.item.contains]
    shown = [one for one in outcomes if not one.refused]
    return LanguageResult(
        search=_ranking(found),
        search_other_language=_ranking(across),
        contains_gold=share(one.right for one in with_gold) if with_gold else None,
        cited=share(bool(one.answer.citations) for one in shown) if shown else None,
        right=share(one.right for one in outcomes if one.item.contains or not one.item.answerable),
        refusals=_refusals(outcomes),
        auroc=auroc(confidences(outcomes)),
    )


def _ranking(ranks: Sequence[int | None]) -> Ranking | None:
    return Ranking({k: recall_at(k, ranks) for k in DEPTHS}, mean_reciprocal_rank(ranks)) if ranks else None


def _pairs(outcomes: Sequence[Outcome]) -> Iterable[tuple[Asked, Asked]]:
    """Answerable questions whose ids differ by their language alone."""
    asked = [one for one in outcomes if one.item.answerable and one.item.has_document and one.item.pair != one.item.item_id]
    chinese = {one.item.pair: one for one in _in("zh", asked)}
    return [(_asked(one), _asked(chinese[one.item.pair])) for one in _in("en", asked) if one.item.pair in chinese]


def _asked(outcome: Outcome) -> Asked:
    return Asked(outcome.first, next((citation.doc_id for citation in outcome.answer.citations), None), outcome.rank == 1)


def _engine(engine: str, shown: Sequence[Outcome]) -> EngineResult:
    own = [one for one in shown if one.answer.engine == engine]
    judged = [statement for one in own for statement in one.judged]
    return EngineResult(
        answered=share(one.answer.engine == engine for one in shown),
        supported=share(one.supported for one in judged),
        grounded=grounded(one.told for one in judged),
        latency=latency(_times("total", own)),
    )


def times(outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    """Milliseconds of the tutor's search, of whole answers and of refusals; what did not happen is left out."""
    taken = {
        "search": _times("search", outcomes),
        "answer": _times("total", [one for one in outcomes if not one.refused]),
        "refusal": _times("total", [one for one in outcomes if one.refused]),
    }
    return {what: milliseconds for what, milliseconds in taken.items() if milliseconds}


def _latencies(outcomes: Sequence[Outcome]) -> dict[str, Latency]:
    return {what: measured for what, milliseconds in times(outcomes).items() if (measured := latency(milliseconds)) is not None}


def _times(stage: str, outcomes: Iterable[Outcome]) -> list[float]:
    return [one.answer.timings_ms[stage] for one in outcomes if stage in one.answer.timings_ms]
