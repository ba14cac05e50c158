"""A question that is often asked, in other words: what the course's own list of such questions says answers it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge_base.calibration import FaqGate, FaqWeights
from knowledge_base.faq import Known
from tutor.answering.extract import Chosen
from tutor.answering.quotable import quotable
from tutor.citing import as_hit

CLOSE = 0.7  # less than two to one
SHARE = 1e-6  # the least and most that one of several is told from the rest by


@dataclass(frozen=True)
class Candidate:
    """A question that the course knows, its answer, and how well (0..1) that fits what is asked."""

    known: Known
    sentences: tuple[Chosen, ...]
    fits: float

    def says_the_same(self, other: "Candidate") -> bool:
        """Whether one sentence answers both."""
        return bool(set(self.known.question.sentences) & set(other.known.question.sentences))


@dataclass(frozen=True)
class Familiar:
    """The likeliest of several, the logarithm of its odds beside those that say something else, and the likeliest of these."""

    candidate: Candidate
    lead: float
    second: Candidate | None

    def told(self, most: int) -> tuple[Chosen, ...]:
        """Its answer, and that of the second behind it where they are about as likely and there is room for both within `most` sentences."""
        second = self.second.sentences if self.second is not None and self.lead < CLOSE else ()
        both = (*self.candidate.sentences, *second)
        return both if len(both) <= most else self.candidate.sentences

    def probability(self, gate: FaqGate, *, granted: bool) -> float:
        """How sure (0..1) its answer is the right one."""
        return gate.probability(self.candidate.known.likeness, self.lead, self.candidate.fits, granted=granted)


def candidates(known: Iterable[Known], fits: Callable[[Chosen], float]) -> list[Candidate]:
    """Those whose sentences may be quoted; an answer fits as well as the best of its sentences."""
    answered = ((one, tuple(Chosen(as_hit(place.passage, one.document), place.index, 1.0) for place in one.places)) for one in known)
    return [Candidate(one, told, max(map(fits, told))) for one, told in answered if all(quotable(sentence.text) for sentence in told)]


def likeliest(those: Sequence[Candidate], weights: FaqWeights) -> Familiar | None:
    """None when there are none."""
    scores = {at: weights.weighed(one.known.likeness, one.fits) for at, one in enumerate(those)}
    if not scores:
        return None
    best = max(scores, key=scores.__getitem__)
    others = [at for at, one in enumerate(those) if not one.says_the_same(those[best])]
    against = sum(math.exp(scores[at] - scores[best]) for at in others)
    return Familiar(those[best], -math.log(max(against, SHARE)), those[max(others, key=scores.__getitem__)] if others else None)
