"""What `navigator eval --out` leaves in a folder: a page, the figures as JSON, and pictures."""

import datetime as dt
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.beside import BadComparison, Comparison, load_comparison
from evaluation.measure import SetResult
from evaluation.missed import Missed
from evaluation.missed import as_page as as_missed_page
from evaluation.page import as_page
from evaluation.pictures.album import write_album
from evaluation.report import as_json
from evaluation.run import Outcome
from navigator.console import Failed


@dataclass(frozen=True)
class ResultsFolder:
    """A folder that can be written, and what is shown beside our own figures."""

    path: Path
    beside: Comparison | None
    embedder: str

    @classmethod
    def open(cls, path: Path, beside: Path | None, *, embedder: str) -> "ResultsFolder":
        """Makes the folder; Failed before anything is measured when it or the comparison cannot be had."""
        try:
            path.mkdir(parents=True, exist_ok=True)
            (path / "results.json").touch()
        except OSError as error:
            raise Failed(f"--out {str(path)!r} cannot be written ({error.strerror}): name a folder that can") from error
        try:
            return cls(path, load_comparison(beside) if beside is not None else None, Path(embedder).name)
        except BadComparison as error:
            raise Failed(f"--beside {error}") from error

    def write(
        self, measured: Sequence[SetResult], outcomes: Sequence[Sequence[Outcome]], misses: Mapping[str, Sequence[Missed]], *, now: dt.datetime
    ) -> None:
        """Replaces what an earlier run left. `misses` are those of a course's own sets, a page each."""
        about = self._about([one.name for one in measured], now)
        pictures = write_album(self.path, measured, outcomes, self.beside)
        figures = {"about": about, **as_json(measured), "beside": self.beside.model_dump() if self.beside is not None else None}
        (self.path / "results.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
        for name, rows in misses.items():
            (self.path / f"{name}.missed.md").write_text(as_missed_page(name, rows, about), encoding="utf-8")
        (self.path / "README.md").write_text(as_page(measured, about, pictures=pictures, beside=self.beside), encoding="utf-8")

    def _about(self, sets: Sequence[str], now: dt.datetime) -> str:
        """How and where figures were made, without anything that names the machine."""
        busy = f", load average {os.getloadavg()[2]:.1f}" if hasattr(os, "getloadavg") else ""  # latency says little without it
        machine = f"{os.cpu_count()} cores{busy}, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
        made = f"`navigator eval {' '.join(sets)} --out ...` on {now.day} {now:%B %Y}"
        return f"Made by {made} ({machine}; embedder {self.embedder}). `scripts/results SET...` makes all of this anew."
