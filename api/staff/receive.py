"""Receives an upload: a multipart body as a stream, each file straight to the disk, nothing of it gathered in memory."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from api.errors import INVALID, TOO_LARGE, Problem, Refused
from api.middleware import announced
from ingest import BadName, Upload, clean_name
from knowledge_base.release.layout import writing_into

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks  # the package has it for type checkers only

LARGEST_UPLOAD = 200_000_000  # bytes, of all files together with what stands between them
MOST_FILES = 5_000
LONGEST_FIELD = 100  # bytes of a field that is no file

UPLOAD_TOO_LARGE = Problem(TOO_LARGE.status, TOO_LARGE.code, "The files are larger than 200 MB together. Send fewer at a time.")
_WHETHER = {"true": True, "1": True, "on": True, "false": False, "0": False, "": False}


@dataclass
class Received:
    """The files of one upload in the order they came, and whether it is only a trial."""

    files: list[Upload] = field(default_factory=list)
    dry_run: bool = False


async def receive(request: Request, folder: Path) -> Received:
    """Reads the body, files into `folder`. Refused when it is too large, no multipart form, or not made of `files` and `dry_run`."""
    if announced(request.scope) > LARGEST_UPLOAD:
        raise Refused(UPLOAD_TOO_LARGE)
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Refused(INVALID, "The body must be a multipart form with the field 'files'.", field="files")
    form = _Form(folder)
    try:
        await _read(request, form, options[b"boundary"])
    except (FormParserError, ClientDisconnect) as error:
        raise Refused(INVALID, "The multipart form is broken: send it again.", field="files") from error
    except BadName as error:
        raise Refused(INVALID, f"{error}.", field="files") from error
    finally:
        form.close()
    if not form.received.files:
        raise Refused(INVALID, "There is no file in the field 'files'.", field="files")
    return form.received


async def _read(request: Request, form: "_Form", boundary: bytes) -> None:
    parser = MultipartParser(boundary, form.callbacks())
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > LARGEST_UPLOAD:
            raise Refused(UPLOAD_TOO_LARGE)
        with writing_into(form.folder):
            await run_in_threadpool(parser.write, chunk)
    parser.finalize()
    if not form.ended:
        raise FormParserError("the closing boundary is missing")


class _Form:
    """Hears the parser: part by part, header by header."""

    def __init__(self, folder: Path) -> None:
        self.received = Received()
        self.ended = False
        self.folder = folder
        self._header = self._value = b""
        self._disposition = b""
        self._file: BinaryIO | None = None
        self._field: bytearray | None = None  # of `dry_run`, while it is read
        self._count = 0

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_part_end": self._on_part_end,
            "on_end": self._on_end,
        }

    def close(self) -> None:
        if self._file is not None:
            with writing_into(self.folder):  # what was not written yet is written now
                self._file.close()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _on_headers_finished(self) -> None:
        _kind, options = parse_options_header(self._disposition)
        self._disposition = b""
        name, filename = options.get(b"name", b""), options.get(b"filename")
        if name == b"files" and filename is not None:
            self._begin(filename)
        elif name == b"dry_run" and filename is None:
            self._field = bytearray()
        else:
            shown = name[:LONGEST_FIELD].decode("utf-8", "replace")
            raise Refused(INVALID, f"The field {shown!r} is not known: files come in 'files', a trial is 'dry_run'.", field=shown or None)

    def _begin(self, filename: bytes) -> None:
        """Opens a file for the part; one without a name is the form's way of saying that none was chosen."""
        self._count += 1
        if self._count > MOST_FILES:
            raise Refused(INVALID, f"There are more than {MOST_FILES:,} files: send fewer at a time.", field="files")
        content = self.folder / str(self._count)
        self._file = content.open("wb")
        name = clean_name(_decoded(filename)) if filename else None
        if name is not None:
            self.received.files.append(Upload(name, content))

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif self._field is not None and len(self._field) < LONGEST_FIELD:
            self._field += data[start:end]

    def _on_part_end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        elif self._field is not None:
            wanted = _WHETHER.get(self._field.decode("latin-1").strip().lower())
            if wanted is None:
                raise Refused(INVALID, "The field 'dry_run' must be true or false.", field="dry_run")
            self.received.dry_run = wanted
            self._field = None

    def _on_end(self) -> None:
        self.ended = True


def _decoded(filename: bytes) -> str:
    """A file's name as the form carries it; browsers write a double quote and line ends as percent signs with figures."""
    try:
        name = filename.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadName(f"the name {filename[:60]!r} is not UTF-8: give the file a plain name") from error
    return name.replace("%22", '"')
