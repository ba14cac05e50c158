"""A ZIP's members, each read into memory when it is asked for; nothing is ever written under a name that an archive gives."""

import io
import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from ingest.encoding import gb18030
from ingest.errors import Unreadable

MOST_MEMBERS = 10_000
MOST_UNPACKED = 1_000_000_000  # bytes in all
_MOST_RATIO = 200  # of unpacked to packed bytes; texts stay below 20
_SMALL = 1_000_000  # bytes that no ratio matters for
_SMALL_IN_ALL = 20_000_000  # likewise, of all members together
_ENCRYPTED = 0x1
_UTF8 = 0x800
_UNIX = 16  # bits to the right of which a member's Unix mode stands
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """One file of an archive: its POSIX path within it, composed; its bytes when they are asked for, at most `limit` of them."""

    name: str
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def hostile(self) -> bool:
        """Whether the name is absolute, leads upwards or is no POSIX path."""
        odd = "\0" in self.name or "\\" in self.name or self.name.startswith("/") or _DRIVE.match(self.name) is not None
        return odd or not {"..", ""}.isdisjoint(self.name.split("/"))

    def content(self, limit: int) -> bytes:
        """The bytes; Unreadable when the name is hostile, the member is a link, encrypted, damaged, too large or a bomb."""
        if self.hostile:
            raise Unreadable("its name leads out of the archive: pack the files by relative paths, with / between folders")
        if stat.S_ISLNK(self.info.external_attr >> _UNIX):
            raise Unreadable("is a link: pack the file itself")
        if self.info.flag_bits & _ENCRYPTED:
            raise Unreadable("is encrypted: pack it without a password")
        size = self.info.file_size
        if size > limit:
            raise Unreadable(f"unpacks to {size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that are read: split it into parts")
        if _is_bomb(self.info):
            raise Unreadable("unpacks to an absurd size (a ZIP bomb): it is not read")
        with _broken():
            return self.archive.read(self.info)  # never more than the sizes that the archive states


def members(content: bytes | BinaryIO) -> Iterator[Member]:
    """The archive's files in the order of their names; Unreadable when it is none, holds too many, or too much."""
    with _broken():
        archive = zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content)
    found = [info for info in archive.infolist() if not info.is_dir()]
    if len(found) > MOST_MEMBERS:
        raise Unreadable(f"holds {len(found)} files, more than {MOST_MEMBERS}: split it into parts")
    if sum(info.file_size for info in found) > MOST_UNPACKED:
        raise Unreadable(f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB (a ZIP bomb?): nothing of it is read")
    if _is_scattered_bomb([info for info in found if not _is_bomb(info)]):
        raise Unreadable("unpacks to an absurd size, in many files (a ZIP bomb): nothing of it is read")
    yield from sorted((Member(_name(info), archive, info) for info in found), key=lambda member: member.name)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_SMALL, _MOST_RATIO * info.compress_size)


def _is_scattered_bomb(found: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether members of which each is bearable are a bomb together; those of a crafted archive may share their packed bytes."""
    packed = sum({info.header_offset: info.compress_size for info in found}.values())
    return sum(info.file_size for info in found) > max(_SMALL_IN_ALL, _MOST_RATIO * packed)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was packed. Without the mark for UTF-8, Chinese Windows packs GBK, and macOS UTF-8 all the same."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        packed = name.encode("cp437", "replace")
        try:
            name = packed.decode()
        except UnicodeDecodeError:
            name = gb18030(packed) or name
    return unicodedata.normalize("NFC", "/".join(part for part in name.split("/") if part != "."))


@contextmanager
def _broken() -> Iterator[None]:
    """The ways in which a damaged archive shows."""
    try:
        yield
    except NotImplementedError as error:
        raise Unreadable(f"is packed in a way that cannot be read ({error}): pack it as an ordinary ZIP") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
        raise Unreadable(f"is damaged ({str(error) or type(error).__name__}): pack it anew") from error
