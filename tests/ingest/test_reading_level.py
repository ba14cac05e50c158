"""How hard lessons read: planted texts are told apart by language and band, and the real lessons keep their bounds."""

from pathlib import Path

import pytest

from benchmarks.reading_level import BOUNDS, Level, levels, measured, report
from knowledge_base.language import Language

EASY = ["A rocket goes up.", "It is loud and hot.", "The gas goes down.", "So the rocket goes up."]
HARD = [
    "Notwithstanding considerable technological sophistication, interplanetary navigation necessitates extraordinarily meticulous characterising of "
    "gravitational perturbations throughout multidimensional trajectories.",
]
EASY_ZH = ["火箭向上飞。", "它很热，也很响。", "气体向下喷，火箭就向上走。"]
HARD_ZH = ["由于行星际航行过程中探测器所受引力摄动的复杂性远远超过近地轨道航天器因而对其轨道参数进行精密测定具有极其重要的工程意义。"]
RARE_ZH = ["魑魅魍魉，饕餮貔貅。"]


def level(told: list[str], language: Language, band: str) -> Level:
    return Level("x", language, band, measured(told, language))


@pytest.mark.parametrize("band", BOUNDS["en"])
def test_planted_texts_are_told_apart(band: str) -> None:
    assert level(EASY, "en", band).too_hard == ()
    assert level(HARD, "en", band).too_hard == ("Flesch-Kincaid grade",)
    assert level(EASY_ZH, "zh", band).too_hard == ()
    assert level(HARD_ZH, "zh", band).too_hard[:2] == ("characters a clause", "characters a sentence")
    assert level(RARE_ZH, "zh", band).too_hard == ("rare characters",)


def test_a_known_grade() -> None:
    (grade,) = measured(["The cat sat on the mat."], "en")  # six words of one syllable in one sentence
    assert grade == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert measured(["火箭向上飞，很快。"], "zh") == pytest.approx((3.5, 7.0, 0.0))


@pytest.mark.parametrize(("told", "language"), [([], "en"), (["1 + 1 = 2"], "en"), ([], "zh"), (["2 + 2"], "zh")])
def test_nothing_to_read_is_not_hard(told: list[str], language: Language) -> None:
    assert not any(measured(told, language))


def test_the_real_lessons_keep_the_bounds_of_their_bands() -> None:
    found = levels(Path(__file__).parents[2] / "content")
    assert len(found) >= 48
    assert [(one.doc_id, one.too_hard) for one in found if one.too_hard] == []
    assert sum(line.startswith(f"| {found[0].doc_id} |") for line in report(found)) == 1
