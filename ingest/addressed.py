"""Sentences of a file that speak to the machine which reads it: a person should take them out, whether readers see them or not."""

import html
import re
from collections.abc import Iterator

from ingest.encoding import decode
from ingest.errors import Unreadable
from ingest.types import Material, Remark
from knowledge_base.instructions import addresses_machine
from knowledge_base.sentences import sentences

_WITHOUT_LINES = (".pdf", ".docx", ".pptx", ".xlsx")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|-->")
_SHOWN = 80  # characters


def addressed(material: Material, suffix: str, content: bytes) -> Iterator[Remark]:
    """A remark for each: with its line and also where it is hidden, in a format that a person can read as text, else as far as it is read."""
    if suffix in _WITHOUT_LINES:
        return _in_blocks(material)
    try:
        return _in_text(decode(content))
    except Unreadable:  # a page in an encoding of its own
        return _in_blocks(material)


def _in_text(text: str) -> Iterator[Remark]:
    text = _TAG.sub(" ", html.unescape(text))
    flagged: set[int] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if addresses_machine(_one_line(line)):
            flagged.add(number)
            yield _remark(number, line)
    for start, end in sentences(text):
        first, further = text.count("\n", 0, start) + 1, text.count("\n", start, end)
        if further and not flagged & set(range(first, first + further + 1)) and addresses_machine(_one_line(text[start:end])):
            yield _remark(first, text[start:end])


def _in_blocks(material: Material) -> Iterator[Remark]:
    """Of the title, the headings and the sentences, with their page where there is one."""
    pieces: dict[tuple[str, int | None], None] = {(material.document.title, None): None}
    for block in material.blocks:
        pieces |= dict.fromkeys((text, block.page) for text in (*block.section, *(block.text[start:end] for start, end in sentences(block.text))))
    for text, page in pieces:
        if addresses_machine(_one_line(text)):
            yield _remark(1, text, "" if page is None else f"page {page}: ")


def _remark(line: int, text: str, place: str = "") -> Remark:
    shown = _one_line(text)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    return Remark(line, f"{place}{shown!r} speaks to the machine that answers and is never quoted: take it out")


def _one_line(text: str) -> str:
    return " ".join(text.split())
