"""A hit's surroundings: its neighbours of the same section, in reading order, within bounds."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from small_release import document, passage

from knowledge_base.embedding.base import Embedder
from knowledge_base.errors import UnknownPassage
from knowledge_base.library import Library, Reader
from knowledge_base.progress import silent
from knowledge_base.release import publish
from knowledge_base.release.build import Contents, build_release
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Filters, Hit

PARTS = (("Moon", "dust one"), ("Moon", "dust two"), ("Moon", "dust three"), ("Moon", "dust four"), ("Mars", "dust five"))


@pytest.fixture
def library(data: DataFolder, embedder: Embedder, clock: Callable[[], dt.datetime]) -> Iterator[Library]:
    passages = [replace(passage("sky.en", text), section=("About sky", section), start=at) for at, (section, text) in enumerate(PARTS)]
    contents = Contents([document("sky.en"), document("end.en")], [*passages, passage("end.en", "dust six")], None)
    with publish.writing(data):
        publish.publish(data, build_release(data, contents, embedder, now=clock(), progress=silent).release)
    opened = Library(data, embedder)
    yield opened
    opened.close()


def found(library: Library, text: str) -> Hit:
    return next(hit for hit in library.search_now("dust", k=9, filters=Filters()).hits if hit.passage.text == text)


@pytest.mark.parametrize(
    ("text", "reach", "told"),
    [
        ("dust two", (1, 1), "dust one\ndust two\ndust three"),
        ("dust one", (1, 1), "dust one\ndust two"),
        ("dust four", (1, 1), "dust three\ndust four"),  # what follows stands under another heading
        ("dust five", (2, 2), "dust five"),  # and what follows that in another document
        ("dust six", (3, 3), "dust six"),
        ("dust three", (2, 0), "dust one\ndust two\ndust three"),
        ("dust three", (0, 5), "dust three\ndust four"),
        ("dust three", (0, 0), "dust three"),
    ],
)
async def test_neighbours_of_the_same_section_come_in_reading_order(library: Library, text: str, reach: tuple[int, int], told: str) -> None:
    hit = found(library, text)
    async with library.reading() as reader:
        around = reader.around(hit, before=reach[0], after=reach[1])
    assert around.text == told
    assert around.found == hit.passage
    assert (around.document.title, around.headings) == (hit.document.title, hit.passage.headings(hit.document))


@pytest.mark.parametrize(
    ("most", "told"),
    [(0, "dust three"), (18, "dust three"), (19, "dust two\ndust three"), (27, "dust two\ndust three"), (29, "dust two\ndust three\ndust four")],
)
async def test_together_they_keep_within_the_bound_unless_the_hit_alone_exceeds_it(library: Library, most: int, told: str) -> None:
    async with library.reading() as reader:
        text = reader.around(found(library, "dust three"), before=1, after=1, most=most).text
    assert text == told
    assert len(text) <= max(most, len("dust three"))


async def test_a_hit_of_another_release_has_none_here(library: Library) -> None:
    stranger = replace(found(library, "dust two"), passage=passage("sky.en", "nowhere"))
    async with library.reading() as reader:
        assert isinstance(reader, Reader)
        with pytest.raises(UnknownPassage, match=stranger.passage.passage_id):
            reader.around(stranger)
