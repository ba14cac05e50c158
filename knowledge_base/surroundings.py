"""A found passage with what stands around it: a sentence that says "it" is read with the one that says what."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.release.open import OpenRelease
from knowledge_base.types import Document, Passage


@dataclass(frozen=True)
class Surroundings:
    """Neighbouring passages of one section in reading order, `found` among them, under the document's title and `headings`."""

    document: Document
    headings: tuple[str, ...]
    passages: tuple[Passage, ...]
    found: Passage

    @property
    def text(self) -> str:
        """What the passages tell, as it reads."""
        return "\n".join(passage.text for passage in self.passages)


def surroundings(release: OpenRelease, row: int, reach: tuple[int, int], most: int) -> Surroundings:
    """The passage in `row` with up to ``(before, after)`` others, nearest first while `most` characters hold them."""
    found, document = release.passages[row], release.document_of(row)
    kept, room = {row: found}, most - len(found.text)
    before, after = _neighbours(release, row, -reach[0]), _neighbours(release, row, reach[1])
    for pair in itertools.zip_longest(before, after):
        for place, passage in filter(None, pair):
            if len(passage.text) < room:
                kept[place] = passage
                room -= len(passage.text) + 1
            else:
                room = 0  # a further one would leave a hole
    return Surroundings(document, found.headings(document), tuple(kept[place] for place in sorted(kept)), found)


def _neighbours(release: OpenRelease, row: int, reach: int) -> Iterator[tuple[int, Passage]]:
    """The passages of the same section that follow, or precede where `reach` is negative, with their rows, nearest first."""
    step, numbers = (1 if reach > 0 else -1), release.passages.document_numbers
    section = release.passages[row].section
    for place in range(row + step, row + reach + step, step) if reach else ():
        if not 0 <= place < len(numbers) or numbers[place] != numbers[row]:
            return
        passage = release.passages[place]
        if passage.section != section:
            return
        yield place, passage
