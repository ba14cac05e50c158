"""What an ingestion does as it goes, as JSON lines in a file that another process reads, each complete when it can be seen."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest import Plan, Problem, Report
from knowledge_base.review import Review
from navigator.reports import report_json

EVERY = 0.2  # seconds between lines of progress of one kind of work


class Journal:
    """Writes one event a line; without a path it writes nothing."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = path.open("w", encoding="utf-8") if path is not None else None
        self._clock = clock
        self._spoke: dict[str, float] = {}

    def planned(self, plan: Plan, problems: Sequence[Problem]) -> None:
        self._write("plan", plan=asdict(plan) | {"unchanged": len(plan.unchanged), "problems": [asdict(problem) for problem in problems]})

    def progress(self, what: str, done: int, total: int) -> None:
        """Leaves out steps that follow too closely, never the last."""
        now = self._clock()
        if done >= total or now - self._spoke.get(what, -EVERY) >= EVERY:
            self._spoke[what] = now
            self._write("progress", what=what, done=done, total=total)

    def reviewed(self, review: Review) -> None:
        self._write("review", review=asdict(review))

    def reported(self, report: Report) -> None:
        """The contract's object and, beside it, the paths that gave nothing."""
        self._write("report", report=report_json(report), failed=list(report.failed))

    def failed(self, what: str) -> None:
        """Why nothing comes of the ingestion, in one line."""
        self._write("failed", what=what)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _write(self, event: str, **said: Any) -> None:
        if self._file is not None:
            line: Mapping[str, Any] = {"event": event, **said}
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
