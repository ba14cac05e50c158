"""How often search finds the right document, beside another pipeline where one was measured."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from evaluation.beside import Comparison
from evaluation.measure import Ranking, SetResult
from evaluation.metrics.share import Share
from evaluation.pictures.style import LANGUAGES, Series, note, panels, points, sheet

DEPTHS = (1, 5)


def draw(measured: Sequence[SetResult], beside: Comparison | None) -> Figure | None:
    """Recall at one and at five, a row a set and language; None where no question names its document."""
    found = [(result, language, one.search) for result in measured for language, one in result.languages.items() if one.search is not None]
    if not found:
        return None
    across = [
        (result, language, one.search_other_language)
        for result in measured
        for language, one in result.languages.items()
        if one.search_other_language is not None
    ]
    rows = [(_row(*one), one[2], _other(beside, one[0].name, one[1])) for one in found]
    rows += [(_row(*one, "other language's text"), one[2], {}) for one in across]
    figure = sheet("Is the right document found?", width=10.5, height=1.6 + 0.55 * len(rows))
    for axes, k in zip(panels(figure, len(DEPTHS), columns=2), DEPTHS, strict=True):
        series = [Series("Navigator", [ranking.recall[k] for _name, ranking, _theirs in rows])]
        if beside is not None:
            series.append(Series("plain LangChain chain", [theirs.get(k) for _name, _ranking, theirs in rows]))
        points(axes, [name for name, _ranking, _theirs in rows], series)
        axes.set_title(f"recall@{k}", fontsize=10)
        axes.set_xlabel(f"share of questions with a right document in the first {k}" if k > 1 else "share of questions whose first hit is right")
        if k != DEPTHS[0]:
            axes.set_yticklabels([])
    note(figure, "lines: 95 % Wilson intervals")
    return figure


def _row(result: SetResult, language: str, ranking: Ranking, what: str = "") -> str:
    text = f"{result.name}, {LANGUAGES[language]}\n" + (f"{what}, " if what else "")
    return f"{text}n = {ranking.mrr.n:,}"


def _other(beside: Comparison | None, name: str, language: str) -> dict[int, Share]:
    compared = beside.compared if beside is not None else ()
    return next((one.recall for one in compared if (one.set, one.language) == (name, language)), {})
