"""Each metric against values worked out by hand."""

import math

import pytest

from evaluation.metrics.bootstrap import difference
from evaluation.metrics.both_languages import Asked, both_languages
from evaluation.metrics.latency import latency
from evaluation.metrics.recall import recall_at
from evaluation.metrics.reciprocal_rank import mean_reciprocal_rank
from evaluation.metrics.refusal import refusals
from evaluation.metrics.reliability import reliability
from evaluation.metrics.roc import auroc, curve
from evaluation.metrics.share import share


# Wilson's interval: 5 of 10 is the textbook's 0.2366 to 0.7634.
@pytest.mark.parametrize(
    ("held", "n", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0), (90, 100, 0.8256, 0.9448)],
)
def test_a_share_has_wilson_s_interval(held: int, n: int, low: float, high: float) -> None:
    measured = share([True] * held + [False] * (n - held))
    assert (measured.n, measured.value) == (n, held / n)
    assert (measured.low, measured.high) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_is_no_number() -> None:
    measured = share([])
    assert measured.n == 0
    assert all(math.isnan(value) for value in (measured.value, measured.low, measured.high))


def test_recall_counts_first_places_up_to_k() -> None:
    ranks = [1, 5, 6, None]
    assert [recall_at(k, ranks).value for k in (1, 5, 6, 10)] == [0.25, 0.5, 0.75, 0.75]
    assert recall_at(5, ranks).n == 4


def test_the_mean_reciprocal_rank_has_the_mean_s_normal_interval() -> None:
    # 1, 1/2, 0 and 1/4: mean 0.4375, standard deviation 0.42696, half-width 1.959964 x 0.42696 / 2 = 0.41841
    measured = mean_reciprocal_rank([1, 2, None, 4])
    assert (measured.n, measured.value) == (4, 0.4375)
    assert (measured.low, measured.high) == pytest.approx((0.01909, 0.85591), abs=5e-5)


def test_the_interval_stays_between_nothing_and_all() -> None:
    measured = mean_reciprocal_rank([1, None])
    assert (measured.value, measured.low, measured.high) == (0.5, 0.0, 1.0)


def test_one_rank_has_a_mean_and_no_interval() -> None:
    measured = mean_reciprocal_rank([4])
    assert (measured.n, measured.value) == (1, 0.25)
    assert math.isnan(measured.low)
    assert math.isnan(mean_reciprocal_rank([]).value)


def test_refusals_are_judged_like_a_search_for_what_has_no_answer() -> None:
    answerable = [(True, False)] * 3 + [(True, True)]
    unanswerable = [(False, True)] * 2 + [(False, False)]
    judged = refusals(answerable + unanswerable)
    assert [one.value for one in (judged.precision, judged.recall, judged.false)] == pytest.approx([2 / 3, 2 / 3, 1 / 4])
    assert [one.n for one in (judged.precision, judged.recall, judged.false)] == [3, 3, 4]


def test_balanced_accuracy_weighs_both_kinds_alike() -> None:
    # recall 9 of 10, not refused 95 of 100; the interval squares and adds the distances of theirs: 0.0905 + 0.0632 / 2 below
    judged = refusals([(False, True)] * 9 + [(False, False)] + [(True, False)] * 95 + [(True, True)] * 5).balanced_accuracy
    assert judged.n == 110
    assert judged.value == pytest.approx(0.925)
    recall, kept = share([True] * 9 + [False]), share([True] * 95 + [False] * 5)
    assert judged.low == pytest.approx(0.925 - math.hypot(0.9 - recall.low, 0.95 - kept.low) / 2)
    assert judged.high == pytest.approx(0.925 + math.hypot(recall.high - 0.9, kept.high - 0.95) / 2)
    perfect = refusals([(False, True)] * 50 + [(True, False)] * 50).balanced_accuracy
    assert perfect.low < perfect.value == perfect.high == 1.0


def test_with_one_kind_only_there_is_no_balanced_accuracy() -> None:
    assert refusals([(True, False)] * 3).balanced_accuracy.n == 0


def test_the_area_under_the_curve_is_the_chance_of_the_right_order() -> None:
    judged = [(True, 0.9), (True, 0.8), (True, 0.4), (False, 0.5), (False, 0.1)]
    assert auroc(judged).n == 5
    assert auroc(judged).value == pytest.approx(5 / 6)
    assert auroc([(True, 0.5), (False, 0.5)]).value == 0.5
    assert auroc([(True, 0.5)]).n == 0
    # Of 50 and 50 with the area 0.8: (0.16 + 49 x (0.6667 - 0.64) + 49 x (0.7111 - 0.64)) / 2500 is 0.0445 squared
    fifty = [(True, 1.0)] * 40 + [(True, 0.0)] * 10 + [(False, 0.5)] * 50
    assert auroc(fifty).high - auroc(fifty).value == pytest.approx(1.959964 * 0.0445, abs=1e-4)


def test_the_curve_runs_from_nothing_refused_to_all() -> None:
    assert curve([(True, 0.9), (True, 0.4), (False, 0.5)]) == [(0.0, 0.0), (0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (1.0, 1.0)]


def test_the_paired_bootstrap_sees_a_difference_and_none() -> None:
    ours, theirs = [1] * 96 + [0] * 4, [1] * 90 + [0] * 10
    gain = difference(ours, theirs)
    assert gain is not None
    assert gain.n == 100
    assert gain.value == pytest.approx(0.06)
    assert 0 < gain.low <= gain.above < 0.06 < gain.high < 0.12
    assert gain == difference(ours, theirs), "the draws are the same every time"
    same = difference(ours, ours)
    assert same is not None
    assert (same.value, same.low, same.high) == (0, 0, 0)
    swapped = difference([1, 0] * 50, [0, 1] * 50)
    assert swapped is not None
    assert swapped.low < 0 < swapped.high
    assert difference([], []) is None


def test_percentiles_are_nearest_ranks_with_intervals_between_ranks() -> None:
    # Of 1..100 ms: ranks 50 -/+ 1.96 x 5 and 95 -/+ 1.96 x 2.18
    measured = latency([float(one) for one in range(100, 0, -1)])
    assert measured is not None
    assert [(one.n, one.value, one.low, one.high) for one in (measured.p50, measured.p95)] == [(100, 50, 40, 60), (100, 95, 90, 100)]
    few = latency([3.0])
    assert few is not None
    assert few.p95.value == 3.0
    assert math.isnan(few.p50.low)
    assert latency([]) is None


def test_reliability_compares_confidence_with_what_is_seen() -> None:
    measured = reliability([(True, 0.9)] * 9 + [(False, 0.9)] + [(False, 0.2)] * 5 + [(True, 1.0)])
    assert measured is not None
    assert [one.answerable.n for one in measured.bins] == [5, 11]
    assert [one.confidence for one in measured.bins] == pytest.approx([0.2, 10 / 11])
    assert [one.answerable.value for one in measured.bins] == pytest.approx([0, 10 / 11])
    assert measured.error == pytest.approx(5 * 0.2 / 16)
    assert measured.brier == pytest.approx((9 * 0.01 + 0.81 + 5 * 0.04) / 16)
    assert reliability([]) is None


def test_both_languages_must_reach_the_same_document() -> None:
    pairs = [
        (Asked("moon.en", "moon.en", True), Asked("moon.zh", "moon.zh", True)),
        (Asked("moon.en", "moon.en", True), Asked("mars.zh", None, False)),
        (Asked("moon.zh", "moon.zh", False), Asked("moon.zh", "mars.zh", True)),
        (Asked(None, None, False), Asked(None, None, False)),
    ]
    measured = both_languages(pairs)
    assert measured is not None
    assert [(one.value, one.n) for one in (measured.found, measured.cited)] == [(0.5, 4), (0.5, 2)]
    assert measured.difference.value == 0
    assert both_languages([]) is None


def test_with_nothing_refused_there_is_no_precision() -> None:
    judged = refusals([(True, False)])
    assert (judged.precision.n, judged.recall.n, judged.false.value) == (0, 0, 0.0)
