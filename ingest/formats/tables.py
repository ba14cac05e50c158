"""XLSX and CSV: a glossary's rows as sentences that can be quoted alone, any other table's rows as "header: value; header: value"."""

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import cast

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import Unreadable
from ingest.formats.container import broken, check
from ingest.formats.glossary import recognised
from ingest.formats.titles import sensible
from ingest.formats.typography import one_line
from ingest.types import Block, Parsed
from knowledge_base.language import detect
from knowledge_base.types import Kind

ADVICE = "open it in a spreadsheet program and save it as .xlsx anew"
ROWS = 100_000  # with something in them
LAST_ROW = 1_048_576  # of a sheet; a file may claim more
COLUMNS = 100  # what lies beyond is not read
LONGEST_FIELD = 100_000  # characters
DELIMITERS = ",\t;|"
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表|tabelle|feuil|table)?\s*\d*", re.IGNORECASE)
_NUMBER = re.compile(r"-?[\d.,\s]+%?|\d{4}-\d\d-\d\d.*")
_SHAPE = re.compile(r'(?P<grouped>#,##)?0(?:\.(?P<places>0+))?(?P<percent>%)?(?:\s*"(?P<unit>[^"]*)")?')

Row = tuple[str, ...]


def parse_xlsx(content: bytes) -> Parsed:
    """The rows of every sheet that is shown, formulas by the values they last had; a sheet's name is its section."""
    check(content, folder="xl", suffix=".xlsx", advice=ADVICE)
    with broken(ADVICE, InvalidFileException):
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
        sheets = [(sheet.title, _limited(_printed(sheet))) for sheet in workbook.worksheets if sheet.title not in hidden]
        title = sensible(workbook.properties.title)
    return _parsed(sheets, title, tuple(f"sheet {name!r}: hidden, so left out; show it if students should find it" for name in hidden))


def parse_csv(text: str) -> Parsed:
    """The rows of a CSV file whose fields are parted by commas, tabs, semicolons or bars."""
    csv.field_size_limit(LONGEST_FIELD)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = _limited(tuple(map(one_line, row[:COLUMNS])) for row in lines)
    except csv.Error as error:
        raise Unreadable(f"{error}: is a quotation mark left open? Save it from a spreadsheet program as CSV anew", line=lines.line_num) from error
    return _parsed([("", rows)], None, ())


def _delimiter(text: str) -> str:
    """The mark that parts most lines' fields into the same number, by the first lines; marks within quotation marks do not count."""
    start = re.sub(r'"[^"]*"', "", text[:20_000]).splitlines()[:50]
    counts = {mark: Counter(line.count(mark) for line in start if line.strip()) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: max((lines for fields, lines in counts[mark].items() if fields), default=0))


def _limited(rows: Iterable[Row]) -> list[Row]:
    """The rows that hold something, each as long as the longest."""
    kept: list[Row] = []
    for number, row in enumerate(rows):
        if any(row):
            kept.append(row)
        if len(kept) > ROWS or number > LAST_ROW:
            raise Unreadable(f"has more than {ROWS} rows: keep those that students should find, or split it")
    width = max((len(row) for row in kept), default=0)
    return [(*row, *[""] * (width - len(row))) for row in kept]


def _parsed(sheets: Iterable[tuple[str, list[Row]]], title: str | None, notices: tuple[str, ...]) -> Parsed:
    blocks: list[Block] = []
    kind: Kind = "file"
    for name, rows in sheets:
        section = () if _DEFAULT_NAME.fullmatch(name) else (name,)
        captions, table = _headed(rows)
        known = recognised(table[0]) if table else None
        kind = "glossary" if known else kind
        texts = (text for row in table[1:] for text in known.told(row)) if known else _told(table)
        blocks.extend(Block((*section, *captions), text) for text in texts if text)
    if not blocks:
        raise Unreadable("holds no rows below a header: there is nothing to read in it")
    return Parsed(tuple(blocks), title=title, kind=kind, notices=notices)


def _headed(rows: list[Row]) -> tuple[Row, list[Row]]:
    """The lines of text above a table, and the table from its header on."""
    first = next((at for at, row in enumerate(rows[:10]) if sum(map(bool, row)) > 1), 0)
    return tuple(next(filter(None, row)) for row in rows[:first]), rows[first:]


def _told(table: list[Row]) -> Iterator[str]:
    """Each row under its header; a table without a header row by row."""
    header = table[0] if table else ()
    named = len(table) > 1 and sum(map(bool, header)) > 1 and not any(_NUMBER.fullmatch(one) for one in header if one)
    if not named:
        yield from (" | ".join(filter(None, row)) for row in table)
        return
    colon, comma = ("：", "；") if detect(" ".join(header)) == "zh" else (": ", "; ")
    for row in table[1:]:
        yield comma.join(f"{name}{colon}{value}" if name else value for name, value in zip(header, row, strict=True) if value)


def _printed(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    """The rows as the sheet shows them; the size that it declares is not believed."""
    sheet.reset_dimensions()
    for row in cast(Worksheet, sheet).iter_rows():
        yield tuple(_shown(cell.value, cell.number_format or "", cell.data_type) for cell in row[:COLUMNS])


def _shown(value: object, shape: str, kind: str) -> str:
    """A cell's value as text: dates in ISO form, numbers without noise, errors as nothing."""
    if value is None or kind == "e":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time() and "h" not in shape.lower()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return _number(value, shape) if isinstance(value, int | float) else one_line(str(value))


def _number(value: float, shape: str) -> str:
    """With the decimals, groups, percent sign or unit of a plain number format, else with fifteen digits at most."""
    format_ = _SHAPE.fullmatch(shape.split(";")[0].strip())
    if format_ is None:
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    shown = value * 100 if format_["percent"] else value
    group = "," if format_["grouped"] else ""
    unit = f" {format_['unit'].strip()}" if format_["unit"] else ""
    return f"{shown:{group}.{len(format_['places'] or '')}f}{format_['percent'] or ''}{unit}"
