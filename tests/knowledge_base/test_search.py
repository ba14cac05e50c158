"""Search: the nearest are found, filters hold, the same language is preferred, and nothing found is an empty tuple."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_release import Clock, build_and_publish, document, passage

from knowledge_base.calibration import Calibration
from knowledge_base.embedding.base import Embedder, Vectors
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.index import chroma, lexical
from knowledge_base.language import Language
from knowledge_base.progress import silent
from knowledge_base.release import publish
from knowledge_base.release.build import Contents, build_release
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import OpenRelease, open_release
from knowledge_base.search import Query, make_query, search, spread
from knowledge_base.types import Filters, Hit

TEXTS = {
    "moon.en": "The Moon has no air. It has no weather either.",
    "moon.zh": "月球没有空气。月球上也没有天气。",
    "mars.en": "Mars has thin air. Its weather brings dust storms.",
    "mars.zh": "火星的空气很稀薄。火星上有沙尘暴。",
    "rockets.en": "A rocket pushes gas backwards. The gas pushes the rocket forwards.",
    "rockets.zh": "火箭向后喷出气体。气体推动火箭前进。",
    "notes": "Some notes about Moon rockets.",
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRelease]:
    data = DataFolder(tmp_path_factory.mktemp("search") / "data")
    build_and_publish(data, TEXTS, HashingEmbedder(), _spring)
    opened = open_release(data, None, HashingEmbedder.stamp)
    yield opened
    opened.close()


@pytest.fixture
def find(release: OpenRelease, calibration: Calibration) -> "Find":
    return Find(release, calibration)


class Find:
    """Searches the module's release."""

    def __init__(self, release: OpenRelease, calibration: Calibration) -> None:
        self.release = release
        self.fusion = calibration.fusion

    def query(self, text: str, language: Language | None = None) -> Query:
        return make_query(text, HashingEmbedder().embed_queries([text])[0], language)

    def __call__(self, text: str, *, k: int = 10, filters: Filters | None = None, language: Language | None = None) -> tuple[Hit, ...]:
        return search(self.release, self.query(text, language), k=k, filters=filters or Filters(), fusion=self.fusion)

    def ids(self, text: str, *, filters: Filters | None = None) -> set[str]:
        return {hit.document.doc_id for hit in self(text, filters=filters)}


@pytest.mark.parametrize("filters", [Filters(), Filters(language="zh"), Filters(lesson="notes")])
def test_a_hits_cosines_are_those_of_its_own_row(find: Find, filters: Filters) -> None:
    query, vectors = find.query("Does the Moon have weather?"), find.release.vectors
    hits = search(find.release, query, k=50, filters=filters, fusion=find.fusion)
    assert hits
    for hit in hits:
        row = find.release.rows[hit.passage.passage_id]
        sentences = vectors.sentences_of(row).astype(np.float32) @ query.vector
        assert hit.sentence_cosines == pytest.approx(sentences.tolist(), abs=1e-6)
        assert len(hit.sentence_cosines) == len(hit.passage.sentences)
        assert hit.evidence.sentence_cosine == pytest.approx(float(sentences.max()), abs=1e-6)
        assert hit.evidence.passage_cosine == pytest.approx(float(vectors.passages[row] @ query.vector), abs=1e-6)


def test_the_passage_that_shares_most_comes_first(find: Find) -> None:
    assert find("Is there air on the Moon?")[0].document.doc_id == "moon.en"
    assert find("月球上有空气吗？")[0].document.doc_id == "moon.zh"
    assert find("火箭为什么能前进？")[0].document.doc_id == "rockets.zh"


def test_scores_fall_with_rank_and_every_passage_comes_once(find: Find) -> None:
    hits = find("air and weather on Mars and the Moon")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 3
    assert len({hit.passage.passage_id for hit in hits}) == len(hits) == len(TEXTS)


def test_k_is_the_most_that_is_given_and_does_not_change_the_order(find: Find) -> None:
    every = find("air on Mars")
    assert [find("air on Mars", k=k) for k in (1, 3)] == [every[:1], every[:3]]


def test_the_evidence_is_what_the_vectors_and_words_say(find: Find) -> None:
    hit = find("Is there air on the Moon?")[0]
    row = find.release.rows[hit.passage.passage_id]
    vector = find.query("Is there air on the Moon?").vector
    assert hit.evidence.passage_cosine == pytest.approx(float(find.release.vectors.passages[row] @ vector), abs=1e-6)
    assert hit.evidence.sentence_cosine == max(hit.sentence_cosines)
    assert len(hit.sentence_cosines) == len(hit.passage.sentences) == 2
    assert 0 < hit.evidence.lexical <= 1
    assert hit.evidence.coverage == pytest.approx(1)
    assert find("zeppelin")[0].evidence.coverage == 0


def test_a_passage_gains_by_the_passages_beside_it_in_its_document(
    data: DataFolder, embedder: Embedder, clock: Clock, calibration: Calibration
) -> None:
    parts = ["Comets are ice.", "Planets go round.", "Comets have tails."]
    passages = [replace(passage("sky.en", text), start=at) for at, text in enumerate(parts)]
    with publish.writing(data):
        made = build_release(
            data,
            Contents([document("sky.en"), document("end.en")], [*passages, passage("end.en", "Comets.")], None),
            embedder,
            now=clock(),
            progress=silent,
        )
    release = open_release(data, made.release, embedder.stamp)
    query = make_query("comets", embedder.embed_queries(["comets"])[0])
    fusion = replace(calibration.fusion, neighbours=0.4, repeated=0.0)
    hits = {hit.passage.text: hit for hit in search(release, query, k=9, filters=Filters(), fusion=fusion)}
    plain = {hit.passage.text: hit for hit in search(release, query, k=9, filters=Filters(), fusion=replace(fusion, neighbours=0.0))}
    release.close()
    own = {text: hit.evidence.passage_cosine for text, hit in hits.items()}
    near = {text: hit.evidence.neighbours for text, hit in hits.items()}
    assert near["Planets go round."] == pytest.approx((own[parts[0]] + own[parts[2]]) / 2, abs=1e-6)
    assert near[parts[0]] == pytest.approx((own[parts[0]] + own[parts[1]]) / 2, abs=1e-6)  # nothing stands before the first: itself
    assert near["Comets."] == pytest.approx(own["Comets."], abs=1e-6)  # the passage in the row before is another document's
    assert all(hits[text].score == pytest.approx(plain[text].score + 0.4 * near[text], abs=1e-6) for text in hits)


def test_further_hits_of_one_document_are_put_back_by_their_number() -> None:
    scores, documents = np.array([0.5, 0.9, 0.8, 0.7]), np.array([7, 3, 3, 3])
    assert spread(scores, documents, 0.25).tolist() == pytest.approx([0.5, 0.9, 0.55, 0.2])
    assert spread(scores, documents, 0.0).tolist() == scores.tolist()
    assert spread(np.zeros(0), np.zeros(0, np.int64), 0.25).tolist() == []


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(language="en"), {"moon.en", "mars.en", "rockets.en", "notes"}),
        (Filters(language="zh"), {"moon.zh", "mars.zh", "rockets.zh"}),
        (Filters(course="space"), {"moon.en", "moon.zh"}),
        (Filters(lesson="mars"), {"mars.en", "mars.zh"}),
        (Filters(lesson="mars.zh"), {"mars.zh"}),
        (Filters(lesson="notes"), {"notes"}),
        (Filters(language="zh", course="space", lesson="moon"), {"moon.zh"}),
        (Filters(language="zh", lesson="notes"), set()),
        (Filters(course="no such course"), set()),
    ],
)
def test_filters_admit_what_they_name_and_nothing_else(find: Find, filters: Filters, admitted: set[str]) -> None:
    assert find.ids("air on the Moon", filters=filters) == admitted
    assert find.ids("月球的空气", filters=filters) == admitted


def test_nothing_admitted_is_an_empty_tuple(find: Find) -> None:
    assert find("air", filters=Filters(lesson="no such lesson")) == ()


def test_a_filter_that_admits_all_ranks_as_no_filter_does(find: Find) -> None:
    english = Filters(language="en")
    unfiltered = [hit.passage.passage_id for hit in find("Moon rockets") if hit.document.language == "en"]
    assert [hit.passage.passage_id for hit in find("Moon rockets", filters=english)] == unfiltered


def test_the_questions_language_is_preferred_unless_another_is_named(find: Find) -> None:
    """No word and no vector tells these two apart: the same language alone decides."""
    fusion = replace(find.fusion, passage_cosine=0.0, sentence_cosine=0.0, lexical=0.0, coverage=0.0, same_language=1.0)
    cases: tuple[tuple[str, Language | None, Language], ...] = (("air", None, "en"), ("空气", None, "zh"), ("air", "zh", "zh"), ("空气", "en", "en"))
    for text, language, first in cases:
        query = find.query(text, language)
        hits = search(find.release, query, k=20, filters=Filters(), fusion=fusion)
        languages = [hit.document.language for hit in hits]
        assert languages == sorted(languages, key=lambda one: one != first)
        assert set(languages) == {"en", "zh"}


def test_a_question_without_words_or_known_words_still_finds_by_its_vector(find: Find) -> None:
    for text in ("?!", "zeppelin", "what is it"):
        hits = find(text)
        assert len(hits) == len(TEXTS)
        assert all(hit.evidence.lexical == 0 for hit in hits)


def test_an_empty_release_finds_nothing(data: DataFolder, embedder: Embedder, clock: Clock, calibration: Calibration) -> None:
    build_and_publish(data, {}, embedder, clock)
    release = open_release(data, None, embedder.stamp)
    query = make_query("air on the Moon", embedder.embed_queries(["air on the Moon"])[0])
    for filters in (Filters(), Filters(language="en")):
        assert search(release, query, k=5, filters=filters, fusion=calibration.fusion) == ()
    release.close()


def test_words_find_a_passage_that_the_vector_index_ranks_beyond_the_candidates(
    data: DataFolder, embedder: Embedder, clock: Clock, calibration: Calibration
) -> None:
    """A hundred and twenty passages lie nearer in words shared, but only one holds the rare word."""
    crowd = {f"crowd{number}.en": "moon dust " * 8 + f"sample{number}" for number in range(120)}
    rare = "zirconium " + " ".join(f"filler{number}" for number in range(300))
    build_and_publish(data, crowd | {"rare.en": rare}, embedder, clock)
    release = open_release(data, None, embedder.stamp)
    text = "moon dust moon dust zirconium"
    vector = embedder.embed_queries([text])[0]
    sought = release.passages[-1].passage_id
    assert sought not in release.vector_index.nearest(vector, 100)
    hits = search(release, make_query(text, vector), k=200, filters=Filters(), fusion=calibration.fusion)
    assert sought in {hit.passage.passage_id for hit in hits}
    release.close()


def test_the_vector_index_agrees_with_brute_force(tmp_path: Path) -> None:
    """Recall in the top 20 over 2,000 clustered vectors, as texts' are, is at least 0.98."""
    vectors, queries = _clustered(2000), _clustered(100)
    ids = [f"p{row}" for row in range(len(vectors))]
    chroma.build(tmp_path / "chroma", ids, vectors, progress=silent)
    index = chroma.VectorIndex(tmp_path / "chroma")
    exact = np.argsort(-(queries @ vectors.T), axis=1)[:, :20]
    found = [index.nearest(query, 20) for query in queries]
    shared = [len({ids[row] for row in rows} & set(near)) / 20 for rows, near in zip(exact, found, strict=True)]
    assert np.mean(shared) >= 0.98
    assert found[0][0] == ids[exact[0][0]]
    index.close()


def test_the_vector_index_gives_no_more_than_it_holds(tmp_path: Path) -> None:
    chroma.build(tmp_path / "chroma", ["a", "b"], _clustered(2), progress=silent)
    index = chroma.VectorIndex(tmp_path / "chroma")
    assert set(index.nearest(_clustered(1)[0], 50)) == {"a", "b"}
    index.close()


def test_the_lexical_index_gives_the_rows_that_hold_a_word_and_their_bm25_score(tmp_path: Path) -> None:
    texts = [["moon", "air", "moon"], ["mars", "air"], [], ["moon", "rock", "dust", "dust", "dust"]]
    lexical.build(tmp_path / "lexical", texts)
    index = lexical.LexicalIndex(tmp_path / "lexical", len(texts))
    average = 11 / 4  # the empty text counts as one word that no question holds
    for word in ("moon", "air", "dust"):
        rows, scores = index.holders(word)
        assert rows.tolist() == [row for row, text in enumerate(texts) if word in text]
        counts = [texts[row].count(word) for row in rows]
        lengths = [len(texts[row]) for row in rows]
        saturated = [count / (count + 1.2 * (0.25 + 0.75 * length / average)) for count, length in zip(counts, lengths, strict=True)]
        assert scores == pytest.approx([index.rarity(len(rows)) * one for one in saturated], rel=1e-4)


def test_a_word_that_no_text_holds_has_no_holders_and_is_rarest(tmp_path: Path) -> None:
    lexical.build(tmp_path / "lexical", [["moon"], ["mars", "moon"]])
    index = lexical.LexicalIndex(tmp_path / "lexical", 2)
    assert [part.tolist() for part in index.holders("zeppelin")] == [[], []]
    assert index.rarity(0) > index.rarity(1) > index.rarity(2) > 0


def _clustered(count: int) -> Vectors:
    """Unit vectors around forty directions that are always the same."""
    centres = np.random.default_rng(1).normal(size=(40, 64))
    chance = np.random.default_rng(count)
    vectors = centres[chance.integers(0, 40, count)] + 0.5 * chance.normal(size=(count, 64))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _spring() -> dt.datetime:
    return dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
