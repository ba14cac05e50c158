"""From a printed page's characters back to its lines: what stands beside what, what is raised, what is a column."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.formats.typography import WIDE, placed

_WIDE = re.compile(f"[{WIDE}]")
CELL = 2.0  # times the size: a wider gap parts two columns


@dataclass(frozen=True)
class Glyph:
    """A character where it stands: along its line and across lines (upwards), in points, and its size. A `filled` space only tells of a gap."""

    text: str
    along: float
    across: float
    size: float
    filled: bool = False


@dataclass(frozen=True)
class Line:
    """One printed line, in points; columns in it are parted by bars."""

    text: str
    start: float
    end: float
    across: float
    size: float

    @property
    def row(self) -> bool:
        """Whether it is a table's row."""
        return " | " in self.text


def lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """A page's lines in the order in which its file gives them; raised and lowered characters are told as such."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None  # the last one that stands somewhere
    for glyph in glyphs:
        if last is not None and (glyph.filled or _continues(last, glyph)):
            runs[-1].append(glyph)
        elif not glyph.text.isspace():
            runs.append([glyph])
        last = last if glyph.filled or not runs else glyph
    return [line for line in map(_line, runs) if line.text.strip()]


def _continues(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.size, glyph.size)
    return abs(glyph.across - last.across) < 0.55 * height and glyph.along > last.along - 0.5 * height


def _line(run: Sequence[Glyph]) -> Line:
    printed = [glyph for glyph in run if not glyph.text.isspace()]
    sizes = Counter(round(glyph.size, 1) for glyph in printed)
    size = max(sizes, key=lambda one: (sizes[one] * one, one))
    level = statistics.median(glyph.across for glyph in printed if round(glyph.size, 1) == size)
    return Line("".join(_pieces(run, size, level)), printed[0].along, printed[-1].along + size / 2, level, size)


def _pieces(run: Sequence[Glyph], size: float, level: float) -> Iterator[str]:
    """The line's text: its raised and lowered runs told as such, spaces where they mean something, bars between columns."""
    held, place, last = "", 0, run[0]
    spaces: list[Glyph] = []
    for glyph in run:
        if glyph.text.isspace():
            spaces.append(glyph)
            continue
        here = _place(glyph, size, level)
        gap = _gap(last, glyph, spaces, size) if here == 0 or not all(space.filled for space in spaces) else ""
        if gap or here != place:
            yield placed(held, place) + gap
            held = ""
        held, place, last, spaces = held + glyph.text, here, glyph, []
    yield placed(held, place)


def _place(glyph: Glyph, size: float, level: float) -> int:
    if glyph.size > 0.85 * size:
        return 0
    return 1 if glyph.across > level + 0.15 * size else -1 if glyph.across < level - 0.05 * size else 0


def _gap(last: Glyph, glyph: Glyph, spaces: Sequence[Glyph], size: float) -> str:
    wide = _WIDE.match(last.text) is not None
    room = glyph.along - last.along - last.size * (1.0 if wide else 0.55)
    if room > CELL * size:
        return " | "
    beside_chinese = wide or _WIDE.match(glyph.text)
    if not spaces or (beside_chinese and room < 0.5 * size and all(space.filled for space in spaces)):
        return ""
    return " "
