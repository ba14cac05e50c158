"""The parsers that run in a child process, by suffix. Only that process imports this file, and the libraries behind it."""

from collections.abc import Callable

from ingest.encoding import decode
from ingest.formats import docx, html, pdf, pptx, tables
from ingest.types import Parsed

PARSERS: dict[str, Callable[[bytes], Parsed]] = {
    ".pdf": pdf.parse,
    ".docx": docx.parse,
    ".pptx": pptx.parse,
    ".xlsx": tables.parse_xlsx,
    ".html": html.parse,
    ".htm": html.parse,
    ".csv": lambda content: tables.parse_csv(decode(content)),
}
