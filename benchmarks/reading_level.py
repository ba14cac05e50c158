"""How hard the lessons read, by language and grade band: Flesch-Kincaid grades for English, clauses, sentences and rare characters for Chinese."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyphen

from ingest.read import read
from ingest.types import Block
from knowledge_base.language import HAN, Language
from knowledge_base.sentences import sentences

COURSE, RESULT = Path("content"), Path("docs/results/reading_level.md")
_COMMON = range(0xB0, 0xD8)  # rows of GB/T 2312-1980's first level: the 3,755 characters in most use
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_CLAUSE = re.compile(r"[，。；：！？…—]+")
_HAN = re.compile(f"[{HAN}]")
# The most that a lesson of a band may measure. English: a US school grade; names of rockets and people count as long words. Chinese: characters a
# clause, characters a sentence, the share of rare characters, of which the first of 嫦娥 is one. No norm says so: they are what lessons that were
# read and found fitting keep today, with room.
BOUNDS: Mapping[Language, Mapping[str, tuple[float, ...]]] = {
    "en": {"1-3": (6.0,), "4-6": (8.0,), "7-9": (10.0,), "10-12": (13.0,)},
    "zh": {"1-3": (10.0, 20.0, 0.01), "4-6": (12.0, 28.0, 0.025), "7-9": (13.0, 32.0, 0.025), "10-12": (15.0, 40.0, 0.03)},
}
MEASURES: Mapping[Language, tuple[str, ...]] = {
    "en": ("Flesch-Kincaid grade",),
    "zh": ("characters a clause", "characters a sentence", "rare characters"),
}


@dataclass(frozen=True)
class Level:
    """One lesson's measures, in the order of `MEASURES`, and those of them that are above its band's bounds."""

    doc_id: str
    language: Language
    band: str
    measured: tuple[float, ...]

    @property
    def too_hard(self) -> tuple[str, ...]:
        bounds = BOUNDS[self.language][self.band]
        return tuple(name for name, value, most in zip(MEASURES[self.language], self.measured, bounds, strict=True) if value > most)


def measured(told: Sequence[str], language: Language) -> tuple[float, ...]:
    """The measures of some sentences; zeros for none."""
    return (_grade(told),) if language == "en" else _chinese(told)


def _grade(told: Sequence[str]) -> float:
    """Kincaid and others (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are those that pyphen would hyphenate at."""
    words = [word for sentence in told for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(told) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


@cache
def _syllables(word: str) -> int:
    return len(_hyphens().inserted(word.lower()).split("-"))


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def _chinese(told: Sequence[str]) -> tuple[float, ...]:
    """Han characters alone are counted: a figure reads as fast as it is long."""
    clauses = [characters for sentence in told for clause in _CLAUSE.split(sentence) if (characters := _HAN.findall(clause))]
    characters = [character for clause in clauses for character in clause]
    if not characters:
        return (0.0, 0.0, 0.0)
    return len(characters) / len(clauses), len(characters) / len(told), sum(map(_rare, characters)) / len(characters)


def _rare(character: str) -> bool:
    try:
        return character.encode("gb2312")[0] not in _COMMON
    except UnicodeEncodeError:
        return True


def levels(course: Path) -> list[Level]:
    """Every lesson's, by language, band and id."""
    lessons = [one for one in read([course], source="course").materials if one.document.kind == "lesson" and one.document.grade_band]
    found = [
        Level(one.document.doc_id, one.document.language, str(one.document.grade_band), measured(list(_sentences(one.blocks)), one.document.language))
        for one in lessons
    ]
    return sorted(found, key=lambda one: (one.language, list(BOUNDS["en"]).index(one.band), one.doc_id))


def _sentences(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (block.text[start:end] for start, end in sentences(block.text))


def report(found: Sequence[Level]) -> Iterator[str]:
    """A table for each language, in Markdown."""
    yield "# How hard the lessons read\n"
    yield "Made by `scripts/bench reading_level`. English: the Flesch-Kincaid grade (Kincaid and others, 1975), a US school grade, its syllables"
    yield "counted by pyphen. Chinese: Han characters a clause and a sentence, and the share of characters outside the 3,755 of the first level of"
    yield "GB/T 2312-1980. The bounds are our own. A lesson above a bound of its band is marked.\n"
    for language, names in MEASURES.items():
        yield f"| lesson | band | {' | '.join(names)} | bounds | |"
        yield f"| --- | --- | {'--- | ' * len(names)}--- | --- |"
        for one in (level for level in found if level.language == language):
            values, bounds = (" | ".join(f"{value:.3g}" for value in one.measured), ", ".join(f"{most:g}" for most in BOUNDS[language][one.band]))
            yield f"| {one.doc_id} | {one.band} | {values} | {bounds} | {'; '.join(f'too high: {name}' for name in one.too_hard)} |"
        yield ""


if __name__ == "__main__":
    found = levels(Path(sys.argv[1]) if len(sys.argv) > 1 else COURSE)
    RESULT.write_text("\n".join(report(found)), encoding="utf-8")
    for one in found:
        print(one.doc_id, one.band, *(f"{value:.3g}" for value in one.measured), *one.too_hard)
    print(f"{sum(bool(one.too_hard) for one in found)} of {len(found)} lessons are above a bound of their band; see {RESULT}")
