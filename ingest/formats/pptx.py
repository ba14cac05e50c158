"""PPTX: each slide's text in reading order under its title, its speaker's notes after it. Footers, dates and slide numbers are not read."""

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide

from ingest.errors import Unreadable
from ingest.formats.container import broken, check
from ingest.formats.titles import sensible
from ingest.formats.typography import clean, one_line, placed
from ingest.formats.word import M, formula
from ingest.types import Block, Parsed
from knowledge_base.language import detect

ADVICE = "open it in a presentation program and save it as .pptx anew"
NOTES = {"en": "Notes", "zh": "备注"}
ROW = 0.03  # of a slide's height: shapes whose tops differ less stand side by side
LONGEST_TITLE = 80
_FURNITURE = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_IMAGE}
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
Element = etree._Element


def parse(content: bytes) -> Parsed:
    """The slides' text, each block with its slide's number; hidden slides are left out and told in notices."""
    check(content, folder="ppt", suffix=".pptx", advice=ADVICE)
    with broken(ADVICE, PythonPptxError):
        presentation = Presentation(io.BytesIO(content))
        slides = list(enumerate(presentation.slides, 1))
        hidden = [number for number, slide in slides if slide._element.get("show") in ("0", "false")]
        row = ROW * (presentation.slide_height or 0)
        blocks = [block for number, slide in slides if number not in hidden for block in _blocks(slide, number, row)]
        title = sensible(presentation.core_properties.title)
    if not blocks:
        raise Unreadable("holds no text on slides that are shown: there is nothing to read in it")
    first = next((block.section[0] for block in blocks if block.section), None)
    notices = (f"slide {', '.join(map(str, hidden))}: hidden, so left out; show it if students should find it",) if hidden else ()
    return Parsed(tuple(blocks), title=title or first, notices=notices)


def _blocks(slide: Slide, number: int, row: float) -> Iterator[Block]:
    """A slide's shapes, then its notes; a slide of a title alone is that title's text."""
    named = next((shape for shape in slide.shapes if _kind(shape) in _TITLES), None)
    title = one_line(_text(named)) if named is not None else ""
    texts = list(filter(None, (_text(shape) for shape in _ordered(slide.shapes, row) if named is None or shape._element is not named._element)))
    if not title and len(texts) > 1 and len(texts[0]) <= LONGEST_TITLE and "\n" not in texts[0]:
        title, *texts = texts
    section = (title,) if title else ()
    notes = _notes(slide)
    yield from (Block(section, text, page=number) for text in texts or filter(None, [title if not notes else ""]))
    if notes:
        yield Block((*section, NOTES[detect(notes)]), notes, page=number)


def _notes(slide: Slide) -> str:
    if not slide.has_notes_slide:
        return ""
    return "\n\n".join(filter(None, (_text(shape) for shape in slide.notes_slide.shapes if _kind(shape) not in _FURNITURE)))


def _ordered(shapes: Iterable[BaseShape], row: float) -> Iterator[BaseShape]:
    """From the top to the bottom, side by side from the left to the right, groups as one."""
    downwards = sorted((shape for shape in shapes if _kind(shape) not in _FURNITURE), key=lambda shape: shape.top or 0)
    rows: list[list[BaseShape]] = []
    for shape in downwards:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) <= row:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    for beside in rows:
        for shape in sorted(beside, key=lambda shape: shape.left or 0):
            yield from _ordered(shape.shapes, row) if isinstance(shape, GroupShape) else (shape,)


def _kind(shape: BaseShape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _text(shape: BaseShape) -> str:
    """What a shape says: paragraphs, a table's rows, the entries of a diagram."""
    if isinstance(shape, GraphicFrame):
        return _table(shape) if shape.has_table else _diagram(shape)
    return _paragraphs(shape._element)


def _table(shape: GraphicFrame) -> str:
    """Rows of cells; a merged cell once."""
    rows = ((one_line(_paragraphs(cell._tc)) for cell in row.cells if not cell.is_spanned) for row in shape.table.rows)
    return "\n".join(line for line in map(" | ".join, rows) if line.strip(" |"))


def _diagram(shape: GraphicFrame) -> str:
    """The entries of SmartArt, which lie in a part of their own."""
    relations = [one.get(_RELATION) for one in shape._element.iter(f"{_DIAGRAM}relIds")]
    parts = (parse_xml(shape.part.related_part(name).blob) for name in relations if name)
    return "\n\n".join(filter(None, (_paragraphs(entry) for part in parts for entry in part.iter(f"{_DIAGRAM}t"))))


def _paragraphs(element: Any) -> str:
    return "\n\n".join(filter(None, (clean(_paragraph(one)) for one in element.iter(qn("a:p")))))


def _paragraph(paragraph: Element) -> str:
    """Its runs; raised and lowered ones are told as such, fields that number or date a slide are left out."""
    runs = groupby(_runs(paragraph), key=lambda run: run[0])
    return "".join(placed("".join(text for _place, text in run), place) for place, run in runs)


def _runs(paragraph: Element) -> Iterator[tuple[int, str]]:
    for one in paragraph:
        if one.tag == qn("a:br"):
            yield 0, "\n"
        elif one.tag == qn("a:r") or (one.tag == qn("a:fld") and not one.get("type", "").startswith(("slidenum", "datetime"))):
            properties = one.find(qn("a:rPr"))
            place = properties.get("baseline", "0").rstrip("%") if properties is not None else "0"
            yield (0 if place == "0" else -1 if place.startswith("-") else 1), one.findtext(qn("a:t")) or ""
        else:
            yield 0, "".join(formula(math) for math in one.iter(f"{M}oMath"))
