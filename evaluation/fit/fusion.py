"""Fits what each piece of evidence weighs in a hit's score: a grid, the best mean reciprocal rank over sets."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
import numpy.typing as npt

from evaluation.fit.examples import Asked, Corpus
from knowledge_base.calibration import Fusion
from knowledge_base.search import CANDIDATES, search, spread
from knowledge_base.types import Filters, Hit

START = Fusion(passage_cosine=1.0, sentence_cosine=1.0, lexical=0.3, coverage=0.05, same_language=0.05)
GRID = {
    "sentence_cosine": (0.5, 1.0, 1.5, 2.0),
    "lexical": (0.1, 0.2, 0.3, 0.4, 0.6),
    "coverage": (0.0, 0.05, 0.1, 0.2),
    "same_language": (0.02, 0.05, 0.1),
    "neighbours": (0.0, 0.1, 0.2, 0.3, 0.4),
}
REPEATED = (0.0, 0.02, 0.04)
NO_COSINES = {"passage_cosine": 0.0, "sentence_cosine": 0.0, "neighbours": 0.0}
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Candidates:
    """One question's candidates: their evidence, shape ``(n, 6)``, the documents that they are of, and which are right."""

    evidence: Matrix
    documents: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def fit_fusion(corpora: Sequence[Corpus], *, cosines: bool) -> tuple[Fusion, list[str]]:
    """The best weights on all sets, and lines that tell what the others' best weights give on each set left out."""
    ready = {corpus.name: [_candidates(corpus, asked) for asked in corpus.asked if asked.answerable and _has_gold(asked)] for corpus in corpora}
    ready = {name: candidates for name, candidates in ready.items() if candidates}
    tried = list(dict.fromkeys(_grid(cosines)))
    figures = {name: _mrrs(candidates, tried) for name, candidates in ready.items()}
    lines = []
    for left_out in ready if len(ready) > 1 else ():
        learnt = _best(tried, figures, {name: candidates for name, candidates in ready.items() if name != left_out})
        best = _best(tried, figures, {left_out: ready[left_out]})
        got, most = (_mrr(ready[left_out], fusion) for fusion in (learnt, best))
        lines.append(f"fusion, {left_out} left out: MRR {got:.4f} of at most {most:.4f}, n={len(ready[left_out])}")
    return _best(tried, figures, ready), lines


def _best(tried: Sequence[Fusion], figures: Mapping[str, Matrix], ready: Mapping[str, Sequence[_Candidates]]) -> Fusion:
    """The weights with the best mean over these sets, then what a repeated document costs under them."""
    whole: Matrix = np.mean([figures[name] for name in ready], axis=0) if ready else np.zeros(len(tried))
    weights = tried[int(whole.argmax())]
    costs = [replace(weights, repeated=cost) for cost in REPEATED]
    return max(costs, key=lambda fusion: sum(_mrr(candidates, fusion) for candidates in ready.values()))


def _grid(cosines: bool) -> Iterator[Fusion]:
    for values in itertools.product(*GRID.values()):
        weights = dict(zip(GRID, values, strict=True))
        yield Fusion(passage_cosine=1.0, **weights) if cosines else Fusion(**weights | NO_COSINES)


def _has_gold(asked: Asked) -> bool:
    return bool(asked.item.docs) or asked.item.chapter is not None


def _candidates(corpus: Corpus, asked: Asked) -> _Candidates:
    hits = search(corpus.release, asked.query, k=2 * CANDIDATES, filters=Filters(), fusion=START)
    return _Candidates(
        np.array([_evidence(hit, asked) for hit in hits]),
        np.array([corpus.release.numbers[hit.document.doc_id] for hit in hits], np.int64),
        np.array([asked.item.is_right(hit.document.doc_id) for hit in hits], bool),
    )


def _evidence(hit: Hit, asked: Asked) -> tuple[float, ...]:
    evidence = hit.evidence
    shared = (evidence.passage_cosine, evidence.sentence_cosine, evidence.lexical, evidence.coverage)
    return (*shared, float(hit.document.language == asked.query.language), evidence.neighbours)


def _mrrs(questions: Sequence[_Candidates], tried: Sequence[Fusion]) -> Matrix:
    """The mean reciprocal rank that each of the weights gives, repeated documents costing nothing."""
    weights = np.array([astuple(fusion)[:-1] for fusion in tried]).T
    total = np.zeros(len(tried))
    for question in questions:
        if question.right.any():
            scores = question.evidence @ weights
            total += 1 / (1 + (scores > scores[question.right].max(axis=0)).sum(axis=0))
    return total / len(questions)


def _mrr(questions: Sequence[_Candidates], fusion: Fusion) -> float:
    *weights, repeated = astuple(fusion)
    total = 0.0
    for question in questions:
        if question.right.any():
            scores = spread(question.evidence @ weights, question.documents, repeated)
            total += 1 / (1 + int((scores > scores[question.right].max()).sum()))
    return total / len(questions)
