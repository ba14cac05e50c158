"""Sentences into an answer: numbers that match, quotes word for word, marks for the other language."""

from collections.abc import Sequence

from made_hits import document, hit

from knowledge_base.types import Hit
from tutor.answering.compose import compose
from tutor.answering.extract import Chosen
from tutor.types import Citation, Language

TEXT = "Alpha burns.\n\nBeta holds. Gamma  steers. Delta trains."
ROCKETS = document("rockets.en", "Rockets", as_of="2026-05-24")


def composed(hits_and_sentences: Sequence[tuple[Hit, int]], language: Language = "en") -> tuple[str, tuple[Citation, ...]]:
    pieces, citations = compose([Chosen(one, index, 1.0) for one, index in hits_and_sentences], language, lambda _hit: None)
    return "".join(pieces), citations


def test_every_statement_is_followed_by_its_number() -> None:
    one, other = hit(ROCKETS, TEXT), hit(document("moon.en"), "The Moon is grey.")
    text, citations = composed([(one, 0), (other, 0)])
    assert text == "Alpha burns. [1] The Moon is grey. [2]"
    assert [(citation.n, citation.quote, citation.doc_id) for citation in citations] == [
        (1, "Alpha burns.", "rockets.en"),
        (2, "The Moon is grey.", "moon.en"),
    ]


def test_neighbours_are_one_statement_and_quoted_as_they_stand() -> None:
    one = hit(ROCKETS, TEXT)
    text, citations = composed([(one, 0), (one, 1), (one, 2)])
    assert text == "Alpha burns. Beta holds. Gamma steers. [1]"
    assert [citation.quote for citation in citations] == ["Alpha burns.\n\nBeta holds. Gamma  steers."]
    assert citations[0].quote in one.passage.text


def test_sentences_with_others_between_them_are_two_statements() -> None:
    one = hit(ROCKETS, TEXT)
    text, citations = composed([(one, 0), (one, 3)])
    assert text == "Alpha burns. [1] Delta trains. [2]"
    assert citations[0].passage_id == citations[1].passage_id


def test_neighbours_in_number_of_two_passages_are_two_statements() -> None:
    one, next_one = hit(ROCKETS, "Alpha burns."), hit(ROCKETS, "Zeta rests. Beta holds.", start=40)
    assert composed([(one, 0), (next_one, 1)])[0] == "Alpha burns. [1] Beta holds. [2]"


def test_a_quote_in_the_other_language_is_marked_and_left_as_it_is() -> None:
    english, chinese = hit(ROCKETS, "Alpha burns."), hit(document("huojian.zh", "火箭", language="zh"), "火箭分级。")
    assert composed([(english, 0), (chinese, 0)])[0] == "Alpha burns. [1] 火箭分级。 (in Chinese in the course) [2]"
    text, citations = composed([(english, 0), (chinese, 0)], "zh")
    assert text == "Alpha burns.（课程原文为英文）[1]火箭分级。[2]"
    assert [citation.language for citation in citations] == ["en", "zh"]
    assert [citation.quote for citation in citations] == ["Alpha burns.", "火箭分级。"]


def test_a_source_s_own_footnotes_are_not_taken_for_citations() -> None:
    one = hit(ROCKETS, "See [the page][3] on it.[12] Beta [b] holds.[1][2]")
    text, citations = composed([(one, 0)])
    assert text == "See the page on it. Beta [b] holds. [1]"
    assert citations[0].quote in one.passage.text


def test_items_of_a_list_run_together_without_their_marks() -> None:
    one = hit(ROCKETS, "- Alpha burns - well.\n- Beta holds.\n  * Gamma steers.")
    text, citations = composed([(one, 0), (one, 1), (one, 2)])
    assert text == "Alpha burns - well. Beta holds. Gamma steers. [1]"
    assert citations[0].quote in one.passage.text


def test_chinese_runs_on_without_spaces() -> None:
    one = hit(document("huojian.zh", "火箭", language="zh"), "火箭分级。\n\n空贮箱被抛掉。")
    text, citations = composed([(one, 0), (one, 1)], "zh")
    assert text == "火箭分级。空贮箱被抛掉。[1]"
    assert citations[0].quote == "火箭分级。\n\n空贮箱被抛掉。"


def test_a_citation_says_where_it_stands() -> None:
    one = hit(ROCKETS, TEXT, section=("Rockets", "Stages", "Tanks"), score=1.23456)
    _pieces, (citation,) = compose([Chosen(one, 1, 1.0)], "en", lambda found: f"/player?doc={found.document.doc_id}")
    assert citation == Citation(
        n=1,
        passage_id=one.passage.passage_id,
        doc_id="rockets.en",
        title="Rockets",
        section="Stages / Tanks",
        page=None,
        position_s=None,
        url="/player?doc=rockets.en",
        quote="Beta holds.",
        language="en",
        as_of="2026-05-24",
        score=1.2346,
    )


def test_a_section_that_only_repeats_the_title_is_none() -> None:
    assert composed([(hit(ROCKETS, TEXT, section=("Rockets",)), 0)])[1][0].section is None


def test_nothing_chosen_is_nothing_said() -> None:
    assert composed([]) == ("", ())
