"""Each metric against values worked out by hand."""

import math

import pytest

from evaluation.metrics.recall import recall_at
from evaluation.metrics.reciprocal_rank import mean_reciprocal_rank
from evaluation.metrics.refusal import refusals
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


def test_with_nothing_refused_there_is_no_precision() -> None:
    judged = refusals([(True, False)])
    assert (judged.precision.n, judged.recall.n, judged.false.value) == (0, 0, 0.0)
