"""Cut a long reply into messages that Telegram takes.

A reply is a list of lines: each is HTML with its tags closed, short enough for one message, and never cut; an empty one
parts two paragraphs. So tags are balanced in every message.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile

from bot.telegram.markup import plain, units, whole

LIMIT = 4000  # Telegram's is 4,096, counted after parsing; the rest is distance

_SIGHT = 80  # how far past a cut to look for what would forbid it
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_MARKERS = r"[”’\"'」』）)]*(?:\s?\[\d+\])*"
# Best first: an answer is cut at the end of a line, else of a sentence with its [1], else between words.
_BREAKS = (
    re.compile(r"\n"),
    re.compile(rf"(?:[。！？…]|[.!?](?![\w.!?])){_MARKERS}"),
    re.compile(r"\s"),
)


def paragraphs(text: str, limit: int = LIMIT) -> list[str]:
    """The paragraphs of `text`, those over `limit` cut where a reader pauses; no character is lost but blanks."""
    return [piece for paragraph in _PARAGRAPH_END.split(whole(text)) for piece in _pieces(paragraph.strip(), limit)]


def pack(body: Sequence[str], tail: Sequence[str], limit: int = LIMIT) -> list[str]:
    """The messages that show the lines of `body`, then those of `tail`, which stays whole if it can."""
    messages = list(_fill(body, limit))
    for end in _fill(tail, limit):
        if messages and _length(messages[-1]) + _length(f"\n\n{end}") <= limit:
            messages[-1] += f"\n\n{end}"
        else:
            messages.append(end)
    return messages


def _fill(lines: Iterable[str], limit: int) -> Iterator[str]:
    message: list[str] = []
    room = limit
    for line in lines:
        length = _length(line) + 1  # with the line's end
        if any(message) and length > room:
            yield "\n".join(message).strip("\n")
            message, room = [], limit
        message.append(line)
        room -= length
    if any(message):
        yield "\n".join(message).strip("\n")


def _length(markup: str) -> int:
    return units(plain(markup))


def _pieces(text: str, limit: int) -> Iterator[str]:
    while units(text) > limit:
        end = _pause(text, _reach(text, limit))
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _reach(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit` units."""
    lengths = accumulate(1 + (character > "\uffff") for character in text)
    return sum(1 for _ in takewhile(lambda length: length <= limit, lengths))


def _pause(text: str, reach: int) -> int:
    """Where to cut `text`: the last pause of the best kind in the second half of its first `reach` characters."""
    for kind in _BREAKS:
        # Read with what follows: the point of 3.14 ends no sentence, and a sentence's [1] belongs to it.
        ends = [match.end() for match in kind.finditer(text[: reach + _SIGHT], reach // 2)]
        if within := [end for end in ends if end <= reach]:
            return within[-1]
    return reach
