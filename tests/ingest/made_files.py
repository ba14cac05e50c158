"""The sample files that real programs made, and how each is read."""

from collections.abc import Callable
from pathlib import Path

from ingest.encoding import decode
from ingest.formats import docx, html, pdf, pptx, tables
from ingest.types import Block, Parsed

MADE = Path(__file__).parent / "made"
PARSERS: dict[str, Callable[[bytes], Parsed]] = {
    ".pdf": pdf.parse,
    ".docx": docx.parse,
    ".pptx": pptx.parse,
    ".html": html.parse,
    ".xlsx": tables.parse_xlsx,
    ".csv": lambda content: tables.parse_csv(decode(content)),
}
NAMES = sorted(path.name for path in MADE.iterdir() if path.suffix in PARSERS)


def content(name: str) -> bytes:
    return (MADE / name).read_bytes()


def parsed(name: str) -> Parsed:
    return PARSERS[Path(name).suffix](content(name))


def holding(read: Parsed, words: str) -> Block:
    """The one block whose text holds the words."""
    (found,) = [block for block in read.blocks if words in block.text]
    return found


def whole(read: Parsed) -> str:
    """All texts and headings."""
    return "\n".join("\n".join([*block.section, block.text]) for block in read.blocks)
