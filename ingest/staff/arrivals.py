"""What becomes of files as they arrive from staff: archives are unpacked, so that each of their files can be replaced and removed by itself."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ingest.errors import BadName, Unreadable
from ingest.formats import ADVICE, ARCHIVE, READ
from ingest.formats.archive import Member, members
from ingest.staff.uploads import Upload, clean_name
from ingest.types import INSIDE, Problem

LARGEST_MEMBER = 100_000_000  # bytes unpacked


def sort_out(arrived: Iterable[Upload]) -> tuple[tuple[Upload, ...], tuple[Problem, ...]]:
    """The files to stage, one a name, and what is wrong with the others. Files that are no material are passed over where they came in a folder."""
    files: dict[str, Upload] = {}
    problems: list[Problem] = []
    for upload in arrived:
        for found in _unpacked(upload) if _suffix(upload.name) == ARCHIVE else _checked(upload):
            if isinstance(found, Upload):
                files[found.name] = found
            else:
                problems.append(found)
    return tuple(files.values()), tuple(problems)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _checked(upload: Upload, *, packed: bool = False) -> Iterator[Upload | Problem]:
    suffix = _suffix(upload.name)
    if suffix in READ:
        yield upload
    elif suffix in ADVICE:
        yield Problem(upload.name, 1, f"files of the kind {suffix} are not read: save it as {ADVICE[suffix]}")
    elif not packed and "/" not in upload.name:
        yield Problem(
            upload.name, 1, "is no kind of file that is read: upload Markdown, HTML, PDF, DOCX, PPTX, XLSX, CSV, SRT, VTT, TXT or a ZIP of these"
        )


def _unpacked(archive: Upload) -> Iterator[Upload | Problem]:
    """The archive's files beside it, named as they are within it."""
    try:
        with archive.content.open("rb") as content:
            for at, member in enumerate(members(content)):
                yield from _member(archive, member, archive.content.with_name(f"{archive.content.name}-{at}"))
    except Unreadable as error:
        yield Problem(archive.name, 1, str(error))


def _member(archive: Upload, member: Member, target: Path) -> Iterator[Upload | Problem]:
    place = f"{archive.name}{INSIDE}{member.name}"
    try:
        name = clean_name(member.name)
        if name is None:
            return  # a system left it there
        if _suffix(name) == ARCHIVE:
            raise Unreadable("is an archive within an archive: pack its files themselves")
        if _suffix(name) in READ:
            target.write_bytes(member.content(LARGEST_MEMBER))
        yield from _checked(Upload(name, target), packed=True)
    except (Unreadable, BadName) as error:
        yield Problem(place, 1, str(error))
