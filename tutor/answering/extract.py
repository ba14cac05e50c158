"""Answers without a model: the sentences that answer, quoted, in order, each with its citation."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf

from knowledge_base.calibration import SentenceWeights
from knowledge_base.types import Hit
from knowledge_base.words import words
from tutor.answering.clues import Clues
from tutor.answering.grade import EVERY, Grade
from tutor.answering.quotable import quotable
from tutor.question.designators import Designator, Designators
from tutor.question.understand import Understood

HITS = 5  # sentences are taken from the best hits only
LAG = 5.0  # a further sentence must come this close to the best one's score
LAG_FIGURE = 1.5  # closer where one figure or date is asked for: a second one beside it misleads
_BECAUSE = re.compile(r"\b(?:because|since|so that|due to)\b|因为|由于|是因|为了|以便", re.IGNORECASE)
_CONCLUDES = re.compile(r"(?:so|therefore|thus|hence|that is why|for (?:that|this) reason)\b|所以|因此|因而|于是|这样一来", re.IGNORECASE)
SAME = 0.7  # two sentences that share this much of their words say the same
SAME_ELSEWHERE = 0.6  # and those of two documents, as of a lesson and a mission, this much


@dataclass(frozen=True)
class Chosen:
    """A sentence of a hit, as offsets into the hit's passage."""

    hit: Hit
    index: int
    score: float

    @property
    def place(self) -> tuple[str, int]:
        """Its passage and its number there."""
        return self.hit.passage.passage_id, self.index

    @property
    def before(self) -> tuple[str, int]:
        """The place of the sentence before it."""
        return self.hit.passage.passage_id, self.index - 1

    @property
    def span(self) -> tuple[int, int]:
        return self.hit.passage.sentences[self.index]

    @property
    def text(self) -> str:
        start, end = self.span
        return self.hit.passage.text[start:end]


@dataclass(frozen=True)
class Extractor:
    """Ranks sentences for one question. `rarity` weighs the question's words; `asked` are the numbered names it asks about.

    `fits` says whether a hit's sentence may answer at all, `grade` how plainly it should.
    """

    weights: SentenceWeights
    question: Understood
    rarity: Mapping[str, float]
    designators: Designators
    asked: frozenset[Designator]
    fits: Callable[[Hit, str], bool] = lambda _hit, _sentence: True
    grade: Grade = EVERY

    def extract(self, hits: Sequence[Hit]) -> tuple[Chosen, ...]:
        """The best sentences of the best hits, in reading order; empty when the hits hold none that may be told."""
        fitting = (hit for hit in hits if any(self.fits(hit, text) for text in hit.passage.sentence_texts()))
        candidates = _once(self._answering(self._candidates(list(islice(fitting, HITS)))))
        ranked = sorted(candidates, key=lambda chosen: -chosen.score)
        taken: list[Chosen] = []
        for candidate in ranked:
            if len(taken) >= self.question.most_sentences or (taken and candidate.score < taken[0].score - self._lag):
                break
            if not any(repeats(candidate, other) for other in taken):
                taken.append(candidate)
        return _in_reading_order(self._with_reason(taken, candidates))

    def _with_reason(self, taken: Sequence[Chosen], candidates: Sequence[Chosen]) -> Sequence[Chosen]:
        """Where a reason is asked for and none is told in so many words, with the sentence before one that opens with "So"."""
        if self.question.wants != "reason" or any(_BECAUSE.search(one.text) for one in taken):
            return taken
        places = {one.place for one in candidates} - {one.place for one in taken}
        conclusion = next((one for one in taken if _CONCLUDES.match(one.text) and one.before in places), None)
        if conclusion is None:
            return taken
        reason = next(one for one in candidates if one.place == conclusion.before)
        others = [one for one in taken if one is not conclusion]
        return [conclusion, reason, *others][: self.question.most_sentences]

    @property
    def _lag(self) -> float:
        return self.grade.patience * (LAG_FIGURE if self.question.wants in ("time", "number") else LAG)

    def _answering(self, candidates: Sequence[Chosen]) -> Sequence[Chosen]:
        """Where a kind of quantity is asked for, only sentences that tell one; a height is no answer to a question of mass."""
        quantity = self.question.quantity
        return candidates if quantity is None else [candidate for candidate in candidates if quantity.told.search(candidate.text)]

    def _candidates(self, hits: Sequence[Hit]) -> list[Chosen]:
        clues = Clues(self.question, self.rarity, hits)
        return [
            Chosen(hit, index, clues.of(hit, index, text).weighed(self.weights) - self.grade.cost(text))
            for hit in hits
            for index, text in enumerate(hit.passage.sentence_texts())
            if quotable(text) and not self._of_another(text) and self.fits(hit, text)
        ]

    def _of_another(self, sentence: str) -> bool:
        """Whether the sentence names only other members of a family than the ones asked about: Chang'e-4 when Chang'e-5 was asked."""
        if not self.asked:
            return False
        named = self.designators.named(sentence)
        families = {family for family, _number in self.asked}
        rivals = {designator for designator in named if designator[0] in families}
        return bool(rivals) and not rivals & self.asked


def _once(candidates: Sequence[Chosen]) -> Sequence[Chosen]:
    """Without what a transcript says again of its lesson's text, where the text stands higher."""
    written = {(one.hit.document.lesson, one.text): one.hit.score for one in candidates if one.hit.document.kind == "lesson"}
    again = (one.hit.document.kind == "transcript" and one.hit.score <= written.get((one.hit.document.lesson, one.text), -inf) for one in candidates)
    return [one for one, said in zip(candidates, again, strict=True) if not said]


def same(one: str, other: str, share: float = SAME) -> bool:
    """Whether two sentences say the same, as far as words tell."""
    ours, theirs = set(words(one)), set(words(other))
    return bool(ours and theirs) and len(ours & theirs) / min(len(ours), len(theirs)) >= share


def repeats(one: Chosen, other: Chosen) -> bool:
    """Whether two chosen sentences say the same; those of two documents need share less of their words."""
    return same(one.text, other.text, SAME if one.hit.document.doc_id == other.hit.document.doc_id else SAME_ELSEWHERE)


def _in_reading_order(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Best passage first; within a document as it reads."""
    rank = {document: at for at, document in reversed(list(enumerate(one.hit.document.doc_id for one in chosen)))}
    return tuple(sorted(chosen, key=lambda one: (rank[one.hit.document.doc_id], one.hit.passage.start, one.index)))
