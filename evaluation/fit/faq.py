"""Fits when a question is another wording of one that is often asked, from the questions of sets whose course lists such."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evaluation.sets import Item, QuestionSet
from knowledge_base.calibration import FaqGate, FaqWeights
from knowledge_base.golden import contains
from knowledge_base.library import Library, Reader
from knowledge_base.types import Filters
from tutor.answering.choose import Chooser
from tutor.answering.familiar import Candidate, likeliest
from tutor.learnt import Learnt, learn
from tutor.question.understand import understand

FOLDS = 10
RIDGE = 1e-3  # on standardised figures
BAR = 0.5
UNLISTED = "faq: no set's course lists what is asked"
Matrix = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Example:
    """One question's candidates, which of them answer it, and whether the course tells all that each one takes for granted."""

    candidates: tuple[Candidate, ...]
    right: Truth
    granted: Truth
    chinese: bool

    @property
    def figures(self) -> Matrix:
        """Of each candidate what the weights multiply, shape ``(n, 7)``."""
        return np.array([(*astuple(one.known.likeness), one.fits) for one in self.candidates])


async def examples(one: QuestionSet, library: Library, *, cosines: bool) -> list[Example]:
    """A set's questions that follow no other; none where the course has no list. Without `cosines` these count as nought."""
    async with library.reading() as reader:
        asking = _Asking(reader, learn(reader), library, cosines)
        asked = [await asking.example(item) for item in one.items if item.after is None]
    return [example for example in asked if example.candidates]


@dataclass(frozen=True)
class Fit:
    """Fitted numbers, and lines that tell how those fitted on nine tenths judge the tenth part."""

    weights: FaqWeights
    gate: FaqGate
    lines: Sequence[str]


def fit_faq(questions: Sequence[Example]) -> Fit:
    """Fits them on all; without questions that have and questions that lack an answer no question is known again."""
    if len({bool(one.right.any()) for one in questions}) < 2:
        return Fit(FaqWeights(), FaqGate(), [UNLISTED])
    judged = [verdict for fold in range(FOLDS) for verdict in _held_out(questions, fold)]
    weights = _weights(questions)
    return Fit(weights, _gate(questions, weights), [_told(judged)])


@dataclass(frozen=True)
class _Asking:
    reader: Reader
    learnt: Learnt
    library: Library
    cosines: bool

    async def example(self, item: Item) -> Example:
        chooser = Chooser(self.reader, self.learnt, self.library.calibration, understand(item.question, item.language), Filters())
        asked = self.learnt.facts.asked(item.question, item.language)
        those = [one if self.cosines else _without_cosines(one) for one in await chooser.candidates(asked)]
        granted = [not chooser.presumes(asked, one.sentences) for one in those]
        right = [_answers(one, item) for one in those]
        return Example(tuple(those), np.array(right, bool), np.array(granted, bool), item.language == "zh")


def _answers(one: Candidate, item: Item) -> bool:
    if not item.answerable:
        return one.known.document.doc_id in item.corrects
    return contains(" ".join(one.known.question.sentences), item.contains)


def _without_cosines(one: Candidate) -> Candidate:
    likeness = replace(one.known.likeness, nearest=0.0, mean=0.0, answer=0.0)
    return replace(one, known=replace(one.known, likeness=likeness))


@dataclass(frozen=True)
class _Verdict:
    """How sure the gate is of the likeliest, whether that is right, and whether any candidate is."""

    sure: float
    right: bool
    answerable: bool


def _held_out(questions: Sequence[Example], fold: int) -> Iterator[_Verdict]:
    others = [one for at, one in enumerate(questions) if at % FOLDS != fold]
    weights = _weights(others)
    gate = _gate(others, weights)
    for one in questions[fold::FOLDS]:
        at, lead = _best(one, weights)
        candidate = one.candidates[at]
        sure = gate.probability(candidate.known.likeness, candidate.fits, lead=lead, granted=bool(one.granted[at]), chinese=one.chinese)
        yield _Verdict(sure, bool(one.right[at]), bool(one.right.any()))


def _told(judged: Sequence[_Verdict]) -> str:
    answerable, taken = [one for one in judged if one.answerable], [one for one in judged if one.sure >= BAR]
    first = np.mean([one.right for one in answerable]) if answerable else 0.0
    share = np.mean([one.right for one in taken]) if taken else 0.0
    return f"faq, a tenth left out: the right one first {first:.3f}, n={len(answerable)}; taken {len(taken)} of {len(judged)}, right {share:.3f}"


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

    return FaqWeights(*_rounded(minimize(loss, np.ones(figures.shape[1]), method="L-BFGS-B").x / spread))


def _gate(questions: Sequence[Example], weights: FaqWeights) -> FaqGate:
    best = [(one, *_best(one, weights)) for one in questions]
    right = [bool(one.right[at]) for one, at, _lead in best]
    if len(set(right)) < 2:
        return FaqGate()  # what is always or never right teaches nothing
    figures = np.array([(*one.figures[at], lead, one.granted[at], one.chinese) for one, at, lead in best], np.float64)
    spread = _spread(figures)
    model = LogisticRegression(C=1, max_iter=5000).fit(figures / spread, right)
    *likeness, lead, granted, chinese = _rounded(model.coef_[0] / spread)
    return FaqGate(round(float(model.intercept_[0]), 3), FaqWeights(*likeness), lead, granted, chinese, BAR)


def _best(one: Example, weights: FaqWeights) -> tuple[int, float]:
    """Where the likeliest candidate stands, and its lead."""
    familiar = likeliest(one.candidates, weights)
    assert familiar is not None  # an example has candidates
    return one.candidates.index(familiar.candidate), familiar.lead


def _spread(figures: Matrix) -> Matrix:
    """Each figure's standard deviation, one where it never differs."""
    deviation = figures.std(axis=0)
    return np.where(deviation > 0, deviation, 1.0)


def _rounded(weights: Matrix) -> list[float]:
    return [round(float(weight), 3) for weight in weights]
