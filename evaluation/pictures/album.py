"""All pictures of one run, written into a folder."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.beside import Comparison
from evaluation.measure import SetResult
from evaluation.pictures import confidence, gold, grounding, ranking, refusal, speed
from evaluation.pictures.style import save
from evaluation.run import Outcome


def write_album(folder: Path, measured: Sequence[SetResult], outcomes: Sequence[Sequence[Outcome]], beside: Comparison | None) -> dict[str, str]:
    """The file names of the pictures that there was something to draw for, each with what it shows."""
    drawn = {
        "recall.png": ("Recall of search", ranking.draw(measured, beside)),
        "gold.png": ("Answers that hold the gold answer", gold.draw(measured)),
        "refusal.png": ("Refusals: ROC of confidence and operating points", refusal.draw(measured, outcomes)),
        "confidence.png": ("Reliability of confidence", confidence.draw(measured)),
        "grounding.png": ("Statements, numbers, dates and names that their citations bear out", grounding.draw(measured)),
        "latency.png": ("Latency", speed.draw(measured, outcomes)),
    }
    told: dict[str, str] = {}
    for name, (what, figure) in drawn.items():
        if figure is None:
            (folder / name).unlink(missing_ok=True)  # an earlier run's
        else:
            save(figure, folder / name)
            told[name] = what
    return told
