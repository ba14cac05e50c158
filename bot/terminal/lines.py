"""What is typed at a terminal or comes through a pipe, line by line."""

import sys
from collections.abc import Iterator
from contextlib import suppress

with suppress(ImportError):  # with it a line can be edited as it is typed; Windows has none, and edits without
    import readline  # noqa: F401

QUIT = "/quit"


def lines() -> Iterator[str]:
    """Lines that are not blank, until `/quit`, the end of the input, or Ctrl-C."""
    typed = sys.stdin.isatty()
    if not typed:
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]  # then the line is refused, and not the rest with it
    with suppress(EOFError, KeyboardInterrupt):
        while (line := (input("> ") if typed else _piped()).strip()) != QUIT:
            if line:
                yield line


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
