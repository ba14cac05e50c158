"""Cuts text into sentences by offsets, in English, Chinese and mixtures, never inside one."""

import re

_BOUNDARY = re.compile(
    r"""
    (?P<end> [。！？!?…]+ | (?<!\.)\.(?!\.) )
    (?P<close> [”’」』）)\]"'》]* )
    | \n\s*\n | \n(?=\s*(?:[-*•]|\d+[.)])\s)                          # paragraphs and list items
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|[A-Z]\.[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|Lt|Col|Gen|Sr|Jr|vs|etc|e\.g|i\.e|cf|approx|No|Fig|Figs|Eq|Vol|pp|ca|al|Inc|Ltd|Co|U\.S)$"
)
_ITEM = re.compile(r"[-*•]\s+")  # a list's mark is no part of what its item says
_NEXT = re.compile(r"\s+[\"'“‘(\[]*[^\sa-z]|\s*$|\s*\n|[\u3400-\u9fff]")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets ``(start, end)`` of the sentences of `text`, in order, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if match["end"] == "." and not _full_stop(text, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _full_stop(text: str, match: re.Match[str]) -> bool:
    """Whether the dot ends a sentence: not after an abbreviation, not inside a number or a name, and a new sentence follows."""
    return _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start()]) is None and _NEXT.match(text, match.end()) is not None


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if not any(character.isalnum() for character in stripped):
        if spans and stripped and "\n" not in piece:
            spans[-1] = (spans[-1][0], start + len(piece.rstrip()))
        return
    first = start + len(piece) - len(piece.lstrip())
    mark = _ITEM.match(stripped)
    spans.append((first + (mark.end() if mark else 0), first + len(stripped)))
