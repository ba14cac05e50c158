"""A set run against a real small release, measured, and shown."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from tiny_sets import SPACE_DOCS, library_of, write_set, write_space

from evaluation.measure import SetResult, measure
from evaluation.report import as_json, as_tables
from evaluation.run import Outcome, run
from evaluation.sets import QuestionSet, load
from knowledge_base.library import Library
from knowledge_base.progress import silent
from tutor.tutor import Tutor
from tutor.types import Answer, Question


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return load(write_space(tmp_path_factory.mktemp("sets")))


@pytest.fixture(scope="module")
def library(questions: QuestionSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(questions, tmp_path_factory.mktemp("data") / "data") as library:
        yield library


@pytest.fixture
async def outcomes(questions: QuestionSet, library: Library) -> dict[str, Outcome]:
    return {outcome.item.item_id: outcome for outcome in await run(questions, library, Tutor(library), progress=silent)}


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
    await run(questions, library, Tutor(library), progress=lambda what, done, total: heard.append((what, done, total)))
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


def test_each_language_has_its_own_refusals(measured: SetResult) -> None:
    english, chinese = measured.languages["en"], measured.languages["zh"]
    assert (english.refusals.recall.value, english.refusals.recall.n, english.refusals.balanced_accuracy.value) == (0.5, 2, 0.75)
    assert (chinese.refusals.recall.n, chinese.refusals.balanced_accuracy.n) == (0, 0)
    assert english.right.value == pytest.approx(4 / 6)
    assert english.right.n == 6
    assert english.auroc.n == 6
    assert chinese.auroc.n == 0


def test_everything_shown_is_judged_by_engine(measured: SetResult) -> None:
    extract = measured.engines["extract"]
    assert list(measured.engines) == ["extract"]
    assert (extract.answered.value, extract.answered.n) == (1.0, 6)
    assert extract.supported.value == extract.grounded.numbers.value == 1.0
    assert extract.grounded.numbers.n >= 1
    assert extract.latency is not None
    assert extract.latency.p50.value > 0


class Liar:
    """A tutor that changes what another one answers before a student sees it."""

    def __init__(self, library: Library, change: Callable[[Answer], Answer]) -> None:
        self._tutor, self._change = Tutor(library), change

    async def ask(self, question: Question) -> Answer:
        answer = await self._tutor.ask(question)
        return self._change(answer) if answer.kind == "grounded" else answer


FAULTS: dict[str, Callable[[Answer], Answer]] = {
    "a number": lambda answer: replace(answer, text=answer.text.replace("3,000", "3,100")),
    "a quote": lambda answer: replace(answer, citations=tuple(replace(one, quote="Nobody said this.") for one in answer.citations)),
    "a passage": lambda answer: replace(answer, citations=tuple(replace(one, passage_id="no such passage") for one in answer.citations)),
    "a mark": lambda answer: replace(answer, text=answer.text.replace("[1]", "[7]")),
    "no mark": lambda answer: replace(answer, text=answer.text.replace("[1]", "")),
    "a word": lambda answer: replace(answer, text=answer.text.replace("Hot gas leaves", "Hot gas never leaves")),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_a_tutor_falsifies_between_release_and_student_is_seen(questions: QuestionSet, library: Library, fault: str) -> None:
    only = replace(questions, items=tuple(item for item in questions.items if item.item_id == "gas"))
    (honest,) = await run(only, library, Liar(library, lambda answer: answer), progress=silent)
    (told,) = await run(only, library, Liar(library, FAULTS[fault]), progress=silent)
    assert all(one.supported for one in honest.judged)
    assert not all(one.supported for one in told.judged)


async def test_a_model_s_answers_are_counted_and_judged_apart(questions: QuestionSet, library: Library) -> None:
    def written(answer: Answer) -> Answer:
        if "3,000" not in answer.text:
            return answer
        return replace(answer, engine="some-model", text="Hot gas drives the rocket at 3,000 m/s [1]. It burns for 9 minutes [1].")

    measured = measure("space", await run(questions, library, Liar(library, written), progress=silent))
    assert {engine: one.answered.value for engine, one in measured.engines.items()} == {
        "extract": pytest.approx(5 / 6),
        "some-model": pytest.approx(1 / 6),
    }
    model = measured.engines["some-model"]
    assert (model.supported.value, model.supported.n) == (0.5, 2)
    assert (model.grounded.numbers.value, model.grounded.numbers.n) == (0.5, 2)


async def test_the_same_question_in_both_languages_is_a_pair(tmp_path: Path) -> None:
    docs = {"en-tanks.md": SPACE_DOCS["en-tanks.md"], "zh-tanks.md": SPACE_DOCS["zh-tanks.md"], "en-gas.md": SPACE_DOCS["en-gas.md"]}
    asked: list[dict[str, object]] = [
        {"id": "en-1", "question": "Why do rockets drop their empty tanks?", "doc": "en-tanks.md"},
        {"id": "zh-1", "question": "火箭为什么抛掉空贮箱？", "lang": "zh", "doc": "zh-tanks.md"},
        {"id": "en-2", "question": "What leaves the nozzle of the engine?", "doc": "en-gas.md"},
        {"id": "zh-2", "question": "土星五号有几级？", "lang": "zh", "doc": "zh-gas.md"},
        {"id": "en-3", "question": "Who painted the sunflowers?", "answerable": False},
        {"id": "zh-3", "question": "谁画了向日葵？", "lang": "zh", "answerable": False},
        {"id": "en-4", "question": "How many stages had the Saturn V?", "doc": "en-tanks.md"},
    ]
    questions = load(write_set(tmp_path / "set", docs, asked))
    with library_of(questions, tmp_path / "data") as library:
        measured = measure("set", await run(questions, library, Tutor(library), progress=silent)).both_languages
    assert measured is not None
    assert (measured.found.value, measured.found.n, measured.difference.value, measured.difference.n) == (0.5, 2, 0.5, 2)


async def test_a_false_premise_may_be_set_right(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gas.md").write_text("---\nid: gas.en\nlanguage: en\n---\n" + SPACE_DOCS["en-gas.md"], encoding="utf-8")
    (tmp_path / "golden.yaml").write_text(
        "- {id: a, language: en, question: 'Why does hot gas push the rocket backwards?', refuse: true, corrects: [gas]}\n"
        "- {id: b, language: en, question: 'What hot gas leaves the nozzle of the engine?', refuse: true, corrects: [moon]}\n",
        encoding="utf-8",
    )
    questions = load(tmp_path / "golden.yaml", tmp_path / "docs")
    with library_of(questions, tmp_path / "data") as library:
        measured = measure("golden", await run(questions, library, Tutor(library), progress=silent))
    assert measured.set_right is not None
    assert (measured.set_right.value, measured.set_right.n) == (0.5, 2)
    assert measured.refusals is not None
    assert measured.refusals.recall.value == 0.0, "it is no refusal"


def test_what_a_set_does_not_ask_is_not_measured() -> None:
    empty = measure("empty", [])
    assert (empty.languages, empty.engines, empty.latency) == ({}, {}, {})
    assert (empty.set_right, empty.both_languages, empty.reliability) == (None, None, None)


async def test_a_language_without_gold_has_no_figures_of_it(tmp_path: Path) -> None:
    questions = load(write_set(tmp_path / "set", {"a.md": "Tides rise twice a day."}, [{"id": "q", "question": "Who painted the sunflowers?"}]))
    with library_of(questions, tmp_path / "data") as library:
        measured = measure("set", await run(questions, library, Tutor(library), progress=silent)).languages["en"]
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
    assert set(told["refusals"]) == {"precision", "recall", "false", "balanced_accuracy"}
    assert told["engines"]["extract"]["supported"] == {"n": 6, "value": 1.0, "low": pytest.approx(0.610, abs=1e-3), "high": 1.0}
    assert told["latency"]["answer"]["p95"]["n"] == 6
    assert [one["answerable"]["n"] for one in told["reliability"]["bins"]]
