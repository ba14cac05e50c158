"""DOCX: paragraphs, lists, tables and footnotes in order under the headings that its styles tell. Headers and footers are not read."""

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.errors import Unreadable
from ingest.formats.container import broken, check
from ingest.formats.outline import Outline
from ingest.formats.titles import sensible
from ingest.formats.typography import clean, one_line
from ingest.formats.word import Element, Style, child, inline, level, listed, styles, value
from ingest.types import Block, Parsed

ADVICE = "open it in a word processor and save it as .docx anew"
_P, _TABLE, _ROW, _CELL, _BOX = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
_THROUGH = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
BODY = 9  # the outline level that says: no heading
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def parse(content: bytes) -> Parsed:
    """The document's text in order; what tracked changes delete is left out, what they insert is read."""
    check(content, folder="word", suffix=".docx", advice=ADVICE)
    with broken(ADVICE, OpcError, PythonDocxError):
        document = docx.Document(io.BytesIO(content))
        reader = _Reader(styles(document.styles.element), dict(_notes(document)))
        blocks = tuple(reader.blocks(document.element.body))
        title = sensible(document.core_properties.title) or reader.title
    if not blocks:
        raise Unreadable("holds no text: there is nothing to read in it")
    return Parsed(blocks, title=title)


def _notes(document: Document) -> Iterator[tuple[str, str]]:
    """Footnotes and endnotes by the marks that refer to them."""
    for kind, tag in ((RELATIONSHIP_TYPE.FOOTNOTES, "footnote"), (RELATIONSHIP_TYPE.ENDNOTES, "endnote")):
        for relation in document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(qn(f"w:{tag}")):
                    text = " ".join(one_line(inline(paragraph, {}).text) for paragraph in note.iter(_P))
                    yield f"{tag} {note.get(qn('w:id'))}", text.strip()


@dataclass(frozen=True)
class _Part:
    """A paragraph, a list's item, a table or a note under its headings."""

    section: tuple[str, ...]
    text: str
    item: bool = False


class _Reader:
    """Walks a document's body; `title` is the first paragraph in the style of titles."""

    def __init__(self, known: dict[str, Style], notes: dict[str, str]) -> None:
        self.title: str | None = None
        self._styles = known
        self._notes = notes
        self._outline = Outline()

    def blocks(self, body: Element) -> Iterator[Block]:
        """The body's text, items of one list together."""
        parts = (part for part in self._parts(body) if part.text)
        for (section, item), group in itertools.groupby(parts, key=lambda part: (part.section, part.item)):
            texts = [part.text for part in group]
            yield from (Block(section, text) for text in (["\n".join(f"- {text}" for text in texts)] if item else texts))

    def _parts(self, container: Element) -> Iterator[_Part]:
        for element in _flow(container):
            yield from self._table(element) if element.tag == _TABLE else self._paragraph(element)

    def _paragraph(self, paragraph: Element) -> Iterator[_Part]:
        style = self._styles.get(value(paragraph, "pPr", "pStyle") or "", Style())
        if style.contents:
            return
        read = inline(paragraph, self._styles)
        stated = level(paragraph)
        rank = style.level if stated is None else stated
        if style.title:
            self.title = self.title or one_line(read.text) or None
        if style.title or (rank is not None and rank < BODY):
            if heading := one_line(read.text):
                self._outline.enter(heading, (-1,) if style.title else (rank or 0,))
        else:
            item = listed(paragraph)
            yield self._part(clean(read.text), style.listed if item is None else item)
        yield from (self._part(self._notes.get(note, "")) for note in read.notes)
        for box in _boxes(paragraph):
            yield from self._parts(box)

    def _table(self, table: Element) -> Iterator[_Part]:
        """Rows of cells; a table of one column is a frame around what stands in it."""
        rows = [[cell for cell in _flow(row, _CELL) if not _continues(cell)] for row in _flow(table, _ROW) if child(row, "trPr", "del") is None]
        if all(len(row) <= 1 for row in rows):
            for cell in itertools.chain(*rows):
                yield from self._parts(cell)
        else:
            lines = (" | ".join(map(self._cell, row)) for row in rows)
            yield self._part("\n".join(line for line in lines if line.strip(" |")))

    def _cell(self, cell: Element) -> str:
        """A cell on one line; a table in it row by row."""
        return " ".join(filter(None, (self._nested(one) if one.tag == _TABLE else one_line(inline(one, self._styles).text) for one in _flow(cell))))

    def _nested(self, table: Element) -> str:
        return "; ".join(filter(None, (", ".join(filter(None, map(self._cell, _flow(row, _CELL)))) for row in _flow(table, _ROW))))

    def _part(self, text: str, item: bool = False) -> _Part:
        return _Part(self._outline.section, text, item)


def _flow(container: Element, *wanted: str) -> Iterator[Element]:
    """What stands in `container` in order, through wrappers; a table of contents is left out."""
    for element in container:
        if element.tag in (wanted or (_P, _TABLE)):
            yield element
        elif element.tag in _THROUGH and "Table of Contents" not in (value(element, "sdtPr", "docPartObj", "docPartGallery") or ""):
            yield from _flow(element, *wanted)


def _continues(cell: Element) -> bool:
    """Whether a cell is the lower part of one that spans rows."""
    return value(cell, "tcPr", "vMerge") in ("", "continue")


def _boxes(paragraph: Element) -> list[Element]:
    """Text boxes that hang on a paragraph, each once: programs write them twice, for newer and for older ones."""
    return [box for box in paragraph.iter(_BOX) if not any(above.tag in (_FALLBACK, _BOX) for above in _above(box, paragraph))]


def _above(element: Element, top: Element) -> Iterator[Element]:
    return itertools.takewhile(lambda one: one is not top, element.iterancestors())
