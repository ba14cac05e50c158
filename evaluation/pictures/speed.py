"""How long search and answers take."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

from evaluation.measure import SetResult, times
from evaluation.pictures.style import COLOURS, note, panels, sheet
from evaluation.run import Outcome

KINDS = {"search": ("search", "-"), "answer": ("whole answer", "-"), "refusal": ("whole refusal", "--")}


def draw(measured: Sequence[SetResult], outcomes: Sequence[Sequence[Outcome]]) -> Figure:
    """A panel a set: which share of the questions is done after so many milliseconds."""
    rows = (len(measured) + 1) // 2
    figure = sheet("How long does a question take?", width=5.2 * min(2, len(measured)), height=3.6 * rows + 0.6)
    for axes, result, asked in zip(panels(figure, len(measured), columns=2), measured, outcomes, strict=True):
        for at, (kind, milliseconds) in enumerate(times(asked).items()):
            ordered, told = sorted(milliseconds), result.latency[kind]
            name, line = KINDS[kind]
            label = f"{name}: p50 {told.p50.value:.0f}, p95 {told.p95.value:.0f} ms, n = {len(ordered):,}"
            axes.plot(
                ordered, [(place + 1) / len(ordered) for place in range(len(ordered))], line, color=COLOURS[at], label=label, drawstyle="steps-post"
            )
            axes.plot([told.p50.value, told.p95.value], [0.5, 0.95], "o", color=COLOURS[at], markersize=5)
        axes.set(xscale="log", ylim=(0, 1.02), xlabel="milliseconds (logarithmic)", ylabel="share done")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_title(result.name, fontsize=10)
        axes.legend(fontsize=7.5, loc="lower right", frameon=True)
    note(figure, "questions one after another; points: median and 95th percentile", columns=0)
    return figure
