"""The fit of frequently asked questions on a tiny course with a list: the same every time, finite, and nothing where nothing is to be learnt."""

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest
from tiny_sets import CALIBRATION, library_of, write_set

from evaluation.fit.__main__ import main
from evaluation.fit.faq import UNLISTED, Example, examples, fit_faq
from evaluation.sets import load
from knowledge_base import calibration
from knowledge_base.calibration import FaqGate, FaqWeights

UNSURE = FaqGate()
COLOURS = ("red", "green", "blue", "white", "black", "brown", "grey", "pink", "gold", "silver", "violet", "orange")
ROCKETS = "".join(f"The {colour} rocket carries {number} crates of {colour} paint. " for number, colour in enumerate(COLOURS, 11))
LIST = "".join(
    f"- asked: [how much {colour} paint flies, {colour} paint crates, cargo of the {colour} one]\n"
    f"  answer: The {colour} rocket carries {number} crates of {colour} paint.\n"
    for number, colour in enumerate(COLOURS, 11)
)
DOCS = {"course.yaml": "course: paint\n", "texts/paint.md": f"---\nid: paint.en\ntitle: Rockets\nlanguage: en\n---\n{ROCKETS}\n"}
QUESTIONS: Sequence[Mapping[str, object]] = [
    *(
        {"id": colour, "question": f"How many crates of {colour} paint fly?", "doc": "paint.en", "answers": [str(number)]}
        for number, colour in enumerate(COLOURS, 11)
    ),
    *({"id": f"{colour}-no", "question": f"Who drew a {colour} flower?", "answerable": False} for colour in COLOURS),
]


def made(folder: Path, *, listed: bool = True) -> list[Example]:
    """The examples of the tiny set."""
    docs = DOCS | ({"faq/paint.en.yaml": LIST} if listed else {})
    questions = load(_set(folder, docs))
    with library_of(questions, folder / "data") as library:
        return asyncio.run(examples(questions, library, cosines=True))


def _set(folder: Path, docs: dict[str, str]) -> Path:
    path = write_set(folder / "made", {}, QUESTIONS)
    for name, text in docs.items():
        (path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (path / "docs" / name).write_text(text, encoding="utf-8")
    return path


def numbers(weights: FaqWeights, gate: FaqGate = UNSURE) -> list[float]:
    return [*astuple(weights), *astuple(gate.weights), gate.bias, gate.lead, gate.granted, gate.chinese, gate.bar]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    return made(tmp_path_factory.mktemp("faq"))


def test_a_sets_questions_are_the_examples_with_what_is_listed_in_their_language(gathered: list[Example]) -> None:
    assert len(gathered) == len(QUESTIONS)
    assert [int(one.right.sum()) for one in gathered] == [1] * len(COLOURS) + [0] * len(COLOURS)
    assert {one.candidates[0].known.document.language for one in gathered} == {"en"}
    assert not any(one.chinese for one in gathered)


def test_the_fit_is_finite_tells_right_from_wrong_and_comes_out_the_same_again(gathered: list[Example]) -> None:
    fitted = fit_faq(gathered)
    assert fit_faq(gathered) == fitted
    assert all(map(math.isfinite, numbers(fitted.weights, fitted.gate)))
    assert max(fitted.weights.nearest, fitted.weights.mean, fitted.weights.answer, fitted.weights.known) > 0
    assert 0 < fitted.gate.bar < 1
    assert len(fitted.lines) == 1
    assert "the right one first 1.000, n=12" in fitted.lines[0]


def test_chinese_has_a_bias_of_its_own(gathered: list[Example]) -> None:
    half = [replace(one, chinese=at % 2 == 0) for at, one in enumerate(gathered)]
    assert fit_faq(gathered).gate.chinese == 0
    assert fit_faq([replace(one, right=one.right & one.chinese) for one in half]).gate.chinese > 0


def test_a_course_without_a_list_gives_no_example_and_no_question_is_known_again(tmp_path: Path) -> None:
    assert made(tmp_path, listed=False) == []
    fitted = fit_faq([])
    assert (fitted.weights, fitted.gate) == (FaqWeights(), FaqGate())
    assert fitted.lines == [UNLISTED]


def test_too_little_to_learn_from_is_passed_by(gathered: list[Example]) -> None:
    few = [gathered[0], gathered[-1]]
    assert fit_faq(gathered[:12]).gate == FaqGate(), "each of them has an answer"
    assert fit_faq(few).gate.bar <= 1
    wrong = [replace(one, right=np.zeros_like(one.right)) for one in gathered]
    assert fit_faq(wrong).weights == FaqWeights()
    assert all(map(math.isfinite, numbers(fit_faq([gathered[0], *wrong[12:]]).weights)))


def test_the_command_fits_them_alone_and_keeps_all_other_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _set(tmp_path, DOCS | {"faq/paint.en.yaml": LIST})
    (tmp_path / "fitted").mkdir()
    arguments = [str(path), "--data", str(tmp_path / "data"), "--embedder", "hashing", "--out", str(tmp_path / "fitted")]
    main(arguments)
    first = calibration.load(tmp_path / "fitted" / "hashing.json")
    main([*arguments, "--faq-alone"])
    second = calibration.load(tmp_path / "fitted" / "hashing.json")
    assert second == replace(first, version=2)
    assert second.faq != CALIBRATION.faq
    assert "wrote hashing.json, version 2" in capsys.readouterr().out
