"""Fits what each piece of evidence weighs in a hit's score: a grid, the best mean reciprocal rank over sets."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from evaluation.fit.examples import Asked, Corpus
from knowledge_base.calibration import Fusion
from knowledge_base.search import CANDIDATES, search
from knowledge_base.types import Filters, Hit

START = Fusion(passage_cosine=1.0, sentence_cosine=1.0, lexical=0.3, coverage=0.05, same_language=0.05)
GRID = {
    "sentence_cosine": (0.5, 1.0, 1.5, 2.0),
    "lexical": (0.1, 0.2, 0.3, 0.4, 0.6),
    "coverage": (0.0, 0.05, 0.1, 0.2),
    "same_language": (0.02, 0.05, 0.1),
}
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Candidates:
    """One question's candidates: their evidence, shape ``(n, 5)``, and which are right."""

    evidence: Matrix
    right: npt.NDArray[np.bool_]


def fit_fusion(corpora: Sequence[Corpus], *, cosines: bool) -> tuple[Fusion, list[str]]:
    """The best weights on all sets, and lines that tell what the others' best weights give on each set left out."""
    ready = {corpus.name: [_candidates(corpus, asked) for asked in corpus.asked if asked.answerable and _has_gold(asked)] for corpus in corpora}
    ready = {name: candidates for name, candidates in ready.items() if candidates}
    tried = [(fusion, {name: _mrr(candidates, fusion) for name, candidates in ready.items()}) for fusion in _grid(cosines)]
    lines = []
    for left_out in ready if len(ready) > 1 else ():
        _fusion, scores = max(tried, key=lambda one: float(np.mean([score for name, score in one[1].items() if name != left_out])))
        best = max(one[1][left_out] for one in tried)
        lines.append(f"fusion, {left_out} left out: MRR {scores[left_out]:.4f} of at most {best:.4f}, n={len(ready[left_out])}")
    return max(tried, key=lambda one: float(np.mean(list(one[1].values()))))[0], lines


def _grid(cosines: bool) -> Iterator[Fusion]:
    for sentence, lexical, coverage, same in itertools.product(*GRID.values()):
        yield Fusion(1.0 if cosines else 0.0, sentence if cosines else 0.0, lexical, coverage, same)


def _has_gold(asked: Asked) -> bool:
    return bool(asked.item.docs) or asked.item.chapter is not None


def _candidates(corpus: Corpus, asked: Asked) -> _Candidates:
    hits = search(corpus.release, asked.query, k=2 * CANDIDATES, filters=Filters(), fusion=START)
    return _Candidates(
        np.array([_evidence(hit, asked) for hit in hits]),
        np.array([asked.item.is_right(hit.document.doc_id) for hit in hits], bool),
    )


def _evidence(hit: Hit, asked: Asked) -> tuple[float, ...]:
    evidence = hit.evidence
    shared = (evidence.passage_cosine, evidence.sentence_cosine, evidence.lexical, evidence.coverage)
    return (*shared, float(hit.document.language == asked.query.language))


def _mrr(questions: Sequence[_Candidates], fusion: Fusion) -> float:
    weights = np.array(astuple(fusion))
    total = 0.0
    for question in questions:
        scores = question.evidence @ weights
        if question.right.any():
            total += 1 / (1 + int((scores > scores[question.right].max()).sum()))
    return total / len(questions)
