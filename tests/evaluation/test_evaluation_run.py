"""A set run against a real small release, measured, and shown."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from tiny_sets import library_of, write_set, write_space

from evaluation.report import as_json, as_tables
from evaluation.run import Outcome, SetResult, measure, run
from evaluation.sets import QuestionSet, load
from knowledge_base.library import Library
from knowledge_base.progress import silent


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return load(write_space(tmp_path_factory.mktemp("sets")))


@pytest.fixture(scope="module")
def library(questions: QuestionSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(questions, tmp_path_factory.mktemp("data") / "data") as library:
        yield library


@pytest.fixture
async def outcomes(questions: QuestionSet, library: Library) -> dict[str, Outcome]:
    return {outcome.item.item_id: outcome for outcome in await run(library, questions, progress=silent)}


@pytest.fixture
def measured(outcomes: dict[str, Outcome]) -> SetResult:
    return measure("space", list(outcomes.values()))


def shown(measured: SetResult) -> list[str]:
    """The table's lines, as a person reads them."""
    text = io.StringIO()
    for table in as_tables([measured]):
        Console(file=text, width=120).print(table)
    return [" ".join(line.split()) for line in text.getvalue().splitlines()]


def test_every_question_is_searched_for_and_asked(outcomes: dict[str, Outcome]) -> None:
    found = {item_id: (outcome.rank, outcome.rank_other_language, outcome.refused, outcome.right) for item_id, outcome in outcomes.items()}
    wrong_gold = found.pop("clock")
    assert wrong_gold[0] != 1
    assert wrong_gold[1:] == (None, False, False)
    assert found == {
        "tanks": (1, 1, False, True),
        "tanks-zh": (1, None, False, True),
        "dust": (1, None, False, True),
        "gas": (1, None, False, True),
        "painter": (None, None, True, True),
        "crew": (None, None, False, False),
    }


async def test_progress_hears_of_every_question(questions: QuestionSet, library: Library) -> None:
    heard: list[tuple[str, int, int]] = []
    await run(library, questions, progress=lambda what, done, total: heard.append((what, done, total)))
    assert heard == [("asking space", done, 7) for done in range(1, 8)]


def test_a_set_is_measured_by_language_with_its_refusals(measured: SetResult) -> None:
    assert (measured.name, measured.questions, list(measured.languages)) == ("space", 7, ["en", "zh"])
    english, chinese = measured.languages["en"], measured.languages["zh"]
    assert english.search is not None
    assert (english.search.recall[1].value, english.search.recall[1].n, english.search.mrr.n) == (0.75, 4, 4)
    assert english.contains_gold is not None
    assert (english.contains_gold.value, english.contains_gold.n) == (0.75, 4)
    assert english.cited is not None
    assert (english.cited.value, english.cited.n) == (1.0, 5)
    assert english.search_other_language is not None
    assert (english.search_other_language.recall[1].value, english.search_other_language.mrr.n) == (1.0, 1)
    assert chinese.search is not None
    assert chinese.search_other_language is None
    assert measured.refusals is not None
    refused = measured.refusals
    assert [(one.value, one.n) for one in (refused.precision, refused.recall, refused.false)] == [(1.0, 1), (0.5, 2), (0.0, 5)]


def test_what_a_set_does_not_ask_is_not_measured() -> None:
    assert measure("empty", []).languages == {}


async def test_a_language_without_gold_has_no_figures_of_it(tmp_path: Path) -> None:
    questions = load(write_set(tmp_path / "set", {"a.md": "Tides rise twice a day."}, [{"id": "q", "question": "Who painted the sunflowers?"}]))
    with library_of(questions, tmp_path / "data") as library:
        measured = measure("set", await run(library, questions, progress=silent)).languages["en"]
    assert (measured.search, measured.search_other_language, measured.contains_gold, measured.cited) == (None, None, None, None)


def test_the_report_shows_each_figure_with_its_interval_and_n(measured: SetResult) -> None:
    lines = shown(measured)
    assert lines[0] == "space (7 questions)"
    assert any(line.startswith("│ en: recall@1 │ 0.750 │ 0.301 to 0.954 │ 4 │") for line in lines)
    assert any(line.startswith("│ zh: recall@1 │ 1.000 │ 0.207 to 1.000 │ 1 │") for line in lines)
    assert any(line.startswith("│ refusal recall │ 0.500 │ 0.095 to 0.905 │ 2 │") for line in lines)
    assert any(line.startswith("│ answerable, yet refused │ 0.000 │ 0.000 to 0.434 │ 5 │") for line in lines)


def test_the_report_never_shows_what_is_no_number(measured: SetResult) -> None:
    lines = shown(measured)
    assert any(line.startswith("│ zh: MRR │ 1.000 │ │ 1 │") for line in lines), "one question has a mean and no interval"
    assert not any("nan" in line.lower() for line in lines)
    nothing_refused = measure("set", [])
    assert not any("refusal" in line for line in shown(nothing_refused))


def test_the_same_figures_are_json_with_null_where_nothing_was_measured(measured: SetResult) -> None:
    (told,) = json.loads(json.dumps(as_json([measured]), allow_nan=False))["sets"]
    assert (told["name"], told["questions"]) == ("space", 7)
    assert told["languages"]["en"]["search"]["recall"]["1"]["n"] == 4
    assert told["languages"]["zh"]["search"]["mrr"] == {"n": 1, "value": 1.0, "low": None, "high": None}
    assert told["languages"]["zh"]["search_other_language"] is None
    assert set(told["refusals"]) == {"precision", "recall", "false"}
