"""Telegram's HTML: plain text into it, plain text out of it, and length as Telegram counts it."""

import html
import re

_TAG = re.compile(r"<[^>]*>")
_ELEMENT = re.compile(r"<(\w+)[^>]*>(.*?)</\1>", re.DOTALL)
_TURNS = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}


def whole(text: str) -> str:
    """`text` with halves of surrogate pairs joined and lone ones replaced: UTF-8 cannot carry them."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escape(text: str) -> str:
    """`text` as HTML that shows exactly it."""
    return html.escape(whole(text), quote=False)


def link(url: str, text: str) -> str:
    """`text`, already escaped, as a link to `url`."""
    return f'<a href="{html.escape(whole(url))}">{text}</a>'


def bold(text: str) -> str:
    """`text`, already escaped, in bold."""
    return f"<b>{text}</b>"


def italic(text: str) -> str:
    """`text`, already escaped, in italics."""
    return f"<i>{text}</i>"


def short(text: str, length: int) -> str:
    """`text` in one line of at most `length` characters."""
    line = " ".join(whole(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def plain(markup: str) -> str:
    """What a reader sees of `markup`, in which every `<` begins a tag."""
    return html.unescape(_TAG.sub("", markup))


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, in which Telegram states its limits."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def closed(line: str) -> str:
    """`line` with every change of direction undone at its end, so that right-to-left text turns nothing that stands behind it."""
    open_ones: list[str] = []
    for character in line:
        if character in _TURNS:
            open_ones.append(_TURNS[character])
        elif open_ones and character == open_ones[-1]:
            open_ones.pop()
    return line + "".join(reversed(open_ones))


def at_most_entities(markup: str, limit: int = 100) -> str:
    """`markup` with no more than `limit` tags: Telegram passes over those behind, so they go, with their text left."""
    count = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return match[0] if count <= limit else match[2]

    return _ELEMENT.sub(keep, markup)
