"""Grounded figures and citation support, with planted faults: each must be seen, and what is right must pass."""

import pytest
from judged_sources import MISSIONS, says, source

from evaluation.judging.statements import Source, Statement
from evaluation.metrics.citation_support import paraphrased, quoted, supported
from evaluation.metrics.grounded import grounded, told

QUOTE = "It brought back 1,731 g of lunar soil from the near side."
RIGHT = [
    (QUOTE, "change-5.en"),
    ("On 1 December 2020 Chang'e-5 came down on the Moon and later brought 1731 g of soil back.", "change-5.en"),
    ("CE-5 landed on the Moon on December 1, 2020 (15:11 UTC).", "change-5.en"),
    ("嫦娥5号2020年12月1日在月球着陆。", "change-5.zh"),
    ("嫦娥六号带回了1935.3克月壤。", "change-6.en"),
    ("Chang'e-6 brought its soil back in June 2024.", "change-6.zh"),
]
FAULTS = {
    "number": ("Chang'e-5 brought back 1,713 g of lunar soil.", "change-5.en"),
    "number in the other language": ("嫦娥五号带回了1713克月壤。", "change-5.en"),
    "number, spelt out": ("Chang'e-5 brought back soil of seventeen places.", "change-5.en"),
    "unit": ("Chang'e-5 brought back 1,731 kg of lunar soil.", "change-5.en"),
    "unit, Chinese": ("嫦娥五号带回了1731千克月壤。", "change-5.zh"),
    "time": ("Chang'e-5 landed on the Moon at 15:17 UTC.", "change-5.en"),
    "day": ("Chang'e-5 landed on the Moon on 11 December 2020.", "change-5.en"),
    "month": ("Chang'e-5 landed on the Moon on 1 November 2020.", "change-5.en"),
    "year": ("嫦娥五号于2021年12月1日在月球着陆。", "change-5.zh"),
    "name": ("Chang'e-6 landed on the Moon on 1 December 2020.", "change-5.en"),
    "name, Chinese": ("嫦娥六号于2020年12月1日在月球着陆。", "change-5.zh"),
    "a mission that nobody flew": ("Chang'e-9 landed on the Moon on 1 December 2020.", "change-5.en"),
    "citation": (QUOTE, "change-6.en"),
}


@pytest.mark.parametrize(("text", "cited"), RIGHT)
def test_what_the_source_tells_is_grounded_in_any_words_and_either_language(text: str, cited: str) -> None:
    statement = says(text, cited)
    assert told(statement, MISSIONS).grounded
    assert paraphrased(statement, told(statement, MISSIONS), near=True)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_neither_grounded_nor_supported(fault: str) -> None:
    text, cited = FAULTS[fault]
    statement = says(text, cited)
    things = told(statement, MISSIONS)
    assert not things.grounded
    assert not paraphrased(statement, things, near=True)
    assert not quoted(statement)


def test_shares_count_every_number_date_and_name() -> None:
    texts = ["Chang'e-5 landed on 1 December 2020 at 15:11 and brought 1,731 g.", "Chang'e-6 landed on 2 December 2020 with 9 kg."]
    measured = grounded([told(says(text, "change-5.en"), MISSIONS) for text in texts])
    assert [(one.n, one.value) for one in (measured.numbers, measured.dates, measured.names)] == [(3, pytest.approx(2 / 3)), (2, 0.5), (2, 0.5)]


def test_a_year_told_apart_from_its_day_counts_as_told() -> None:
    assert told(says("It came down on 1 December.", "change-5.en"), MISSIONS).grounded
    assert not told(says("It came down in November 2020.", "change-5.en"), MISSIONS).grounded


def test_without_a_source_nothing_is_grounded_or_supported() -> None:
    statement = says(QUOTE)
    things = told(statement, MISSIONS)
    assert not things.grounded
    assert not quoted(statement)
    assert not paraphrased(says("The soil is dark."), told(says("The soil is dark."), MISSIONS), near=True)


def test_a_quote_may_leave_out_sentences_and_run_lines_together() -> None:
    assert quoted(says(QUOTE, "change-5.en"))
    assert quoted(says("嫦娥五号于2020年12月1日15:11在月球着陆。 它从月球正面带回了1731克月壤。", "change-5.zh"))


def test_a_source_s_own_footnotes_are_not_asked_for() -> None:
    noted = Source("p", "moon.en", "See [the page][3] on the Moon.[12]", "The Moon", "en", "See [the page][3] on the Moon.[12]")
    assert quoted(Statement("See the page on the Moon.", "en", (noted,)))
    assert not quoted(Statement("See the page on the Sun.", "en", (noted,)))


@pytest.mark.parametrize(
    "text",
    [
        "It brought back 1,731 g of lunar soil from the far side.",
        "It never brought back 1,731 g of lunar soil from the near side.",
        "It brought back 1,731 g of lunar soil from the near side. Chang'e-5 landed on the Moon on 1 December 2020 at 15:11 UTC.",
        "Landing: It brought back 1,731 g of lunar soil from the near side.",
    ],
)
def test_a_quote_with_any_word_changed_or_moved_is_not_supported(text: str) -> None:
    assert not quoted(says(text, "change-5.en"))


def test_a_citation_that_quotes_what_the_passage_does_not_hold_supports_nothing() -> None:
    swapped = Statement(QUOTE, "en", (source("change-5.en", quote="It brought back 1,713 g."),))
    assert not quoted(swapped)


def test_a_paraphrase_must_be_about_what_it_cites() -> None:
    statement = says("Solar panels feed batteries through long lunar nights.", "change-5.en")
    assert told(statement, MISSIONS).grounded
    assert not paraphrased(statement, told(statement, MISSIONS), near=True)


def test_across_languages_search_must_find_what_a_paraphrase_cites() -> None:
    statement = says("Soil came back from the near side.", "change-5.zh")
    things = told(statement, MISSIONS)
    assert paraphrased(statement, things, near=True)
    assert not paraphrased(statement, things, near=False)


def test_engines_that_quote_are_judged_by_their_words_and_models_by_what_they_tell() -> None:
    statement = says("Lunar soil of 1,731 g was brought back.", "change-5.en")
    things = told(statement, MISSIONS)
    assert [supported(statement, things, engine=engine, near=False) for engine in ("extract", "fact", "some-model")] == [False, False, True]
