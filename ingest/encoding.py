"""Bytes into text: UTF-8, UTF-16 or GB18030, told apart by the bytes themselves; what is no text is refused, never guessed into one."""

import codecs
import re

from ingest.errors import Unreadable

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_TOO_MANY = 0.01  # share of control characters; a stray one is left by word processors, a binary file has many
_SAMPLE = 20_000
_ASCII = re.compile(r"[\t\n\r -~]")
_CHINESE = re.compile("[\u2010-\u203f\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_LIKELY = 0.85  # of a text's characters are ASCII or common Chinese ones; read in the wrong byte order, half are neither
_COMMON = 0.6  # of a Chinese text's characters stand in GB 2312; accented Latin or broken UTF-8 taken for GB18030 gives rare ones


def decode(content: bytes) -> str:
    """The text, without byte order mark and stray control characters; Unreadable with the line where it stops being text."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _printable(_strict(content[len(mark) :], encoding))
    if b"\0" in content:
        return _printable(_utf16(content) or _strict(content, "utf-8"))
    try:
        return _printable(content.decode())
    except UnicodeDecodeError:
        return _printable(gb18030(content) or _utf16(content) or _strict(content, "utf-8"))


def gb18030(content: bytes) -> str | None:
    """The bytes as Chinese text in GB18030 (which holds GBK and GB 2312); None when they are something else."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if not character.isascii()]
    common = "".join(foreign).encode("gb2312", "ignore")
    return text if len(common) / 2 >= _COMMON * len(foreign) else None


def _utf16(content: bytes) -> str | None:
    """The bytes as UTF-16 without a mark, in the byte order that gives the likelier text."""
    decoded = [text for text in (_try(content, "utf-16-le"), _try(content, "utf-16-be")) if text]
    best = max(decoded, key=_likelihood, default=None)
    return best if best and _likelihood(best) >= _LIKELY else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likelihood(text: str) -> float:
    """The share of ordinary characters; Chinese ones count a little less, since ASCII in the wrong byte order looks Chinese."""
    sample = text[:_SAMPLE]
    return (len(_ASCII.findall(sample)) + 0.95 * len(_CHINESE.findall(sample))) / len(sample)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("not text in UTF-8, UTF-16 or GB18030: save it as UTF-8, or give it the suffix of what it is", line=line) from error


def _printable(text: str) -> str:
    stray = _CONTROL.findall(text)
    if "\0" in stray or len(stray) > max(1, _TOO_MANY * len(text)):
        line = text.count("\n", 0, text.find(stray[0])) + 1
        raise Unreadable("not text: it holds NUL or other control characters; save it as UTF-8, or give it the suffix of what it is", line=line)
    return _CONTROL.sub("", text) if stray else text
