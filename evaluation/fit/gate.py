"""Fits the gate: a logistic regression on evidence, each set weighing the same, answerable and unanswerable alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evaluation.fit.examples import Corpus
from evaluation.metrics.refusal import refusals
from knowledge_base.calibration import Fusion, Gate, gate_features
from knowledge_base.search import search
from knowledge_base.types import Filters

SEEN = 24  # as many hits as the tutor's gate sees
BAR = 0.5
Matrix = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Examples:
    features: Matrix
    answerable: Truth
    foreign: Truth


def fit_gate(corpora: Sequence[Corpus], fusion: Fusion, *, cosines: bool) -> tuple[Gate, list[str]]:
    """The gate fitted on all sets, and lines that tell how one fitted on the others judges each set left out."""
    examples = {corpus.name: _examples(corpus, fusion, cosines) for corpus in corpora}
    lines = []
    for name, left_out in examples.items():
        others = [one for other, one in examples.items() if other != name]
        if others:
            lines.append(f"gate, {name} left out: {_judged(_regression(others), left_out)}")
    return _gate(_regression(list(examples.values()))), lines


def _examples(corpus: Corpus, fusion: Fusion, cosines: bool) -> _Examples:
    rows = [gate_features(search(corpus.release, asked.query, k=SEEN, filters=Filters(), fusion=fusion)) for asked in corpus.asked]
    features = np.array(rows) * (np.array([1, 1, 1, 1, 1]) if cosines else np.array([0, 0, 1, 1, 1]))
    return _Examples(features, np.array([asked.answerable for asked in corpus.asked]), np.array([asked.foreign for asked in corpus.asked]))


def _regression(examples: Sequence[_Examples]) -> LogisticRegression:
    weights = np.concatenate([_balanced(one.answerable) for one in examples])
    features, answerable = np.concatenate([one.features for one in examples]), np.concatenate([one.answerable for one in examples])
    return LogisticRegression(C=10, max_iter=5000).fit(features, answerable, sample_weight=weights / weights.mean())


def _balanced(answerable: Truth) -> Matrix:
    return np.asarray(np.where(answerable, 0.5 / max(1, answerable.sum()), 0.5 / max(1, (~answerable).sum())), np.float64)


def _judged(model: LogisticRegression, examples: _Examples) -> str:
    probability = model.predict_proba(examples.features)[:, 1]
    own = ~examples.foreign
    refused = probability < BAR
    judged = refusals(list(zip(examples.answerable[own].tolist(), refused[own].tolist(), strict=True)))
    auroc = roc_auc_score(examples.answerable, probability)
    shares = ", ".join(
        f"{name} {value.value:.3f}"
        for name, value in (("precision", judged.precision), ("recall", judged.recall), ("false", judged.false))
        if value.n
    )
    return f"AUROC {auroc:.4f}; other sets' questions refused {refused[~own].mean():.3f}; own questions, refusals: {shares}, n={own.sum()}"


def _gate(model: LogisticRegression) -> Gate:
    passage, sentence, coverage, unknown, margin = (round(float(weight), 3) for weight in model.coef_[0])
    return Gate(round(float(model.intercept_[0]), 3), passage, sentence, coverage, unknown, margin, BAR)
