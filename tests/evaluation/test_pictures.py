"""The pictures and the page of a run: drawn from a real one, with everything and with nothing in it."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from tiny_sets import SPACE_DOCS, library_of, write_set, write_space

from evaluation.beside import BadComparison, Compared, Comparison, load_comparison
from evaluation.measure import SetResult, measure
from evaluation.metrics.bootstrap import difference
from evaluation.metrics.share import share
from evaluation.page import as_page
from evaluation.pictures import gold
from evaluation.pictures.album import write_album
from evaluation.pictures.style import save
from evaluation.run import Outcome, run
from evaluation.sets import load
from knowledge_base.progress import silent
from tutor.tutor import Tutor


async def outcomes_of(path: Path, data: Path) -> list[Outcome]:
    questions = load(path)
    with library_of(questions, data) as library:
        return await run(questions, library, Tutor(library), progress=silent)


@pytest.fixture
async def outcomes(tmp_path: Path) -> list[Outcome]:
    return await outcomes_of(write_space(tmp_path), tmp_path / "data")


def beside(name: str) -> Comparison:
    """A plain chain that finds three of four first."""
    gain = difference([1, 1, 1, 1], [1, 1, 1, 0])
    assert gain is not None
    theirs, ours = share([True, True, True, False]), share([True] * 4)
    compared = Compared(set=name, language="en", recall={1: theirs, 5: ours}, ours={1: ours, 5: ours}, difference=gain)
    return Comparison(pipeline="a plain chain", compared=(compared,))


def drawn(folder: Path, asked: Sequence[Outcome], compared: Comparison | None = None) -> dict[str, str]:
    return write_album(folder, [measure("space", asked)], [asked], compared)


async def test_there_is_a_picture_of_everything_measured(tmp_path: Path, outcomes: list[Outcome]) -> None:
    told = drawn(tmp_path, outcomes, beside("space"))
    assert set(told) == {"recall.png", "gold.png", "refusal.png", "confidence.png", "grounding.png", "latency.png"}
    for name in told:
        with Image.open(tmp_path / name) as picture:
            assert picture.format == "PNG"
            assert min(picture.size) > 250
            assert len(set(picture.convert("L").resize((64, 64)).tobytes())) > 5, "something is drawn"


async def test_the_same_figures_give_the_same_bytes(tmp_path: Path, outcomes: list[Outcome]) -> None:
    for name in ("one.png", "other.png"):
        figure = gold.draw([measure("space", outcomes)])
        assert figure is not None
        save(figure, tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()


async def test_what_was_not_measured_has_no_picture_and_an_earlier_one_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gold.png").write_bytes(b"of an earlier run")
    made = write_set(tmp_path / "set", {"a.md": SPACE_DOCS["en-gas.md"]}, [{"id": "q", "question": "Who painted the sunflowers?"}])
    told = drawn(tmp_path, await outcomes_of(made, tmp_path / "data"))
    assert set(told) == {"latency.png"}
    assert not (tmp_path / "gold.png").exists()


def page(outcomes: list[Outcome], compared: Comparison | None = None) -> list[str]:
    measured: list[SetResult] = [measure("space", outcomes)]
    return as_page(measured, "Made by hand.", pictures={"gold.png": "Gold answers"}, beside=compared).splitlines()


async def test_the_page_tells_every_figure_with_its_interval_and_n(outcomes: list[Outcome]) -> None:
    lines = page(outcomes, beside("space"))
    assert lines[:3] == ["# Results", "", "Made by hand."]
    assert "|  | space, English | space, Chinese |" in lines
    assert "| recall@1 | 0.750 (0.301 to 0.954), n=4 | 1.000 (0.207 to 1.000), n=1 |" in lines
    assert "| refusal recall | 0.500 (0.095 to 0.905), n=2 | - |" in lines
    assert "| statements that their citation supports | 1.000 (0.610 to 1.000), n=6 |" in lines
    assert any(line.startswith("| space, English | 1.000 (0.510 to 1.000) | 0.750 (0.301 to 0.954) | 1.000, 1.000 | +0.250") for line in lines)
    assert lines[-1] == "![Gold answers](gold.png)"
    assert not any(re.search(r"\bnan\b", line) for line in lines)


async def test_without_a_comparison_the_page_has_none(outcomes: list[Outcome]) -> None:
    assert not any("plain chain" in line for line in page(outcomes))


def test_a_comparison_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "plain_chain.json"
    path.write_text(beside("space").model_dump_json(), encoding="utf-8")
    assert load_comparison(path) == beside("space")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"pipeline": "x", "compared": [{"set": "a"}]})])
def test_what_is_no_comparison_is_refused_with_what_makes_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadComparison, match=r"other\.json' is no comparison: make one with scripts/bench plain_chain"):
        load_comparison(path)
    with pytest.raises(BadComparison, match="nowhere"):
        load_comparison(tmp_path / "nowhere")
