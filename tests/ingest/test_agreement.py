"""A lesson's figures and dates are compared with the facts: units, rounding, whose they are; planted slips are found in the real lessons."""

from pathlib import Path

import pytest
from ingest_desk import Desk
from small_files import COURSE, LESSON, reading, write

from benchmarks.planted import plant

TIDES = str(COURSE["concepts/tides.yaml"]).replace(
    "en: Most coasts have 2 high tides a day., zh: 多数海岸每天有2次涨潮。",
    "en: The tide in the open ocean rises by about 385 cm., zh: 开阔海面的潮汐涨落约385厘米。",
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(tmp_path / "content", COURSE | {"concepts/tides.yaml": TIDES.replace("value: 2,", "value: 385,")})


def told(course: Path, sentence: str) -> list[tuple[str, int, str]]:
    """The problems of the lesson with this sentence at the end of its text."""
    write(course, {"lessons/moon.en.md": f"{LESSON}\n{sentence}\n"})
    return [(problem.path, problem.line, problem.what) for problem in reading(course).problems]


@pytest.mark.parametrize(
    "sentence",
    [
        "The lander of Luna 9 had a mass of 99 kg.",
        "The lander of Luna 9 had a mass of 99,000 g.",
        "The lander of Luna 9 had a mass of 0.099 t.",
        "The lander of Luna 9 had a mass of about 100 kg.",
        "Luna 9 was launched on 31 January 1966.",
        "Luna 9 was launched in 1966.",
        "Contact with Luna 9 was lost on 6 February 1966.",
        "The tide in the open ocean rises by 3.85 m.",
        "The tide in the open ocean rises by about 4 m.",
        "The tide in the open ocean rises by 380 to 390 cm.",
        "A rover with a mass of 140 kg stood elsewhere.",
        "The lander of Luna 2 had a mass of 390 kg.",
        "Two landers like that of Luna 9 would have a mass of 2 × 99 = 198 kg.",
        "As of 1 March 2026 the lander of Luna 9 had not been seen again.",
    ],
)
def test_what_agrees_or_is_another_thing_is_no_problem(course: Path, sentence: str) -> None:
    assert told(course, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("The lander of Luna 9 had a mass of 89 kg.", "'89 kg'"),
        ("The lander of Luna 9 had a mass of 990 kg.", "'990 kg'"),
        ("The lander of Luna 9 had a mass of 0.99 t.", "'0.99 t'"),
        ("The lander of [Luna 9](https://example.org) had a mass of 105 kg.", "'105 kg'"),
        ("Luna 9 was launched on 30 January 1966.", "'30 January 1966'"),
        ("Luna 9 was launched on 31 January 1965.", "'31 January 1965'"),
        ("Contact with Luna 9 was lost on 8 February 1966.", "'8 February 1966'"),
        ("The tide in the open ocean rises by 358 cm.", "'358 cm'"),
        ("The tide in the open ocean rises by 5.2 m.", "'5.2 m'"),
    ],
)
def test_what_differs_is_told_with_its_line_and_strictly_refused(course: Path, desk: Desk, sentence: str, figure: str) -> None:
    ((path, line, what),) = told(course, sentence)
    assert (path, line) == ("lessons/moon.en.md", LESSON.count("\n") + 2)
    assert what.startswith(f"{figure} stands against the fact ")
    assert desk.ingest(course, strict=True, dry_run=True).refused is not None


def test_slips_are_found_in_the_real_lessons_and_nothing_is_said_of_them_as_they_are() -> None:
    found = plant(Path(__file__).parents[2] / "content", most=120)
    assert list(found.alarms) == []
    assert len(found.planted) == 120
    assert len(found.missed) <= 20, "fewer than 25 of 30"
