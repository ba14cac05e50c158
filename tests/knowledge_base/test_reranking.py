"""The second look: a real cross-encoder, made and trained here in a moment, and how its order joins the first."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from small_release import MOON, build_and_publish, document, passage
from tiny_cross_encoder import LIKED, WORDS, make_cross_encoder, make_encoder

from knowledge_base.calibration import calibration_for, gate_features
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import ModelUnavailable
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.reranking import RERANKED, CrossEncoderReranker, Pair, reranked
from knowledge_base.types import Evidence, Filters, Hit


class Backwards:
    """Likes the last best."""

    name = "backwards"

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        return [float(at) for at in range(len(pairs))]


class Likes:
    """Likes passages that hold a word, and notes what it is given."""

    name = "likes"

    def __init__(self, word: str) -> None:
        self.word = word
        self.given: list[Pair] = []

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        self.given.extend(pairs)
        return [float(self.word in text) for _question, text in pairs]


def hits(n: int) -> list[Hit]:
    evidence = Evidence(0.5, 0.5, 0.5, 0.5, 0.0)
    return [Hit(passage(f"d{at}.en", f"word{at}"), document(f"d{at}.en"), 1 - at / 100, evidence, (0.5,)) for at in range(n)]


def test_both_orders_count_and_scores_stay_in_their_places() -> None:
    first = hits(3)
    again = reranked(first, "which?", Likes("word2"))
    assert [hit.passage.text for hit in again] == ["word0", "word2", "word1"]
    assert [hit.score for hit in again] == [hit.score for hit in first]
    assert gate_features(again) == gate_features(first)


def test_only_the_first_are_looked_at_and_nothing_is_lost() -> None:
    first, likes = hits(RERANKED + 4), Likes("word23")
    again = reranked(first, "which?", likes)
    assert len(likes.given) == RERANKED
    assert [hit.passage.text for hit in again[RERANKED:]] == ["word20", "word21", "word22", "word23"]
    assert {hit.passage.passage_id for hit in again} == {hit.passage.passage_id for hit in first}
    assert likes.given[0] == ("which?", "About d0 / First part / Its beginning\nword0")


def test_no_hit_and_one_hit_stay_as_they_are() -> None:
    assert reranked([], "which?", Backwards()) == ()
    assert reranked(hits(1), "which?", Backwards()) == tuple(hits(1))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder that has learnt to like passages with one word."""
    return make_cross_encoder(tmp_path_factory.mktemp("model") / "cross")


def test_a_real_cross_encoder_puts_what_it_likes_before_what_search_liked(model: Path) -> None:
    one = CrossEncoderReranker(str(model))
    scores = one.scores([("red", f"about\n{word}") for word in WORDS])
    assert max(scores) == scores[WORDS.index(LIKED)]
    assert one.scores([]) == []
    first = [
        replace(hit, document=document("x.en", "x"), passage=replace(hit.passage, section=(), text=text))
        for hit, text in zip(hits(4), WORDS, strict=False)
    ]
    assert [hit.passage.text for hit in first].index(LIKED) == 3
    assert [hit.passage.text for hit in reranked(first, "red", one)].index(LIKED) < 3


def test_a_library_with_a_reranker_looks_further_than_it_gives(data: DataFolder, clock: Callable[[], dt.datetime], model: Path) -> None:
    embedder = HashingEmbedder()
    build_and_publish(data, MOON, embedder, clock)
    plain, likes = Library(data, embedder), Likes("rocket")
    second = Library(data, embedder, reranker=likes)
    real = Library(data, embedder, reranker=CrossEncoderReranker(str(model)))
    try:
        before = plain.search_now("Is there air on the Moon?", k=24, filters=Filters()).hits
        after = second.search_now("Is there air on the Moon?", k=24, filters=Filters()).hits
        assert len(likes.given) == len(before) == len(after) == len(MOON)
        assert [hit.score for hit in after] == [hit.score for hit in before]
        gate = calibration_for(embedder.stamp).gate
        assert gate.confidence(after) == gate.confidence(before)
        assert second.search_now("Is there air on the Moon?", k=1, filters=Filters()).hits == after[:1]
        assert {hit.passage.passage_id for hit in real.search_now("air", k=9, filters=Filters()).hits} == {hit.passage.passage_id for hit in before}
    finally:
        for library in (plain, second, real):
            library.close()


def test_what_cannot_be_opened_is_told_as_the_operator_s_to_mend(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{", encoding="utf-8")
    for name in (str(tmp_path / "nowhere"), "./nowhere", str(tmp_path / "empty"), str(tmp_path / "broken")):
        with pytest.raises(ModelUnavailable, match="NAVIGATOR_RERANKER") as raised:
            CrossEncoderReranker(name)
        assert repr(name) in str(raised.value)


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no cross-encoder that gives one score"):
        CrossEncoderReranker(str(make_encoder(tmp_path / "encoder")))
    with pytest.raises(ModelUnavailable, match="no cross-encoder that gives one score"):
        CrossEncoderReranker(str(make_cross_encoder(tmp_path / "three", labels=3)))
