"""Headers, footers and page numbers: what stands at the top or bottom edge of most pages is not what the pages say."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DEPTH = 3  # lines from an edge that may be furniture
PAGES = 3  # fewer repetitions say nothing
LONGEST = 120  # characters of a line that stands beside a page's number
SHARE = 0.6  # of all pages, or of all left or all right ones
_DIGITS = re.compile(r"\d+")
_LONE = re.compile(r"\d{1,4}")
_ROMAN = re.compile(r"[ivxlc]+")
_NUMBERED = re.compile(
    r"(?:page|p\.?|seite|slide|第|[-–—•|])?\s*(?P<number>\d{1,6})\s*(?:页|頁|/\s*\d+|(?:of|von)\s+\d+|[-–—•|])?(?:\s*[,，/]?\s*共\s*\d+\s*[页頁])?",
    re.IGNORECASE,
)
_PRINTED = re.compile(  # what browsers print at the edges: date and title, address and number
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? (?:上午|下午)?\d{1,2}:\d\d\b.*|(?:https?|file)://\S+(?: \|)? \d+/\d+"
)


def key(text: str) -> str:
    """By what a line is recognised on another page: without spaces, its numbers made equal unless it is a row of them."""
    folded = "".join(text.split()).lower()
    if _ROMAN.fullmatch(folded):
        return "0"
    numberless = _DIGITS.sub("0", folded)
    row = numberless.count("0") > 2 and not any(character.isalpha() for character in numberless)
    return folded if row else numberless


def furniture(pages: Sequence[Sequence[str]], keys: Sequence[Sequence[str]]) -> list[set[int]]:
    """Which lines of each page repeat at its edge. The lines of a page run from its top to its bottom; `keys` tell which are alike.

    A line counts only when all between it and the edge are furniture too. A page's own number is furniture on any of several pages, and
    so is whatever stands beside it, such as a chapter's name, when most pages are numbered so.
    """
    common = [_common([_edge(page, last) for page in keys]) for last in (False, True)]
    shift = _shift(pages)
    marks = [_Marks(at + (shift or 0) if len(pages) > 1 else None, shift is not None) for at in range(1, len(pages) + 1)]
    return [{*_peeled(page, keys[at], common, marks[at])} for at, page in enumerate(pages)]


@dataclass(frozen=True)
class _Marks:
    """A page's number, and whether most pages have theirs at an end of their first or last line."""

    number: int | None
    beside: bool

    def hold(self, line: str) -> bool:
        """Whether a line is the page's number with what stands beside it, or what a browser prints."""
        match = _NUMBERED.fullmatch(line)
        own = match is not None and int(match["number"]) == self.number
        beside = self.beside and len(line) <= LONGEST and self.number in _numbers(line)
        return own or beside or _PRINTED.fullmatch(line) is not None


def _numbers(line: str) -> list[int]:
    """The numbers that a line begins and ends with."""
    return [int(number) for number in re.findall(r"^\d{1,4}(?=\s)|(?<=[\s·])\d{1,4}$", line)]


def _shift(pages: Sequence[Sequence[str]]) -> int | None:
    """By how much the numbers that most pages bear differ from their place in the file."""
    shifts: Counter[int] = Counter()
    for at, page in enumerate(pages, 1):
        edges = {line for line in (*page[:1], *page[-1:]) if len(line) <= LONGEST}
        shifts.update({number - at for line in edges for number in (*_numbers(line), *([int(line)] if _LONE.fullmatch(line) else []))})
    shift, count = max(shifts.items(), key=lambda one: one[1], default=(0, 0))
    return shift if count >= max(PAGES, SHARE * len(pages)) else None


def _edge(page: Sequence[str], last: bool) -> list[str]:
    return list(page[::-1][:DEPTH] if last else page[:DEPTH])


def _common(edges: Sequence[Sequence[str]]) -> set[str]:
    """The keys that stand at one edge of most pages, or of most left or most right pages."""
    found: set[str] = set()
    for side in (edges, edges[::2], edges[1::2]):
        counts = Counter(line for edge in side for line in set(edge))
        found |= {line for line, count in counts.items() if count >= max(PAGES, SHARE * len(side))}
    return found


def _peeled(page: Sequence[str], keys: Sequence[str], common: Sequence[set[str]], marks: _Marks) -> Iterator[int]:
    for last, known in enumerate(common):
        order = range(len(page))[::-1] if last else range(len(page))
        for at in order[:DEPTH]:
            if keys[at] not in known and not marks.hold(page[at].strip()):
                break
            yield at
