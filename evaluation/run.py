"""Runs one question set against a release: searches it, asks the tutor, measures both."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics.recall import recall_at
from evaluation.metrics.reciprocal_rank import mean_reciprocal_rank
from evaluation.metrics.refusal import Refusals, refusals
from evaluation.metrics.share import Share, share
from evaluation.sets import Item, QuestionSet
from knowledge_base.golden import contains
from knowledge_base.language import Language
from knowledge_base.library import Library
from knowledge_base.progress import Progress
from knowledge_base.types import Filters
from tutor.tutor import Tutor
from tutor.types import Answer, Question

DEPTHS = (1, 5, 10)
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Outcome:
    """What one question gave: the place of the first right hit (from one, None for none), the same across languages, and the answer."""

    item: Item
    rank: int | None
    rank_other_language: int | None
    answer: Answer

    @property
    def refused(self) -> bool:
        return self.answer.kind != "grounded"

    @property
    def right(self) -> bool:
        """A grounded answer that holds what it must, or a refusal where there is nothing to answer."""
        if not self.item.answerable:
            return self.refused
        return not self.refused and contains(self.answer.text, self.item.contains)


@dataclass(frozen=True)
class Ranking:
    """How well a language's questions find their document."""

    recall: dict[int, Share]
    mrr: Share


@dataclass(frozen=True)
class LanguageResult:
    """One language's figures; None where the set has nothing to measure them with."""

    search: Ranking | None
    search_other_language: Ranking | None
    contains_gold: Share | None
    cited: Share | None


@dataclass(frozen=True)
class SetResult:
    """One set's figures by language, and its refusals."""

    name: str
    questions: int
    languages: dict[str, LanguageResult]
    refusals: Refusals | None


async def run(library: Library, questions: QuestionSet, *, progress: Progress) -> list[Outcome]:
    """Searches and asks every question of the set, one after another."""
    tutor = Tutor(library)
    outcomes: list[Outcome] = []
    for item in questions.items:
        outcomes.append(await _ask(library, tutor, item))
        progress(f"asking {questions.name}", len(outcomes), len(questions.items))
    return outcomes


async def _ask(library: Library, tutor: Tutor, item: Item) -> Outcome:
    rank = rank_other = None
    async with library.reading() as reader:
        if item.answerable and (item.docs or item.chapter is not None):
            results = await reader.search(item.question, k=max(DEPTHS))
            rank = _first([item.is_right(hit.document.doc_id) for hit in results.hits])
        if item.docs_other_language:
            other: Language = "zh" if item.language == "en" else "en"
            results = await reader.search(item.question, k=max(DEPTHS), filters=Filters(language=other))
            rank_other = _first([hit.document.doc_id in item.docs_other_language for hit in results.hits])
    return Outcome(item, rank, rank_other, await tutor.ask(Question(item.question)))


def _first(right: Sequence[bool]) -> int | None:
    return right.index(True) + 1 if True in right else None


def measure(name: str, outcomes: Sequence[Outcome]) -> SetResult:
    """The set's figures."""
    languages = {language: _language([one for one in outcomes if one.item.language == language]) for language in LANGUAGES}
    judged = refusals([(one.item.answerable, one.refused) for one in outcomes])
    present = {one.item.language for one in outcomes}
    return SetResult(
        name=name,
        questions=len(outcomes),
        languages={language: result for language, result in languages.items() if language in present},
        refusals=judged,
    )


def _language(outcomes: Sequence[Outcome]) -> LanguageResult:
    answerable = [one for one in outcomes if one.item.answerable]
    found = [one.rank for one in answerable if one.item.docs or one.item.chapter is not None]
    across = [one.rank_other_language for one in answerable if one.item.docs_other_language]
    with_gold = [one for one in answerable if one.item.contains]
    grounded = [one for one in outcomes if not one.refused]
    return LanguageResult(
        search=_ranking(found),
        search_other_language=_ranking(across),
        contains_gold=share(one.right for one in with_gold) if with_gold else None,
        cited=share(bool(one.answer.citations) for one in grounded) if grounded else None,
    )


def _ranking(ranks: Sequence[int | None]) -> Ranking | None:
    return Ranking({k: recall_at(k, ranks) for k in DEPTHS}, mean_reciprocal_rank(ranks)) if ranks else None
