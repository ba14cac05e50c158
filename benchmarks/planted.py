"""Slips planted in the figures and dates of a course's lessons, one at a time: how many the comparison with the facts finds."""

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.course.agreement import Facts
from ingest.read import read
from ingest.types import Block
from knowledge_base.sentences import sentences
from knowledge_base.types import Document

SLIP = 0.03  # of a figure, at least: a smaller one passes for rounding
COURSE = Path("content")


@dataclass(frozen=True)
class Place:
    """Where a figure or a date that a fact confirms stands in a lesson's sentence."""

    lesson: Document
    sentence: str
    start: int
    end: int

    def planted(self, chance: random.Random) -> str | None:
        """The sentence with a slip there; None where that leaves it nearly right, or makes no number."""
        written = self.sentence[self.start : self.end]
        found = list(re.finditer(r"\d[\d,]*(?:\.\d+)?", written))
        if not found:
            return None
        number = chance.choice(found)
        wrong = self._slip(number[0], chance)
        if wrong.startswith("0") or (not self._dated and abs(float(wrong.replace(",", "")) / float(number[0].replace(",", "")) - 1) < SLIP):
            return None
        return self.sentence[: self.start] + written[: number.start()] + wrong + written[number.end() :] + self.sentence[self.end :]

    @property
    def _dated(self) -> bool:
        return bool(re.search(r"\b(?:1[89]|20)\d\d\b|\d年", self.sentence[self.start : self.end]))

    def _slip(self, number: str, chance: random.Random) -> str:
        """A day, month or year that is another; a wrong digit, two neighbours changed, or ten times as much."""
        if self._dated:
            return str(int(number) + (1 if int(number) < 3 else -1) * chance.choice((1, 2)))
        kind, places = chance.choice(("digit", "swap", "ten")), [at for at, character in enumerate(number) if character.isdigit()]
        if kind == "ten":
            return f"{float(number.replace(',', '')) * 10:,.10g}"
        if kind == "digit" or len(places) == 1:
            at = chance.choice(places)
            return number[:at] + chance.choice([digit for digit in "123456789" if digit != number[at]]) + number[at + 1 :]
        first, second = chance.choice(list(pairwise(places)))
        swapped = list(number)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        return "".join(swapped)


@dataclass(frozen=True)
class Planted:
    """What came of it."""

    alarms: Sequence[str]
    planted: Sequence[str]
    missed: Sequence[str]


def plant(course: Path, *, seed: int = 7, most: int | None = None) -> Planted:
    """Plants a slip in each figure and date that a fact confirms, or in `most` of them by chance, each in a copy of its own."""
    reading = read([course], source="course")
    facts, chance = Facts(reading.materials), random.Random(seed)
    told = [(one.document, text) for one in reading.materials if one.document.kind == "lesson" for text in _sentences(one.blocks)]
    alarms = [f"{lesson.doc_id}: {what}" for lesson, text in told for what in facts.differing(lesson, text)]
    places = [Place(lesson, text, *span) for lesson, text in told for span in facts.confirming(lesson, text)]
    chance.shuffle(places)
    tried = [(place.lesson, wrong) for place in places if (wrong := place.planted(chance)) is not None][:most]
    missed = [f"{lesson.doc_id}: {wrong}" for lesson, wrong in tried if not list(facts.differing(lesson, wrong))]
    return Planted(alarms, [wrong for _lesson, wrong in tried], missed)


def _sentences(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (block.text[start:end] for start, end in sentences(block.text))


if __name__ == "__main__":
    found = plant(Path(sys.argv[1]) if len(sys.argv) > 1 else COURSE)
    for line in (*found.alarms, *(f"missed: {missed}" for missed in found.missed)):
        print(line)
    print(f"{len(found.planted) - len(found.missed)} of {len(found.planted)} slips found; {len(found.alarms)} alarms in the lessons as they are")
