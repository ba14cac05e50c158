"""What a person at a terminal sees: progress and messages on standard error, results on standard output."""

import json
import sys
import time
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
EVERY = 5.0  # seconds between lines of progress where there is no terminal to draw a bar on

# What is printed comes from files, settings and students: brackets are no markup in it, and `:100:` is a line's number.
messages = Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)
results = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on standard output, and nothing else there."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


class Failed(Exception):
    """A command that cannot go on, or has not done all that it was asked; its text is the one line to show."""


def one_line(error: Exception) -> str:
    """What went wrong, and what to do about it."""
    if isinstance(error, OSError):
        return f"{error.strerror or error}: {str(error.filename or 'the operating system')!r}: run navigator doctor"
    return str(error)


class ShownProgress:
    """Draws a bar on a terminal, and prints a line now and then elsewhere; use it as a context."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeRemainingColumn())
        self._bars = Progress(*columns, console=messages, transient=True)
        self._tasks: dict[str, TaskID] = {}
        self._spoke: dict[str, float] = {}

    def __enter__(self) -> "ShownProgress":
        if messages.is_terminal:
            self._bars.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if messages.is_terminal:  # elsewhere stopping would print an empty line
            self._bars.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        if messages.is_terminal:
            if what not in self._tasks:
                self._tasks[what] = self._bars.add_task(what, total=total)
            self._bars.update(self._tasks[what], completed=done, total=total)
        elif what not in self._spoke or done == total or time.monotonic() - self._spoke[what] > EVERY:
            self._spoke[what] = time.monotonic()
            messages.print(f"{what}: {done} of {total}")
