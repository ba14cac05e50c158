"""Whether what is shown stands in what is cited, by engine."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from evaluation.measure import EngineResult, SetResult
from evaluation.metrics.share import Share
from evaluation.pictures.style import Series, panels, points, sheet

NAMES = ("statements that their citation supports", "numbers in the cited source", "dates in the cited source", "mission names in the cited source")


def draw(measured: Sequence[SetResult]) -> Figure | None:
    """A row a set and engine; None where nothing was shown."""
    shown = [(f"{result.name}, {engine}", one) for result in measured for engine, one in result.engines.items()]
    if not shown:
        return None
    figure = sheet("Does what is shown stand in what is cited?", width=11, height=1.6 + 1.1 * len(shown))
    for axes, at in zip(panels(figure, 4, columns=2), range(4), strict=True):
        rows = [(name, share) for name, one in shown if (share := _shares(one)[at]).n]
        points(axes, [f"{name}\nn = {share.n:,}" for name, share in rows], [Series(NAMES[at], [share for _name, share in rows])])
        axes.set_title(NAMES[at] if rows else f"{NAMES[at]}: none shown", fontsize=9.5)
        axes.set_xlabel("share, with its 95 % Wilson interval", fontsize=8)
    return figure


def _shares(one: EngineResult) -> tuple[Share, Share, Share, Share]:
    return one.supported, one.grounded.numbers, one.grounded.dates, one.grounded.names
