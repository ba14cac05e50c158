"""What speaks for each sentence of a question's hits, in figures that do not grow with the corpus."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.calibration import SentenceWeights
from knowledge_base.types import Hit
from knowledge_base.words import words
from tutor.question.understand import Understood


@dataclass(frozen=True)
class Clue:
    """What `SentenceWeights` weigh, in the same order.

    `lag` is the hit's score less the best one's; `coverage` (0..1) the share of the question's words that the sentence holds, each
    weighing the more the fewer of the hits' sentences hold it, since what all of them are about tells none of them apart; `fit` (-1..1)
    whether it holds the kind of thing asked for; `context` (0..1) the share of words, weighed by their rarity in the release, that the
    sentence lacks and its title, its headings or its passage's first sentence hold: what they name, later sentences need not repeat.
    """

    lag: float
    cosine: float
    coverage: float
    fit: float
    context: float

    def weighed(self, weights: SentenceWeights) -> float:
        """The score that these weights give."""
        return (
            weights.lag * self.lag
            + weights.cosine * self.cosine
            + weights.coverage * self.coverage
            + weights.fit * self.fit
            + weights.context * self.context
        )


class Clues:
    """For one question and its hits, best first. `rarity` weighs the question's words by the release."""

    def __init__(self, question: Understood, rarity: Mapping[str, float], hits: Sequence[Hit]) -> None:
        self._question = question
        self._rarity = rarity
        self._best = hits[0].score if hits else 0.0
        self._held = {hit.passage.passage_id: [rarity.keys() & words(text) for text in hit.passage.sentence_texts()] for hit in hits}
        self._told_before = {hit.passage.passage_id: self._introduction(hit) for hit in hits}
        self._local = self._local_rarity()

    def of(self, hit: Hit, index: int, text: str) -> Clue:
        """What speaks for the hit's sentence at `index`, whose text this is."""
        held = self._held[hit.passage.passage_id][index]
        introduced = self._told_before[hit.passage.passage_id] - held
        return Clue(
            lag=hit.score - self._best,
            cosine=hit.sentence_cosines[index],
            coverage=_share(self._local, held),
            fit=self._question.fit(text),
            context=_share(self._rarity, introduced),
        )

    def _introduction(self, hit: Hit) -> set[str]:
        named = " ".join([hit.document.title, *hit.passage.headings(hit.document)])
        return (self._rarity.keys() & words(named)).union(*self._held[hit.passage.passage_id][:1])

    def _local_rarity(self) -> dict[str, float]:
        """Lucene's inverse document frequency, with the hits' sentences as the documents."""
        sentences = [held for passage in self._held.values() for held in passage]
        counts = {word: sum(word in held for held in sentences) for word in self._rarity}
        return {word: math.log1p((len(sentences) - count + 0.5) / (count + 0.5)) for word, count in counts.items()}


def _share(weights: Mapping[str, float], held: set[str]) -> float:
    whole = sum(weights.values())
    return sum(weights[word] for word in held) / whole if whole else 0.0
