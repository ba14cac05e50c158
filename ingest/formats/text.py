"""Plain text into paragraphs: blank lines set them apart, and so do ends of sentences at ends of lines."""

import re
from collections.abc import Iterator, Sequence

from ingest.encoding import decode
from ingest.types import Block, Parsed
from knowledge_base.language import HAN

_JOINED = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…]$")  # Chinese letters and marks, which no space follows
ENDS = re.compile(r"[。！？.!?…：:；;][”’」』）)\"']*$")
_ITEM = re.compile(r"[-*•·]\s|\d+[.)、]\s?|[（(]\d+[)）]|　　|\t")
_FIRST = re.compile(r"([^\n]{0,79}\S)[^\S\n]*\n[^\S\n]*\n")  # a line of its own, no longer than titles are


def parse(content: bytes) -> Parsed:
    """The text's paragraphs; a short first line that stands alone and ends no sentence is the title, and heads the rest."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n").strip()
    first = _FIRST.match(text)
    if first is None or ENDS.search(first[1]) or _ITEM.match(first[1]):
        return Parsed(tuple(Block((), paragraph) for paragraph in _paragraphs(text)))
    return Parsed(tuple(Block((first[1],), paragraph) for paragraph in _paragraphs(text[first.end() :])), first[1])


def joined(lines: Sequence[str]) -> str:
    """Lines broken for their length put together again."""
    return "".join([*(spaced(line) for line in lines[:-1]), *lines[-1:]])


def spaced(line: str) -> str:
    """The line as the next may follow it: a space after words, none after Chinese."""
    return line if _JOINED.search(line[-1:]) else f"{line} "


def _paragraphs(text: str) -> Iterator[str]:
    held: list[str] = []
    for line in text.split("\n"):
        if held and (not line.strip() or ENDS.search(held[-1]) or _ITEM.match(line)):
            yield joined(held)
            held = []
        if line.strip():
            held.append(line.strip())
    if held:
        yield joined(held)
