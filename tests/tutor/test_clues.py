"""What speaks for a sentence: figures that compare a question's sentences with one another."""

import pytest
from made_hits import document, hit

from knowledge_base.calibration import SentenceWeights
from knowledge_base.types import Hit
from tutor.answering.clues import Clue, Clues
from tutor.question.understand import understand

EELS = document("eels", "Silver eels")


def clue(question: str, hits: list[Hit], index: int, *, of: int = 0) -> Clue:
    """Of one sentence; every word of the question is as rare as every other in the release."""
    understood = understand(question, None)
    one = hits[of]
    return Clues(understood, dict.fromkeys(understood.words, 1.0), hits).of(one, index, one.passage.sentence_texts()[index])


def test_the_lag_the_cosine_and_the_fit_are_the_sentence_s_own() -> None:
    hits = [hit(EELS, "Nets hang low.", score=2.0), hit(EELS, "Nets tore. On 3 May 1999 nets tore.", cosines=(0.25, 0.75), score=0.5, start=40)]
    first, second = clue("When did nets tear?", hits, 0, of=1), clue("When did nets tear?", hits, 1, of=1)
    assert (first.lag, first.cosine, first.fit) == (-1.5, 0.25, -1.0)
    assert (second.lag, second.cosine, second.fit) == (-1.5, 0.75, 1.0)


def test_a_word_that_every_sentence_holds_tells_them_apart_less_than_one_that_few_hold() -> None:
    hits = [hit(EELS, "Silver eels are fish. Silver eels swim. Their length is 46 cm.")]
    named, swimming, told = (clue("What length do silver eels reach?", hits, index).coverage for index in range(3))
    assert named == pytest.approx(swimming)
    assert told > named  # two words that two of three sentences hold, against one that one holds
    assert clue("silver eels", hits, 0).coverage == pytest.approx(1.0)


def test_the_title_the_headings_and_the_first_sentence_speak_for_what_follows() -> None:
    hits = [hit(EELS, "Rivers are home to them. They eat crabs.", section=("Food",))]
    question = "What food do silver eels of rivers eat?"
    assert clue(question, hits, 1).context == pytest.approx(4 / 5)  # silver, eels, food, rivers; what the sentence holds itself counts as coverage
    assert clue(question, hits, 0).context == pytest.approx(3 / 5)
    assert clue("What do crabs eat?", hits, 1).context == 0


def test_a_question_without_words_finds_nothing_in_a_sentence() -> None:
    hits = [hit(EELS, "Silver eels swim.")]
    assert (clue("Why?", hits, 0).coverage, clue("Why?", hits, 0).context) == (0, 0)


def test_the_weights_stand_in_the_order_of_the_clues() -> None:
    assert Clue(lag=1, cosine=2, coverage=3, fit=4, context=5).weighed(SentenceWeights(1, 10, 100, 1_000, 10_000)) == 54_321
