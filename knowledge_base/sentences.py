"""Cuts text into sentences by offsets, in English, Chinese and mixtures, never inside one."""

import re

_BOUNDARY = re.compile(
    r"""
    (?P<end> [。！？!?…]+ | (?<!\.)\.(?!\.) )
    (?P<close> [”’」』）)\]"'》]* )
    | \n\s*\n | \n(?=\s*(?:[-*•]|\d+[.)])\s) | \n(?=[^\n]+\ \|\ )    # paragraphs, list items, a table's rows
    """,
    re.VERBOSE,
)
LATIN_ENDS = ".!?…"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:(?<!\d\s)(?<!illion\s)[A-Z]|[A-Z]\.[A-Z]|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|Ph\.D|Capt|Maj|Mt|Dr|Mr|Mrs|Ms|Prof|St|Lt|Col|Gen|Sr|Jr|vs|etc|e\.g|i\.e|cf|approx|No|Fig|Figs|Eq|Vol|pp|ca|al|Inc|Ltd|Co|U\.S)$"
)
_NUMBERING = re.compile(r"(?:^|\n)[^\S\n]*\d+$")  # "1." at a line's start numbers what follows
_ITEM = re.compile(r"[-*•]\s+")  # a list's mark is no part of what its item says
_NEXT = re.compile(r"\s+[\"'“‘(\[]*[^\sa-z]|\s*$|\s*\n|[\u3400-\u9fff]")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets ``(start, end)`` of the sentences of `text`, in order, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if match["end"] and match["end"][-1] in LATIN_ENDS and not _ends(text, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a Latin mark ends a sentence: a new one follows, and a dot is no abbreviation's and no list number's."""
    before = text[max(0, match.start() - 12) : match.start()]
    dotted = match["end"] == "." and (_ABBREVIATION.search(before) or _NUMBERING.search(before))
    return not dotted and _NEXT.match(text, match.end()) is not None


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
