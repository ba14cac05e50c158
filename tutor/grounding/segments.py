"""A drafted sentence cut into the statements that it makes, so that each is held against the one source sentence that tells it."""

import re
from collections.abc import Sequence

from tutor.grounding.reading import Reading

_CUT = re.compile(
    r"[;；:：，]|,(?=\s)|[()（）—]|(?=然后|随后|接着|并且|而且|但是|之后，)|\s(?=(?:in|with|at) (?:about |nearly |over |more than )?\d)|"
    r"\s(?=(?:and|but|while|whereas|then|before|after|which|where|when|because|so)\s)",
    re.IGNORECASE,
)


def segments(reading: Reading, common: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of the statements, in order. A piece with hardly a word of its own, besides the words of names `common`, joins its neighbour."""
    text = reading.text
    taken = [span for _item, span in [*reading.dated, *reading.counted]]
    cuts = [match.start() for match in _CUT.finditer(text) if not any(start < match.start() < end for start, end in taken)]
    pieces = list(zip([0, *cuts], [*cuts, len(text)], strict=True))
    return _merged(reading, pieces, common)


def _merged(reading: Reading, pieces: Sequence[tuple[int, int]], common: frozenset[str]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    begin = 0
    for _start, end in pieces:
        if _stands_alone(reading, (begin, end), common):
            made.append((begin, end))
            begin = end
    if not made:
        return [(0, len(reading.text))]
    return [*made[:-1], (made[-1][0], len(reading.text))]


def _stands_alone(reading: Reading, piece: tuple[int, int], common: frozenset[str]) -> bool:
    """Two words of its own make a statement, and one beside a figure or a date."""
    begin, end = piece
    told = [*reading.dated, *((figure, span) for figure, span in reading.counted if figure.kind != "serial")]
    exact = any(begin <= start < end for _item, (start, _end) in told)
    return len(Reading(reading.text[begin:end]).words - common) >= (1 if exact else 2)
