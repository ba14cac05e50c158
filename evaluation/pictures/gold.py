"""How often the answer holds what a right one must, by language."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from evaluation.measure import SetResult
from evaluation.pictures.style import LANGUAGES, Series, note, panels, points, sheet


def draw(measured: Sequence[SetResult]) -> Figure | None:
    """A row a set; None where no set knows its answers."""
    known = [result for result in measured if any(one.contains_gold is not None for one in result.languages.values())]
    if not known:
        return None
    figure = sheet("Does the answer hold the gold answer?", width=8, height=1.7 + 0.7 * len(known))
    (axes,) = panels(figure, 1, columns=1)
    shares = {name: [result.languages[name].contains_gold if name in result.languages else None for result in known] for name in LANGUAGES}
    counts = [", ".join(f"{share.n:,} {name}" for name in LANGUAGES if (share := shares[name][at]) is not None) for at in range(len(known))]
    series = [Series(LANGUAGES[name], column) for name, column in shares.items() if any(column)]
    points(axes, [f"{result.name}\nn = {count}" for result, count in zip(known, counts, strict=True)], series)
    axes.set_xlabel("share of answerable questions whose answer holds it; a refusal counts as a miss")
    note(figure, "lines: 95 % Wilson intervals")
    return figure
