"""A lesson's transcript: found by the lesson's filter, cited with its second, and behind the lesson's text for what both say."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.spoken import behind_lessons
from knowledge_base.types import Document, Filters, Passage
from tutor.tutor import Tutor
from tutor.types import Question

SHARED = "A rocket drops its empty tanks on the way up."
LESSON = f"---\nlesson: staging\ntitle: Staging\nlanguage: en\n---\n# Staging\n\n## Tanks\n\n{SHARED} An empty tank is useless mass.\n"
SPOKEN = "Please sit down now, dear pupils of class four. The chalk squeaks when nobody listens to it."
VTT = f"WEBVTT\n\n00:00:05.000 --> 00:00:09.000\n{SHARED}\n\n00:02:00.000 --> 00:02:09.000\n{SPOKEN}\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    course = tmp_path / "content"
    (course / "transcripts").mkdir(parents=True)
    (course / "texts").mkdir()
    (course / "course.yaml").write_text("course: space\n")
    (course / "texts/staging.md").write_text(LESSON)
    (course / "transcripts/staging.en.vtt").write_text(VTT)
    data = DataFolder(tmp_path / "data")
    assert Ingestion(data, HashingEmbedder).run(Order([course])).failed == ()
    library = Library(data, HashingEmbedder())
    yield library
    library.close()


async def test_the_lesson_is_cited_for_a_sentence_that_both_hold(library: Library) -> None:
    async with library.reading() as reader:
        kinds = [hit.document.kind for hit in (await reader.search(SHARED, k=2)).hits]
    assert kinds == ["lesson", "transcript"]
    answer = await Tutor(library).ask(Question("Where does a rocket drop its empty tanks?"))
    assert [citation.doc_id for citation in answer.citations] == ["texts/staging.md"]


async def test_the_lessons_filter_finds_what_only_the_transcript_says_with_its_second(library: Library) -> None:
    async with library.reading() as reader:
        found = await reader.search("When does the chalk squeak?", k=1, filters=Filters(lesson="staging"))
        assert (await reader.search("When does the chalk squeak?", filters=Filters(lesson="orbits"))).hits == ()
    assert [(hit.document.doc_id, hit.passage.position_s) for hit in found.hits] == [("staging.transcript.en", 120.0)]


def _found(doc_id: str, kind: str, text: str) -> tuple[Passage, Document]:
    document = Document(doc_id, doc_id, "en", "lesson" if kind == "lesson" else "transcript", "course", doc_id, "", lesson="staging")
    return Passage(doc_id, doc_id, (), text, 0, ((0, len(text)),)), document


def test_only_a_transcript_that_says_a_sentence_again_stands_behind() -> None:
    found = [_found("a", "transcript", "One  flew."), _found("b", "lesson", "one flew."), _found("c", "transcript", "Two flew.")]
    ranked = behind_lessons([document for _passage, document in found], lambda at: found[at][0], np.array([0.9, 0.5, 0.7]))
    assert ranked[0] < 0.5
    assert ranked.tolist()[1:] == [0.5, 0.7]
    assert behind_lessons([], lambda at: found[at][0], np.zeros(0)).tolist() == []
