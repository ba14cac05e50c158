"""PDF: text by page without headers and footers, sections from its outline and its larger print."""

import ctypes
import itertools
import math
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.errors import Unreadable
from ingest.formats.container import seems
from ingest.formats.layout import Bookmark, Paragraph, blocks, paragraphs
from ingest.formats.lines import Glyph, Line, lines
from ingest.formats.titles import sensible
from ingest.types import Parsed

DEEPEST = 6  # levels of an outline that are read
MANY = 5_000  # pages, and entries of an outline, that one file may have


def parse(content: bytes) -> Parsed:
    """The document's text in its own order, each block with its page; pages that are pictures without text are told in notices."""
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(f"is no PDF but seems to be {seems(content)}: give it the suffix of what it is, or save it as PDF")
    with _translated(), closing(pdfium.PdfDocument(content)) as document:
        if len(document) > MANY:
            raise Unreadable(f"has more than {MANY} pages: split it")
        pages, silent = _pages(document)
        title, bookmarks = _told(lambda: document.get_metadata_value("Title")), list(_bookmarks(document))
    if not any(pages):
        raise Unreadable("is a scan without text: run text recognition (OCR) over it first" if silent else "holds no text: its pages are empty")
    told = paragraphs(pages, bookmarks)
    return Parsed(tuple(blocks(told)), title=sensible(title) or _largest(told), notices=_notices(silent))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Unreadable("is encrypted: save it without a password") from error
        raise Unreadable("is damaged: open it in a PDF reader and save or print it as PDF anew") from error


def _notices(silent: list[int]) -> tuple[str, ...]:
    if not silent:
        return ()
    named = ", ".join(map(str, silent[:10])) + (f" and {len(silent) - 10} more" if len(silent) > 10 else "")
    return (f"page {named}: a picture without text is left out; run text recognition (OCR) over it if it holds any",)


def _pages(document: pdfium.PdfDocument) -> tuple[list[list[Line]], list[int]]:
    """Every page's lines, and the numbers of the pages that show a picture and no text."""
    pages: list[list[Line]] = []
    silent: list[int] = []
    for number in range(1, len(document) + 1):
        with closing(document[number - 1]) as page:
            pages.append(lines(_glyphs(page)))
            if not pages[-1] and next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None:
                silent.append(number)
    return pages, silent


def _glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The page's characters. One that is shown turned but written upright is read upright: pdfium orders its lines as they are shown."""
    glyphs, direction = _read(page)
    if page.get_rotation() and direction == 0:
        page.set_rotation(0)
        glyphs, _direction = _read(page)
    return glyphs


def _read(page: pdfium.PdfPage) -> tuple[list[Glyph], int]:
    """The characters, and the direction of the page's first one in degrees."""
    glyphs: list[Glyph] = []
    first: float | None = None
    with closing(page.get_textpage()) as text:
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        for at in range(text.count_chars()):
            character = _character(raw.FPDFText_GetUnicode(text, at))
            if raw.FPDFText_IsGenerated(text, at) == 1:
                glyphs.append(Glyph(character, 0, 0, 0, filled=True))
                continue
            raw.FPDFText_GetMatrix(text, at, matrix)
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            angle = math.atan2(matrix.b, matrix.a)
            first = angle if first is None else first
            size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
            along, across = math.cos(angle) * x.value + math.sin(angle) * y.value, math.cos(angle) * y.value - math.sin(angle) * x.value
            glyphs.append(Glyph(character, along, across, size))
    return glyphs, round(math.degrees(first or 0))


def _character(code: int) -> str:
    """A code of half a character (a surrogate) is none; pdfium gives U+0002 for a hyphen that breaks a word."""
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _bookmarks(document: pdfium.PdfDocument) -> Iterator[Bookmark]:
    for mark in itertools.islice(document.get_toc(max_depth=DEEPEST), MANY):
        target = mark.get_dest()
        page = target.get_index() if target is not None else None
        if page is not None:
            yield Bookmark(_told(mark.get_title), mark.level, page + 1)


def _told(read: Callable[[], str]) -> str:
    """A text of the document's own; nothing when its bytes are no text."""
    try:
        return read()
    except UnicodeDecodeError:
        return ""


def _largest(told: list[Paragraph]) -> str | None:
    """The largest heading of the first page."""
    headings = [one for one in told if one.page == 1 and one.rank is not None]
    return max(headings, key=lambda one: one.size).text if headings else None
