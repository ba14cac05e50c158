"""Whether an answer contains what a right one must: one alternative of every group, compared without case, width or spaces."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"\[\d+\]")


def contains(answer: str, groups: Iterable[Iterable[str]]) -> bool:
    """Citation marks do not count as part of the answer."""
    text = _plain(_MARKS.sub("", answer))
    return all(any(_plain(alternative) in text for alternative in group) for group in groups)


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())
