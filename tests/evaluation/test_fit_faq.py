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
from evaluation.fit.faq import Example, examples, fit_faq
from evaluation.sets import load
from knowledge_base import calibration
from knowledge_base.calibration import FaqGate, FaqWeights

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


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    return made(tmp_path_factory.mktemp("faq"))


def test_a_sets_questions_and_the_lists_own_wordings_are_the_examples(gathered: list[Example]) -> None:
    own, listed = ([one for one in gathered if one.of_set is of_set] for of_set in (True, False))
    assert len(own) == len(QUESTIONS)
    assert len(listed) == 3 * len(COLOURS)
    assert [bool(one.right.any()) for one in own] == [True] * len(COLOURS) + [False] * len(COLOURS)
    assert all(one.right.sum() == 1 for one in listed)
    assert all(candidate.known.likeness.nearest < 0.99 for one in listed for candidate in one.candidates), "a wording is not compared with itself"


def test_the_fit_is_finite_tells_right_from_wrong_and_comes_out_the_same_again(gathered: list[Example]) -> None:
    fitted = fit_faq(gathered)
    assert fit_faq(gathered) == fitted
    assert all(map(math.isfinite, (*astuple(fitted.weights), *astuple(fitted.gate))))
    assert max(fitted.weights.nearest, fitted.weights.mean, fitted.weights.answer, fitted.weights.known) > 0
    assert 0 < fitted.gate.doubt < fitted.gate.bar < 1
    assert [line.split(", a tenth")[0] for line in fitted.lines] == ["faq, questions of sets", "faq, wordings left out"]
    assert "the right one first 1.000, n=12" in fitted.lines[0]


def test_a_course_without_a_list_gives_no_example_and_no_question_is_known_again(tmp_path: Path) -> None:
    assert made(tmp_path, listed=False) == []
    fitted = fit_faq([])
    assert (fitted.weights, fitted.gate) == (FaqWeights(), FaqGate())
    assert fitted.lines == ["faq: no set's course lists what is asked"]


def test_too_little_to_learn_from_is_passed_by(gathered: list[Example]) -> None:
    own = [one for one in gathered if one.of_set]
    few = [own[0], own[-1]]
    assert fit_faq(own[:12]).gate == FaqGate(), "each of them has an answer"
    assert fit_faq(few).gate.bar <= 1
    wrong = [replace(one, right=np.zeros_like(one.right)) for one in own]
    assert fit_faq(wrong).weights == FaqWeights()
    assert all(map(math.isfinite, astuple(fit_faq([own[0], *wrong[12:]]).weights)))


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
