"""A body or a year in place of another: "And on the Moon?" after a question about Mars, "and in 1969?" after one about 1957."""

import re

_LATIN = r"(?:the )?\b(?:Moon|Mars|Earth|Venus|Mercury|Jupiter|Saturn|Uranus|Neptune|Pluto|Sun|Titan)\b"
_HAN = "月球|月亮|火星|地球|金星|水星|木星|土星|天王星|海王星|冥王星|太阳|土卫六"
_KINDS = (
    re.compile(f"{_LATIN}|(?:{_HAN})(?!车|[一二三四五六七八九十0-9]+号)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"),
)


def swapped(question: str, what: str) -> str | None:
    """The question with its last body or year replaced by the one that `what` names; None when either has none."""
    for kind in _KINDS:
        new, old = kind.search(what), list(kind.finditer(question))
        if new and old:
            return question[: old[-1].start()] + new[0] + question[old[-1].end() :]
    return None
