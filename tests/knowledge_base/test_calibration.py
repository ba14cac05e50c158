"""Fitted numbers: each embedder has its own or the default, and confidence is a probability that follows the evidence."""

from dataclasses import replace

import pytest
from small_release import MOON, document, passage

from knowledge_base import calibration as fitted
from knowledge_base.calibration import calibration_for, gate_features
from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.types import Evidence, Hit

STRONG = Evidence(passage_cosine=0.9, sentence_cosine=0.93, lexical=0.8, coverage=1.0, unknown=0.0)
WEAK = Evidence(passage_cosine=0.76, sentence_cosine=0.77, lexical=0.0, coverage=0.0, unknown=1.0)
FITTED = sorted(path.stem for path in fitted.FOLDER.glob("*.json"))


def hit(evidence: Evidence, score: float) -> Hit:
    return Hit(passage("moon.en", MOON["moon.en"]), document("moon.en"), score, evidence, (evidence.sentence_cosine,))


def test_an_embedder_has_its_own_calibration_and_an_unknown_one_the_default() -> None:
    default = fitted.load(fitted.path_for(fitted.DEFAULT))
    for name in FITTED:
        assert calibration_for(EmbedderStamp(name, 8, "x")) == fitted.load(fitted.path_for(name))
    assert calibration_for(EmbedderStamp("somebody/else", 8, "x")) == default
    assert {"default", "hashing", "multilingual-e5-small"} <= set(FITTED)
    assert calibration_for(HashingEmbedder.stamp) != default


def test_the_default_trusts_no_cosine_of_an_unknown_model() -> None:
    default = fitted.load(fitted.path_for(fitted.DEFAULT))
    assert (default.fusion.passage_cosine, default.fusion.sentence_cosine) == (0, 0)
    assert (default.gate.passage_cosine, default.gate.sentence_cosine) == (0, 0)


@pytest.mark.parametrize("name", FITTED)
def test_confidence_is_a_probability_that_rises_with_the_evidence(name: str) -> None:
    gate = fitted.load(fitted.path_for(name)).gate
    strong, weak = (gate.confidence([hit(evidence, 1.0), hit(evidence, 0.9)]) for evidence in (STRONG, WEAK))
    assert 0 <= weak < gate.bar < strong <= 1
    assert gate.confidence([]) == 0


def test_features_take_the_best_of_each_evidence_and_the_lead_over_the_sixth_hit() -> None:
    hits = [hit(replace(WEAK, coverage=0.1 * rank), 1 - 0.1 * rank) for rank in range(8)]
    features = gate_features([hit(STRONG, 1.0), *hits[1:]])
    assert features[:4] == (STRONG.passage_cosine, STRONG.sentence_cosine, 1.0, STRONG.unknown)
    assert features[4] == pytest.approx(0.5)
    assert gate_features(hits[:1])[4] == 0
