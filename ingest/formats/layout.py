"""From printed lines back to paragraphs, headings and tables, page by page: what a PDF has lost."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.formats.furniture import furniture, key
from ingest.formats.lines import Line
from ingest.formats.outline import Outline
from ingest.formats.typography import clean, joined
from ingest.types import Block
from knowledge_base.sentences import sentences

HEADING = 1.15  # times the size of most of the text
LONGEST_HEADING = 150
_DOT = re.compile(r"[•‣▪●○◦■□◆➢✓·–-]\s+")
_ITEM = re.compile(rf"{_DOT.pattern}|\(?\d{{1,2}}[.)]\s|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、")
_ENDED = re.compile(r"[.!?:。！？：；…][\"'”’」』）)\]]*$")
_NO_HEADING = re.compile(r"[.,;。，；、]$")
_LEADER = re.compile(r"(?:[.·…]\s?){4,}[\s|]*\d+$")  # a line of a table of contents
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+-[^\W\d_]+(?![\w-])")

Rank = tuple[float, ...]


@dataclass(frozen=True)
class Bookmark:
    """An entry of a document's own outline; `depth` counts from zero, `page` from one."""

    title: str
    depth: int
    page: int


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; `rank` when they are a heading."""

    text: str
    page: int
    size: float
    rank: Rank | None = None
    row: bool = False


def paragraphs(pages: Sequence[Sequence[Line]], bookmarks: Iterable[Bookmark]) -> list[Paragraph]:
    """The paragraphs and headings of all pages without what is printed at the edge of each; a sentence that a page cuts stands on the first."""
    body = _body(pages)
    marks: dict[int, list[Bookmark]] = {}
    for one in bookmarks:
        marks.setdefault(one.page, []).append(one)
    ranks = [_ranks(page, body, marks.get(at, ())) for at, page in enumerate(pages, 1)]
    gone = _furniture(pages, ranks)
    compounds = frozenset(word.lower() for page in pages for line in page for word in _COMPOUND.findall(line.text))
    told: list[Paragraph] = []
    for at, page in enumerate(pages):
        kept = [(line, ranks[at].get(i)) for i, line in enumerate(page) if i not in gone[at] and not _LEADER.search(line.text)]
        made = [_paragraph(group, at + 1, compounds) for group in _grouped(kept)]
        told.extend(_carried(told, [one for one in made if one.text]))
    return told


def blocks(told: Sequence[Paragraph]) -> Iterator[Block]:
    """Paragraphs under their headings; headings alone are text."""
    outline = Outline()
    only_headings = all(one.rank is not None for one in told)
    for one in told:
        if one.rank is None or only_headings:
            yield Block(outline.section, one.text, page=one.page)
        else:
            outline.enter(one.text, one.rank)


def _body(pages: Sequence[Sequence[Line]]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _ranks(page: Sequence[Line], body: float, bookmarks: Sequence[Bookmark]) -> dict[int, Rank]:
    """Which lines of a page are headings: those that its outline names, and short ones in larger type."""
    found: dict[int, Rank] = {at: (-line.size, 99) for at, line in enumerate(page) if line.size >= HEADING * body and _may_be_heading(line.text)}
    begins = _beginnings(page) if bookmarks else {}
    for mark in bookmarks:
        for at in begins.get(_squeezed(mark.title), ()):
            found[at] = (-page[at].size, mark.depth)
    return found


def _may_be_heading(text: str) -> bool:
    if len(text) > LONGEST_HEADING or _NO_HEADING.search(text) or _ITEM.match(text + " "):
        return False
    return sum(map(str.isalnum, text)) > 1 and any(map(str.isalpha, text))


def _beginnings(page: Sequence[Line]) -> dict[str, range]:
    """Texts of one, two and three lines of one size, without spaces, and where they stand; the largest print wins."""
    found: dict[str, range] = {}
    for at, first in sorted(enumerate(page), key=lambda one: one[1].size):
        for end in range(at + 1, min(at + 4, len(page) + 1)):
            if page[end - 1].size == first.size:
                found[_squeezed("".join(line.text for line in page[at:end]))] = range(at, end)
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", clean(text)).lower()


def _furniture(pages: Sequence[Sequence[Line]], ranks: Sequence[dict[int, Rank]]) -> list[set[int]]:
    """By page, the lines that are printed at its edge. A heading's numbers are its own: "1 Orbits" is no first page's mark."""
    orders = [_downwards(page) for page in pages]
    texts = [["" if at in headings else page[at].text for at in order] for page, order, headings in zip(pages, orders, ranks, strict=True)]
    keys = [
        [f"{_squeezed(page[at].text) if at in headings else key(page[at].text)} {page[at].size}" for at in order]
        for page, order, headings in zip(pages, orders, ranks, strict=True)
    ]
    return [{order[at] for at in found} for order, found in zip(orders, furniture(texts, keys), strict=True)]


def _downwards(page: Sequence[Line]) -> list[int]:
    return sorted(range(len(page)), key=lambda at: -page[at].across)


def _grouped(kept: Sequence[tuple[Line, Rank | None]]) -> Iterator[list[tuple[Line, Rank | None]]]:
    """Runs of lines that are one paragraph, heading or table."""
    page = [line for line, _rank in kept]
    leading, rights = _leading(page), _rights(page)
    group: list[tuple[Line, Rank | None]] = []
    for at, (line, rank) in enumerate(kept):
        if group and not (rank == group[-1][1] and _goes_on(group[-1][0], line, leading.get(line.size, 0), rights[at - 1])):
            yield group
            group = []
        group.append((line, rank))
    if group:
        yield group


def _leading(page: Sequence[Line]) -> dict[float, float]:
    """By size, the distance between lines of one paragraph: that of the nearest quarter of neighbours."""
    drops: dict[float, list[float]] = {}
    for above, below in itertools.pairwise(page):
        drop = above.across - below.across
        if above.size == below.size and 0.8 < drop / above.size < 3:
            drops.setdefault(above.size, []).append(drop)
    return {size: sorted(some)[len(some) // 4] for size, some in drops.items()}


def _rights(page: Sequence[Line]) -> list[float]:
    """For each line, where the longest line of its column ends; a line that stands higher than the one before begins a column."""
    rights: list[float] = []
    column: list[Line] = []
    for line in page:
        if column and line.across > column[-1].across:
            rights.extend([max(one.end for one in column)] * len(column))
            column = []
        column.append(line)
    return [*rights, *[max(one.end for one in column)] * len(column)] if column else rights


def _goes_on(last: Line, line: Line, leading: float, right: float) -> bool:
    """Whether a line continues the paragraph of the one before it, whose column ends at `right`."""
    if last.row or line.row or abs(last.size - line.size) > 0.1 * line.size:
        return last.row and line.row
    if _ITEM.match(line.text):
        return False
    ended = _ENDED.search(last.text) is not None
    drop = last.across - line.across
    if drop < 0:
        return not ended
    short = last.end < right - 0.15 * (right - last.start)
    if drop > 1.3 * min(leading, 1.9 * line.size):
        return drop <= 1.3 * leading and not ended and not short
    return not (ended and (short or line.start > last.start + 0.8 * line.size))


def _paragraph(group: Sequence[tuple[Line, Rank | None]], page: int, compounds: frozenset[str]) -> Paragraph:
    first, rank = group[0]
    if first.row and rank is None:
        return Paragraph(clean("\n".join(line.text for line, _rank in group)), page, first.size, row=True)
    text = clean(joined((line.text for line, _rank in group), compounds))
    if rank is None:
        return Paragraph(_DOT.sub("- ", text, count=1) if _DOT.match(text) else text, page, first.size)
    heading = text.replace(" | ", " ")
    return Paragraph(heading, page, first.size, rank if len(heading) <= LONGEST_HEADING else None)


def _carried(told: list[Paragraph], page: list[Paragraph]) -> list[Paragraph]:
    """What a page adds to the pages before it: a sentence that its beginning ends goes to where it began."""
    first = page[0] if page else None
    if first is None or first.rank is not None or first.row or _ITEM.match(first.text):
        return page
    before = itertools.takewhile(lambda at: told[at].page == first.page - 1, range(len(told))[::-1])
    at = next((at for at in before if told[at].size == first.size and told[at].rank is None), None)
    if at is None or told[at].row or _ENDED.search(told[at].text):
        return page
    whole = joined([told[at].text, first.text])
    end = next((end for _start, end in sentences(whole) if end > len(told[at].text)), len(whole))
    told[at] = replace(told[at], text=whole[:end])
    rest = whole[end:].strip()
    return [*([replace(first, text=rest)] if rest else []), *page[1:]]
