"""Fits what makes a sentence the answer: a conditional logit over each question's sentences."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from evaluation.fit.examples import Asked, Corpus
from knowledge_base.calibration import Fusion, SentenceWeights
from knowledge_base.golden import contains
from knowledge_base.search import search
from knowledge_base.types import Filters
from tutor.answering.clues import Clues
from tutor.answering.extract import HITS
from tutor.question.understand import understand

START = (10.0, 5.0, 2.0, 0.5, 1.0)
RIDGE = 1e-5  # keeps a weight that the data do not speak of from running away
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Sentences:
    """One question's sentences: features, shape ``(n, 5)``, and which hold the answer."""

    features: Matrix
    gold: npt.NDArray[np.bool_]


def fit_sentences(corpora: Sequence[Corpus], fusion: Fusion, *, cosines: bool) -> tuple[SentenceWeights, list[str]]:
    """The weights fitted on all sets with gold answers, and lines that tell how often the best two sentences of a set left out hold the answer."""
    ready = {
        corpus.name: [_sentences(corpus, asked, fusion, cosines) for asked in corpus.asked if asked.answerable and asked.item.contains]
        for corpus in corpora
    }
    ready = {name: questions for name, questions in ready.items() if questions}
    lines = []
    for left_out in ready:
        others = [one for name, questions in ready.items() if name != left_out for one in questions]
        if others:
            learnt = _weights(others)
            found = np.mean([one.gold[np.argsort(-one.features @ learnt)[:2]].any() for one in ready[left_out]])
            lines.append(f"sentences, {left_out} left out: gold in the best two {found:.3f}, n={len(ready[left_out])}")
    weights = _weights([one for questions in ready.values() for one in questions])
    return SentenceWeights(*(round(float(weight), 3) for weight in weights)), lines


def _sentences(corpus: Corpus, asked: Asked, fusion: Fusion, cosines: bool) -> _Sentences:
    hits = search(corpus.release, asked.query, k=HITS, filters=Filters(language=asked.item.language), fusion=fusion)
    lexical = corpus.release.lexical
    rarity = {word: lexical.rarity(len(lexical.holders(word)[0])) for word in asked.query.words}
    clues = Clues(understand(asked.item.question, asked.item.language), rarity, hits)
    told = [(hit, index, text) for hit in hits for index, text in enumerate(hit.passage.sentence_texts())]
    features = np.array([astuple(clues.of(hit, index, text)) for hit, index, text in told]).reshape(-1, len(START))
    gold = [asked.item.is_right(hit.document.doc_id) and contains(text, asked.item.contains) for hit, _index, text in told]
    return _Sentences(features * (1 if cosines else np.array([1, 0, 1, 1, 1])), np.array(gold, bool))


def _weights(questions: Sequence[_Sentences]) -> Matrix:
    """Maximises the probability that the softmax over a question's sentences gives to those with its answer (conditional logit, McFadden 1974)."""
    asked = [question for question in questions if question.gold.any()]
    features = np.concatenate([question.features for question in asked])
    not_gold = np.concatenate([np.where(question.gold, 0.0, -np.inf) for question in asked])
    starts = np.cumsum([0, *(len(question.gold) for question in asked[:-1])])

    def loss(weights: Matrix) -> float:
        scores = features @ weights
        lost = np.logaddexp.reduceat(scores, starts) - np.logaddexp.reduceat(scores + not_gold, starts)
        return float(lost.mean()) + RIDGE * float(weights @ weights)

    start = np.array(START) * features.any(axis=0)  # a feature left out keeps the weight zero
    return np.asarray(minimize(loss, start, method="L-BFGS-B").x, np.float64)
