"""The ZIP file that every Office document is: opened only when it is sound, of bearable size and without entities."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import Unreadable

UNPACKED = 300_000_000  # bytes that a document may unpack to
PART = 100_000_000  # bytes of XML that one part may hold: about a hundred times that of a long lesson
RATIO = 200  # of a part's size unpacked to packed; text packs about tenfold, empty cells a hundredfold
PARTS = 10_000
_XML = (".xml", ".rels", ".vml")
# What libraries raise when a document lacks what they count on; XML's errors are SyntaxErrors.
_BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError, RuntimeError, ArithmeticError),
    *(AssertionError, AttributeError, LookupError, TypeError, ValueError),
)
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .ppt or .xls) or one with a password"),
    (b"PK", "another kind of ZIP file"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z", "a 7z archive"),
)
_OFFICE = {"word": "a .docx document", "ppt": "a .pptx presentation", "xl": "an .xlsx workbook"}


def seems(content: bytes) -> str:
    """What the bytes seem to be, in words that a person knows."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "an empty file"
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        return "a web page"
    known = next((name for mark, name in _KINDS if start.startswith(mark)), None)
    return known or ("something else" if b"\0" in start else "text")


def check(content: bytes, *, folder: str, suffix: str, advice: str) -> None:
    """Raises Unreadable unless `content` is a sound Office file with parts in `folder`."""
    if not content.startswith(b"PK"):
        raise Unreadable(f"is no {suffix} file but seems to be {seems(content)}: give it the suffix of what it is, or {advice}")
    with broken(advice), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        folders = {part.filename.split("/")[0] for part in parts}
        if folder not in folders:
            found = next((name for one, name in _OFFICE.items() if one in folders), seems(content))
            raise Unreadable(f"is no {suffix} file but seems to be {found}: give it the suffix of what it is, or {advice}")
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Unreadable(f"unpacks to more than {UNPACKED // 1_000_000} MB or {PARTS} parts: split it, or {advice}")
        for part in parts:
            if part.filename.lower().endswith(_XML):
                _check_part(archive, part, advice)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, advice: str) -> None:
    """A part's size is what it claims: zipfile stops there, and finds its checksum wrong when it lied."""
    if part.file_size > PART or part.file_size > RATIO * max(part.compress_size, 10_000):
        raise Unreadable(f"is packed like a ZIP bomb ({part.filename!r} unpacks to {part.file_size:,} bytes): {advice}")
    xml = archive.read(part).replace(b"\0", b"")  # so that UTF-16 hides nothing
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable(f"declares entities ({part.filename!r}), which no Office program does: {advice}")


@contextmanager
def broken(advice: str, *errors: type[Exception]) -> Iterator[None]:
    """Whatever a damaged container makes a library raise, `errors` of its own among it, as Unreadable."""
    try:
        yield
    except (*_BROKEN, *errors) as error:
        raise Unreadable(f"is damaged: {advice}") from error
