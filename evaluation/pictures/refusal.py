"""Telling questions with an answer from those without: the ROC of confidence, and where the tutor stands."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.measure import LanguageResult, SetResult, confidences
from evaluation.metrics.roc import curve
from evaluation.metrics.share import Share
from evaluation.pictures.style import COLOURS, LANGUAGES, MARKS, note, panels, sheet
from evaluation.run import Outcome

CORNER = 0.25  # of the whole square, where the best of them lie


def draw(measured: Sequence[SetResult], outcomes: Sequence[Sequence[Outcome]]) -> Figure | None:
    """A curve a set and language that has questions of both kinds; None without any."""
    curves = [
        (f"{result.name}, {LANGUAGES[language]}", one, [outcome for outcome in asked if outcome.item.language == language])
        for result, asked in zip(measured, outcomes, strict=True)
        for language, one in result.languages.items()
        if one.auroc.n
    ]
    if not curves:
        return None
    figure = sheet("Are questions without an answer refused, and only they?", width=11, height=6 + 0.2 * len(curves))
    for axes in panels(figure, 2, columns=2):
        for at, (name, one, asked) in enumerate(curves):
            _draw(axes, at % len(COLOURS), _label(name, one), confidences(asked))
            _stand(axes, at % len(COLOURS), one)
        axes.set_xlabel("share of answerable questions that are refused")
        axes.set_ylabel("share of unanswerable questions that are refused")
    whole, corner = figure.axes
    whole.plot([0, 1], [0, 1], ":", color="#888888", linewidth=1)
    whole.set(xlim=(0, 1), ylim=(0, 1.005), title="whole")
    corner.set(xlim=(-0.003, CORNER), ylim=(1 - 2 * CORNER, 1.005), title="the upper left corner")
    note(
        figure,
        "lines: any bar on confidence; marks: the tutor as it is, with 95 % Wilson intervals (it also refuses for other reasons than confidence)",
        columns=1,
    )
    return figure


def _label(name: str, one: LanguageResult) -> str:
    refused, area = one.refusals, one.auroc
    return (
        f"{name}: AUC {area.value:.3f} ({area.low:.3f} to {area.high:.3f}), balanced accuracy {refused.balanced_accuracy.value:.3f}; "
        f"n = {refused.false.n} with, {refused.recall.n} without an answer"
    )


def _draw(axes: Axes, at: int, label: str, judged: Sequence[tuple[bool, float]]) -> None:
    falsely, rightly = zip(*curve(judged), strict=True)
    axes.plot(falsely, rightly, color=COLOURS[at], linewidth=1.5, drawstyle="steps-pre")
    axes.plot([], [], color=COLOURS[at], linewidth=1.5, marker=MARKS[at], markeredgecolor="black", label=label)  # line and mark in one


def _stand(axes: Axes, at: int, one: LanguageResult) -> None:
    false, recall = one.refusals.false, one.refusals.recall
    axes.errorbar(
        false.value, recall.value, xerr=_error(false), yerr=_error(recall), fmt=MARKS[at], color=COLOURS[at], markersize=8, markeredgecolor="black"
    )


def _error(share: Share) -> list[list[float]]:
    return [[max(0.0, share.value - share.low)], [max(0.0, share.high - share.value)]]
