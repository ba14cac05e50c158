"""How every picture looks: sizes, colours that colour-blind people tell apart, points with their intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evaluation.metrics.share import Share

# Okabe and Ito's palette (2008), each colour with a mark of its own.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKS = ("o", "s", "^", "D", "v", "P", "X")
LANGUAGES = {"en": "English", "zh": "Chinese"}
DPI = 150


def sheet(title: str, *, width: float, height: float) -> Figure:
    """An empty picture, in inches."""
    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    figure.suptitle(title, fontsize=12, fontweight="bold")
    return figure


def panels(figure: Figure, count: int, *, columns: int) -> list[Axes]:
    """That many axes in rows of `columns` at most, framed at the left and below."""
    columns = min(count, columns)
    grid = figure.subplots(math.ceil(count / columns), columns, squeeze=False)
    axes = [one for row in grid for one in row]
    for unused in axes[count:]:
        unused.remove()
    for one in axes[:count]:
        one.spines[["top", "right"]].set_visible(False)
        one.grid(color="#dddddd", linewidth=0.7)
        one.set_axisbelow(True)
    return axes[:count]


def note(figure: Figure, text: str, *, columns: int = 2) -> None:
    """Below everything else a line that explains the picture, and what the first axes' marks are, in so many columns; none leaves them out."""
    handles, names = figure.axes[0].get_legend_handles_labels() if columns else ([], [])
    legend = figure.legend(handles, names, title=text, loc="outside lower center", ncols=max(1, columns), frameon=False, fontsize=9, title_fontsize=8)
    legend.set_alignment("center")


def save(figure: Figure, path: Path) -> None:
    """Writes the PNG; the same figures give the same bytes."""
    figure.savefig(path, metadata={"Software": None})


@dataclass(frozen=True)
class Series:
    """One way or one figure, with a share for each row; None where a row has none."""

    name: str
    shares: Sequence[Share | None]


def points(axes: Axes, rows: Sequence[str], series: Sequence[Series]) -> None:
    """Each row's shares beside one another as points with their 95 % intervals and values; the first row stands on top."""
    apart = 0.7 / max(1, len(series))
    lowest = 1.0
    for at, one in enumerate(series):
        shift = (at - (len(series) - 1) / 2) * apart
        for row, share in enumerate(one.shares):
            if share is not None and share.n:
                height = row + shift
                axes.plot([share.low, share.high], [height, height], color=COLOURS[at], linewidth=2, solid_capstyle="butt")
                named = one.name if _is_first(one, row) and len(series) > 1 else None
                axes.plot(share.value, height, MARKS[at], color=COLOURS[at], markersize=6, clip_on=False, label=named)
                axes.annotate(
                    f"{share.value:.3f}", (1.0, height), xytext=(8, 0), textcoords="offset points", fontsize=8, va="center", color=COLOURS[at]
                )
                lowest = min([lowest, *(end for end in (share.low, share.value) if not math.isnan(end))])
    axes.set_yticks(range(len(rows)), rows, fontsize=9)
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    axes.set_xlim(min(0.95, math.floor(lowest * 20 - 0.2) / 20), 1.0)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))


def _is_first(series: Series, row: int) -> bool:
    return next(at for at, share in enumerate(series.shares) if share is not None and share.n) == row
