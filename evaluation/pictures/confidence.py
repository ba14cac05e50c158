"""Whether confidence means what it says: of questions with confidence 0.8, do eight of ten have an answer?"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from evaluation.measure import SetResult
from evaluation.pictures.style import COLOURS, note, panels, sheet


def draw(measured: Sequence[SetResult]) -> Figure | None:
    """A panel a set that has questions with and without an answer; None without any."""
    known = [(result, result.reliability) for result in measured if result.reliability is not None]
    if not known:
        return None
    rows = (len(known) + 2) // 3
    figure = sheet("Does confidence mean what it says?", width=max(6.5, 4.2 * min(3, len(known))), height=4.2 * rows + 0.8)
    for axes, (result, told) in zip(panels(figure, len(known), columns=3), known, strict=True):
        axes.plot([0, 1], [0, 1], ":", color="#888888", linewidth=1)
        for one in told.bins:
            share = one.answerable
            axes.plot([one.confidence, one.confidence], [share.low, share.high], color=COLOURS[0], linewidth=2, solid_capstyle="butt")
            axes.plot(one.confidence, share.value, "o", color=COLOURS[0], markersize=6)
            axes.annotate(f"{share.n}", (one.confidence, share.value), xytext=(6, -3), textcoords="offset points", fontsize=8)
        axes.set(xlim=(-0.03, 1.08), ylim=(-0.03, 1.03), aspect="equal", xlabel="mean confidence of ten bins", ylabel="share with an answer")
        n = sum(one.answerable.n for one in told.bins)
        axes.set_title(f"{result.name}, n = {n:,}: calibration error {told.error:.3f}, Brier {told.brier:.3f}", fontsize=8.5)
    note(figure, "numbers: questions in the bin; lines: 95 % Wilson intervals; dotted: as it should be")
    return figure
