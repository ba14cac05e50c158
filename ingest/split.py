"""Cuts a material's blocks into passages: whole sentences, one heading path, about a thousand Latin characters."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ingest.types import Block, Material
from knowledge_base.language import HAN
from knowledge_base.sentences import sentences
from knowledge_base.types import Passage

LONGEST = 1000  # in Latin characters; one Han character says about as much as two and a half of them
HAN_WEIGHT = 2.5
ENDLESS = 4000  # characters of a sentence that nobody wrote as one
_HAN = re.compile(f"[{HAN}]")
_BREAK = re.compile(r"[\s,;，；、]+")


def split(material: Material) -> list[Passage]:
    """The material's passages in order. Their offsets count in the document's own text: its blocks joined by blank lines."""
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    start = 0
    for block in _merged(material.blocks):
        for first, last in _pieces(block.text):
            text = block.text[first:last]
            identity = _identity(material.document.doc_id, block.section, text)
            seen[identity] += 1
            passages.append(
                Passage(
                    passage_id=identity if seen[identity] == 1 else f"{identity}-{seen[identity]}",
                    doc_id=material.document.doc_id,
                    section=block.section,
                    text=text,
                    start=start + first,
                    sentences=sentences(text),
                    page=block.page,
                    position_s=block.position_s,
                    as_of=block.as_of,
                )
            )
        start += len(block.text) + 2
    return passages


def weight(text: str) -> float:
    """The text's length, Han characters counted by what they say."""
    return len(text) + (HAN_WEIGHT - 1) * len(_HAN.findall(text))


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Neighbouring blocks of one heading path, date, page and second become one text."""
    for _place, group in groupby(blocks, key=lambda block: replace(block, text="")):
        first, *others = group
        yield replace(first, text="\n\n".join([first.text, *(block.text for block in others)]))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of runs of whole sentences, each as long as `LONGEST` admits; a longer sentence stands alone, an endless one is cut."""
    start: int | None = None
    end = 0
    for first, last in _bearable(text):
        if start is not None and weight(text[start:last]) > LONGEST:
            yield start, end
            start = None
        start = first if start is None else start
        end = last
    if start is not None:
        yield start, end


def _bearable(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences; one that never ends, such as a file in a single line without a full stop, in parts."""
    for first, last in sentences(text):
        if last - first <= ENDLESS:
            yield first, last
        else:
            yield from _parts(text, first, last)


def _parts(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut between words or clauses where there are any; parts without a word are left out."""
    while first < last:
        end = min(last, first + ENDLESS)
        if end < last:
            end = max((match.end() for match in _BREAK.finditer(text, first + 1, end)), default=end)
        part = text[first:end]
        if sentences(part):
            yield first + len(part) - len(part.lstrip()), first + len(part.rstrip())
        first = end


def _identity(doc_id: str, section: tuple[str, ...], text: str) -> str:
    return hashlib.sha256("\x1f".join([doc_id, *section, "", text]).encode()).hexdigest()[:20]
