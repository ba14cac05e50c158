"""Fitted numbers: what evidence weighs in a hit's score, and how sure it makes us that the course holds an answer.

They weigh figures as this version of the program computes them. So a release is searched with the calibration that is installed, not with
one that it carries, and one built long ago gains by every new fit; its stamp says which numbers its own golden questions were asked with.

Each embedder has its own file under ``calibrations/``, written by ``python -m evaluation.fit``; an embedder without one gets
``default.json``, which trusts shared words alone, since cosines of unknown models cannot be read.
"""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.types import Hit, Likeness

FOLDER = Path(__file__).parent / "calibrations"
DEFAULT = "default"
SIXTH = 5  # the margin is taken to the sixth hit: a topic told in several places still stands out from the rest


@dataclass(frozen=True)
class Fusion:
    """What each piece of evidence adds to a hit's score, per unit, and what each better hit of the same document takes from it (`repeated`)."""

    passage_cosine: float
    sentence_cosine: float
    lexical: float
    coverage: float
    same_language: float
    neighbours: float = 0.0
    repeated: float = 0.0


@dataclass(frozen=True)
class Gate:
    """A logistic regression on the hits' evidence; `bar` is the probability below which the tutor refuses."""

    bias: float
    passage_cosine: float
    sentence_cosine: float
    coverage: float
    unknown: float
    margin: float
    bar: float

    def confidence(self, hits: Sequence[Hit]) -> float:
        """The probability (0..1) that the hits, best first, answer the question; 0 when there are none."""
        if not hits:
            return 0.0
        features = gate_features(hits)
        weights = (self.passage_cosine, self.sentence_cosine, self.coverage, self.unknown, self.margin)
        return 1 / (1 + math.exp(-self.bias - sum(weight * feature for weight, feature in zip(weights, features, strict=True))))


@dataclass(frozen=True)
class SentenceWeights:
    """What makes a sentence of a hit a likely answer: `tutor.answering.clues.Clue` says what each weight multiplies."""

    lag: float
    cosine: float
    coverage: float
    fit: float
    context: float = 0.0


@dataclass(frozen=True)
class FaqWeights:
    """What makes a question another wording of one that is often asked (a conditional logit).

    `Likeness` says what all weights but the last multiply; `fits` weighs how well (0..1) the answer fits the question.
    """

    nearest: float = 0.0
    mean: float = 0.0
    answer: float = 0.0
    known: float = 0.0
    told: float = 0.0
    shared: float = 0.0
    fits: float = 0.0

    def weighed(self, likeness: Likeness, fits: float) -> float:
        """The score; of several questions each is as likely as its score's exponential is great beside the others'."""
        return (
            self.nearest * likeness.nearest
            + self.mean * likeness.mean
            + self.answer * likeness.answer
            + self.known * likeness.known
            + self.told * likeness.told
            + self.shared * likeness.shared
            + self.fits * fits
        )


@dataclass(frozen=True)
class FaqGate:
    """A logistic regression: whether the likeliest of the questions that are often asked is the one asked, and its answer the right one.

    `weights` are of its likeness, `lead` is the logarithm of its odds beside the others, `granted` is 1 where the course tells of all that the
    question takes for granted, `chinese` is 1 in Chinese, where cosines are higher. From `bar` on it is answered.
    """

    bias: float = 0.0
    weights: FaqWeights = FaqWeights()
    lead: float = 0.0
    granted: float = 0.0
    chinese: float = 0.0
    bar: float = 1.0

    @property
    def fitted(self) -> bool:
        """Whether it can be reached at all."""
        return self.bar < 1

    def probability(self, likeness: Likeness, fits: float, *, lead: float, granted: bool, chinese: bool) -> float:
        """How sure (0..1) it is."""
        score = self.bias + self.weights.weighed(likeness, fits) + self.lead * lead + self.granted * granted + self.chinese * chinese
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True)
class Calibration:
    """One embedder's fitted numbers; `version` rises with every fit. Without `faq` and `faq_gate` no question is known again."""

    version: int
    fusion: Fusion
    gate: Gate
    sentence: SentenceWeights
    faq: FaqWeights = FaqWeights()
    faq_gate: FaqGate = FaqGate()


@dataclass(frozen=True)
class CalibrationStamp:
    """Which calibration was installed when a release was built; `sha256` is of its file."""

    name: str
    version: int
    sha256: str


def gate_features(hits: Sequence[Hit]) -> tuple[float, float, float, float, float]:
    """Figures about a question's hits that do not grow with the corpus: the best of each piece of evidence, and the lead over the sixth hit."""
    return (
        max(hit.evidence.passage_cosine for hit in hits),
        max(hit.evidence.sentence_cosine for hit in hits),
        max(hit.evidence.coverage for hit in hits),
        hits[0].evidence.unknown,
        hits[0].score - hits[min(SIXTH, len(hits) - 1)].score,
    )


def calibration_for(stamp: EmbedderStamp) -> Calibration:
    """The calibration fitted for this embedder, or the default one."""
    return load(_installed(stamp))


def calibration_stamp(stamp: EmbedderStamp) -> CalibrationStamp:
    """What names that calibration."""
    path = _installed(stamp)
    return CalibrationStamp(path.stem, load(path).version, hashlib.sha256(path.read_bytes()).hexdigest())


def _installed(stamp: EmbedderStamp) -> Path:
    path = path_for(stamp.name)
    return path if path.is_file() else path_for(DEFAULT)


def path_for(name: str) -> Path:
    """Where the calibration of the embedder called `name` is kept, if there is one."""
    return FOLDER / f"{name.replace('/', '--')}.json"


def load(path: Path) -> Calibration:
    """A calibration from its file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(
        raw["version"],
        Fusion(**raw["fusion"]),
        Gate(**raw["gate"]),
        SentenceWeights(**raw["sentence"]),
        FaqWeights(**raw.get("faq", {})),
        _faq_gate(raw["faq_gate"]) if "faq_gate" in raw else FaqGate(),
    )


def _faq_gate(raw: dict[str, Any]) -> FaqGate:
    return FaqGate(**{**raw, "weights": FaqWeights(**raw["weights"])})
