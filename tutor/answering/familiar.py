"""A question that is often asked, in other words: what the course's own list of such questions says answers it."""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge_base.calibration import FaqGate, FaqWeights
from knowledge_base.faq import Known
from knowledge_base.words import words
from tutor.answering.extract import Chosen
from tutor.answering.quotable import quotable
from tutor.citing import as_hit
from tutor.question.everyday import meanings
from tutor.question.quantities import Quantity
from tutor.types import Suggestion

SHARE = 1e-6  # the least and most that one of several is told from the rest by
MEANT = 3  # questions that a student is asked back at most
CLOSE = 2.0  # a score less than the likeliest's by more is one time in seven as likely: nobody is asked about that one


@dataclass(frozen=True)
class Candidate:
    """A question that the course knows, its answer, and how well (0..1) that fits what is asked."""

    known: Known
    sentences: tuple[Chosen, ...]
    fits: float

    def says_the_same(self, other: "Candidate") -> bool:
        """Whether one sentence answers both."""
        return bool(set(self.known.question.sentences) & set(other.known.question.sentences))

    def tells(self, quantity: Quantity | None) -> bool:
        """Whether the answer tells such a quantity, where one is asked for."""
        return quantity is None or any(quantity.told.search(sentence) for sentence in self.known.question.sentences)

    def knows(self, kinds: Collection[str]) -> bool:
        """Whether the question or its answer knows of every kind of thing asked for."""
        if not kinds:
            return True
        told = set(words(" ".join([self.known.document.title, *self.known.question.wordings, *self.known.question.sentences])))
        return all(meanings(kind) & told for kind in kinds)

    @property
    def suggestion(self) -> Suggestion | None:
        """The question as a student may be asked it; None where no wording is written so."""
        text = self.known.question.shown(self.known.document.language)
        return None if text is None else Suggestion(text, self.known.document.doc_id)


@dataclass(frozen=True)
class Familiar:
    """The likeliest of several, and the logarithm of its odds beside those that say something else."""

    candidate: Candidate
    lead: float

    def probability(self, gate: FaqGate, *, granted: bool) -> float:
        """How sure (0..1) its answer is the right one."""
        known = self.candidate.known
        return gate.probability(known.likeness, self.candidate.fits, lead=self.lead, granted=granted, chinese=known.document.language == "zh")


def candidates(known: Iterable[Known], fits: Callable[[Chosen], float]) -> list[Candidate]:
    """Those whose sentences may be quoted; an answer fits as well as the best of its sentences."""
    answered = ((one, tuple(Chosen(as_hit(place.passage, one.document), place.index, 1.0) for place in one.places)) for one in known)
    return [Candidate(one, told, max(map(fits, told))) for one, told in answered if all(quotable(sentence.text) for sentence in told)]


def meant(those: Sequence[Candidate], weights: FaqWeights) -> tuple[Suggestion, ...]:
    """The likeliest that share a word with what is asked, as questions to ask back, likeliest first; of those that say the same the first."""
    sharing = [one for one in those if one.known.likeness.known]
    scored = sorted(((weights.weighed(one.known.likeness, one.fits), one) for one in sharing), key=lambda pair: -pair[0])
    near = [one for score, one in scored if score > scored[0][0] - CLOSE]
    apart = (one for at, one in enumerate(near) if not any(map(one.says_the_same, near[:at])))
    return tuple(islice((asked for one in apart if (asked := one.suggestion) is not None), MEANT))


def likeliest(those: Sequence[Candidate], weights: FaqWeights) -> Familiar | None:
    """None when there are none."""
    scores = [weights.weighed(one.known.likeness, one.fits) for one in those]
    if not scores:
        return None
    best = max(range(len(those)), key=scores.__getitem__)
    against = sum(math.exp(score - scores[best]) for score, one in zip(scores, those, strict=True) if not one.says_the_same(those[best]))
    return Familiar(those[best], -math.log(max(against, SHARE)))
