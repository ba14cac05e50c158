"""Fits when a question is another wording of one that is often asked.

Two kinds of questions teach it: those of the sets, and the wordings of each course's own list, each asked as if it were not there.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evaluation.sets import Item, QuestionSet
from knowledge_base.calibration import FaqGate, FaqWeights
from knowledge_base.golden import contains
from knowledge_base.language import Language
from knowledge_base.library import Library, Reader
from knowledge_base.types import Document, Filters, FrequentQuestion
from tutor.answering.choose import Chooser
from tutor.answering.familiar import Candidate, likeliest
from tutor.learnt import Learnt, learn
from tutor.question.understand import understand

WORDINGS = 250  # of each course's list, drawn from all of them: about as many as a set has questions
FOLDS = 10
SEED = 20
RIDGE = 1e-3  # on standardised figures
BAR = 0.5
OF_LIST = 0.5  # what a wording counts beside a set's question: every one has an answer, and its list was made to have no two alike
DOUBT = 0.2
SURE = 0.97
Matrix = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Example:
    """One question's candidates, which of them answer it, and whether the course tells all that each one takes for granted.

    `of_set` is false for a wording of the course's own list.
    """

    candidates: tuple[Candidate, ...]
    right: Truth
    granted: Truth
    of_set: bool

    @property
    def figures(self) -> Matrix:
        """Of each candidate what the weights multiply, shape ``(n, 7)``."""
        return np.array([(*astuple(one.known.likeness), one.fits) for one in self.candidates])


async def examples(one: QuestionSet, library: Library, *, cosines: bool) -> list[Example]:
    """A set's questions, and wordings of its course's own list; none where the course has no list. What follows another question is left out.

    Without `cosines` these count as nought.
    """
    async with library.reading() as reader:
        asking = _Asking(reader, learn(reader), library, cosines)
        own = [await asking.item(item) for item in one.items if item.after is None]
        listed = [await asking.wording(*wording) for wording in _some_wordings(reader.documents.values())]
    return [example for example in (*own, *listed) if example.candidates]


@dataclass(frozen=True)
class Fit:
    """Fitted numbers, and lines that tell how those fitted on nine tenths judge the tenth part."""

    weights: FaqWeights
    gate: FaqGate
    lines: Sequence[str]


def fit_faq(questions: Sequence[Example]) -> Fit:
    """Fits them on all; without questions that have and questions that lack an answer no question is known again."""
    if len({bool(one.right.any()) for one in questions if one.of_set}) < 2:
        return Fit(FaqWeights(), FaqGate(), ["faq: no set's course lists what is asked"])
    judged = [verdict for fold in range(FOLDS) for verdict in _held_out(questions, fold)]
    lines = [_told("questions of sets", [one for one in judged if one.of_set]), _told("wordings left out", [one for one in judged if not one.of_set])]
    weights = _weights(questions)
    return Fit(weights, _gate(questions, weights), lines)


@dataclass(frozen=True)
class _Asking:
    reader: Reader
    learnt: Learnt
    library: Library
    cosines: bool

    async def item(self, item: Item) -> Example:
        def answers(one: Candidate) -> bool:
            if not item.answerable:
                return one.known.document.doc_id in item.corrects
            return contains(" ".join(one.known.question.sentences), item.contains)

        return await self._example(item.question, item.language, answers)

    async def wording(self, document: Document, question: FrequentQuestion, wording: str, row: int) -> Example:
        def answers(one: Candidate) -> bool:
            return set(question.sentences) <= set(one.known.question.sentences)

        return await self._example(wording, document.language, answers, row)

    async def _example(self, text: str, language: Language, answers: Callable[[Candidate], bool], without: int | None = None) -> Example:
        chooser = Chooser(self.reader, self.learnt, self.library.calibration, understand(text, language), Filters())
        asked = self.learnt.facts.asked(text, language)
        those = [one if self.cosines else _without_cosines(one) for one in await chooser.candidates(asked, without=without)]
        granted = [not chooser.presumes(asked, one.sentences) for one in those]
        return Example(tuple(those), np.array(list(map(answers, those)), bool), np.array(granted, bool), without is None)


def _without_cosines(one: Candidate) -> Candidate:
    likeness = replace(one.known.likeness, nearest=0.0, mean=0.0, answer=0.0)
    return replace(one, known=replace(one.known, likeness=likeness))


def _some_wordings(documents: Iterable[Document]) -> list[tuple[Document, FrequentQuestion, str, int]]:
    """With the row of each."""
    every = [(document, question, wording) for document in documents for question in document.faq for wording in question.wordings]
    rows = random.Random(SEED).sample(range(len(every)), min(WORDINGS, len(every)))
    return [(*every[row], row) for row in rows]


@dataclass(frozen=True)
class _Verdict:
    """How sure the gate is of the likeliest, whether that is right, and whether any candidate is."""

    sure: float
    right: bool
    answerable: bool
    of_set: bool


def _held_out(questions: Sequence[Example], fold: int) -> Iterator[_Verdict]:
    others = [one for at, one in enumerate(questions) if at % FOLDS != fold]
    weights = _weights(others)
    gate = _gate(others, weights)
    for one in questions[fold::FOLDS]:
        at, figures = _best(one, weights)
        sure = gate.probability(one.candidates[at].known.likeness, figures[2], figures[3], granted=bool(one.granted[at]))
        yield _Verdict(sure, bool(one.right[at]), bool(one.right.any()), one.of_set)


def _told(what: str, judged: Sequence[_Verdict]) -> str:
    answerable, taken = [one for one in judged if one.answerable], [one for one in judged if one.sure >= BAR]
    first = np.mean([one.right for one in answerable]) if answerable else 0.0
    share = np.mean([one.right for one in taken]) if taken else 0.0
    return (
        f"faq, {what}, a tenth left out: the right one first {first:.3f}, n={len(answerable)}; taken {len(taken)} of {len(judged)}, right {share:.3f}"
    )


def _weights(questions: Sequence[Example]) -> FaqWeights:
    """Maximises the probability that the softmax over a question's candidates gives to those that answer it (conditional logit, McFadden 1974)."""
    asked = [one for one in questions if one.right.any()]
    if not asked:
        return FaqWeights()
    figures = np.concatenate([one.figures for one in asked])
    spread = _spread(figures)
    wrong = np.concatenate([np.where(one.right, 0.0, -np.inf) for one in asked])
    starts = np.cumsum([0, *(len(one.right) for one in asked[:-1])])

    def loss(weights: Matrix) -> float:
        scores = figures / spread @ weights
        lost = np.logaddexp.reduceat(scores, starts) - np.logaddexp.reduceat(scores + wrong, starts)
        return float(lost.mean()) + RIDGE * float(weights @ weights)

    fitted = minimize(loss, np.ones(figures.shape[1]), method="L-BFGS-B").x / spread
    return FaqWeights(*(round(float(weight), 3) for weight in fitted))


def _spread(figures: Matrix) -> Matrix:
    """Each figure's standard deviation, one where it never differs."""
    deviation = figures.std(axis=0)
    return np.where(deviation > 0, deviation, 1.0)


def _gate(questions: Sequence[Example], weights: FaqWeights) -> FaqGate:
    best = [(one, *_best(one, weights)) for one in questions]
    right = [bool(one.right[at]) for one, at, _figures in best]
    if len(set(right)) < 2:
        return FaqGate()  # what is always or never right teaches nothing
    figures = np.array([figures for _one, _at, figures in best])
    spread = _spread(figures)
    counts = np.array([1.0 if one.of_set else OF_LIST for one in questions])
    model = LogisticRegression(C=1, max_iter=5000).fit(figures / spread, right, sample_weight=counts)
    nearest, known, lead, fits, granted = (round(float(weight), 3) for weight in model.coef_[0] / spread)
    return FaqGate(round(float(model.intercept_[0]), 3), nearest, known, lead, fits, granted, BAR, DOUBT, SURE)


def _best(one: Example, weights: FaqWeights) -> tuple[int, tuple[float, float, float, float, float]]:
    """The likeliest candidate and what the gate weighs of it."""
    familiar = likeliest(one.candidates, weights)
    assert familiar is not None  # an example has candidates
    at = one.candidates.index(familiar.candidate)
    likeness = familiar.candidate.known.likeness
    return at, (likeness.nearest, likeness.known, familiar.lead, familiar.candidate.fits, float(one.granted[at]))
