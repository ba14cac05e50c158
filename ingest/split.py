"""Cuts a material's blocks into passages: whole sentences, one heading path, about a thousand Latin characters."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.types import Block, Material
from knowledge_base.language import HAN
from knowledge_base.sentences import sentences
from knowledge_base.types import Passage

LONGEST = 1000  # in Latin characters; one Han character says about as much as two and a half of them
HAN_WEIGHT = 2.5
_HAN = re.compile(f"[{HAN}]")


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
                    as_of=block.as_of,
                )
            )
        start += len(block.text) + 2
    return passages


def weight(text: str) -> float:
    """The text's length, Han characters counted by what they say."""
    return len(text) + (HAN_WEIGHT - 1) * len(_HAN.findall(text))


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Neighbouring blocks under one heading path become one text."""
    held: Block | None = None
    for block in blocks:
        if held is not None and (held.section, held.as_of) == (block.section, block.as_of):
            held = Block(held.section, f"{held.text}\n\n{block.text}", held.as_of)
        else:
            if held is not None:
                yield held
            held = block
    if held is not None:
        yield held


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of runs of whole sentences, each as long as `LONGEST` admits; a longer sentence stands alone."""
    start: int | None = None
    end = 0
    for first, last in sentences(text):
        if start is not None and weight(text[start:last]) > LONGEST:
            yield start, end
            start = None
        start = first if start is None else start
        end = last
    if start is not None:
        yield start, end


def _identity(doc_id: str, section: tuple[str, ...], text: str) -> str:
    return hashlib.sha256("\x1f".join([doc_id, *section, "", text]).encode()).hexdigest()[:20]
