"""Telegram's HTML: plain text into it, plain text out of it, and length as Telegram counts it."""

import html
import re

_TAG = re.compile(r"<[^>]*>")


def whole(text: str) -> str:
    """`text` with halves of surrogate pairs joined and lone ones replaced: UTF-8 cannot carry them."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escape(text: str) -> str:
    """`text` as HTML that shows exactly it."""
    return html.escape(whole(text), quote=False)


def link(url: str, text: str) -> str:
    """`text`, already escaped, as a link to `url`."""
    return f'<a href="{html.escape(url)}">{text}</a>'


def plain(markup: str) -> str:
    """What a reader sees of `markup`, in which every `<` begins a tag."""
    return html.unescape(_TAG.sub("", markup))


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, in which Telegram states its limits."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
