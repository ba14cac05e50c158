"""Where a student stands: which lesson an id means, what is preferred there, and what two students share."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lesson_course import LATE, LATE_S, lesson_library
from made_hits import document, hit
from school_course import WORDS

from knowledge_base.library import Library
from knowledge_base.types import Hit
from tutor.answer_cache import CACHE
from tutor.citing import as_hit
from tutor.lesson.place import EARLIER, OPEN, Lessons, Place
from tutor.lesson.recording import recording_of
from tutor.tutor import Tutor
from tutor.types import Question


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with lesson_library(tmp_path_factory.mktemp("place")) as library:
        yield library


async def lessons(library: Library) -> Lessons:
    async with library.reading() as reader:
        return Lessons(reader)


@pytest.mark.parametrize("lesson", ["staging", " Staging ", "staging.en", "staging.transcript.en"])
async def test_a_lesson_is_known_by_its_id_and_by_those_of_its_documents(library: Library, lesson: str) -> None:
    place = (await lessons(library)).place(Question("What?", lesson=lesson, position_s=43.4))
    assert place is not None
    assert (place.lesson, place.earlier, place.position_s) == ("staging", frozenset({"engines"}), 45.0)
    assert {one.doc_id for one in place.texts} == {"staging.en", "staging.zh"}


@pytest.mark.parametrize(("lesson", "course"), [(None, None), ("", None), ("no-such-lesson", None), ("staging", "another-course")])
async def test_what_is_no_lesson_of_the_course_is_as_none(library: Library, lesson: str | None, course: str | None) -> None:
    known, question = await lessons(library), Question("What?", lesson=lesson, course=course, position_s=43.4)
    assert known.place(question) is None
    assert known.standing(question) == replace(question, lesson=None, position_s=None)


async def test_the_language_of_the_reply_chooses_the_recording_unless_a_document_is_open(library: Library) -> None:
    known = await lessons(library)
    for question, doc_id in (
        (Question("什么？", lesson="staging"), "staging.transcript.zh"),
        (Question("什么？", lesson="staging", language="en"), "staging.transcript.en"),
        (Question("什么？", lesson="staging.en"), "staging.transcript.en"),
    ):
        place = known.place(question)
        assert place is not None
        assert place.recording is not None
        assert place.recording.document.doc_id == doc_id


async def test_the_open_lesson_comes_before_its_like_and_earlier_ones_before_later(library: Library) -> None:
    place = replace(_place(await lessons(library)), recording=None)
    ranked = place.preferred([_of("later"), _of("engines"), _of("staging"), replace(_of("best"), score=1 + 2 * OPEN)])
    assert [one.document.lesson for one in ranked] == ["best", "staging", "engines", "later"]
    assert [round(one.score - 1, 6) for one in ranked[1:]] == [OPEN, EARLIER, 0]


async def test_what_is_said_at_this_moment_comes_before_the_text_and_what_is_said_later_behind_it(library: Library) -> None:
    async with library.reading() as reader:
        place, of = _place(Lessons(reader)), reader.documents["staging.transcript.en"]
        early, *_, late = (replace(as_hit(one, of), score=1.0) for one in reader.passages_of(of.doc_id))
    text = replace(_of("staging"), score=1.01)
    assert [one.passage.position_s for one in place.preferred([text, late, early])] == [10.0, None, LATE_S]
    assert replace(place, position_s=LATE_S + 5).preferred([text, early, late])[0].passage.position_s == LATE_S
    assert place.preferred([early, text, late])[0].passage.position_s == 10.0
    assert [one.passage.position_s for one in replace(place, position_s=None).preferred([early, text, late])] == [None, 10.0, LATE_S]


async def test_an_answer_from_the_recording_tells_the_second_of_its_sentence(library: Library) -> None:
    answer = await Tutor(library).ask(Question("What does the crawler carry?", lesson="staging", position_s=LATE_S))
    assert LATE["en"] in answer.text
    assert [(one.doc_id, one.position_s) for one in answer.citations] == [("staging.transcript.en", LATE_S)]


async def test_students_a_second_apart_and_those_of_a_lesson_without_a_recording_share_an_answer(library: Library) -> None:
    tutor = Tutor(library)
    for lesson, seconds in (("staging", (40.6, 42.0)), ("engines", (1.0, 500.0)), ("no-such-lesson", (7.0, None))):
        first, second = [await tutor.ask(Question("What does a rocket engine burn?", lesson=lesson, position_s=at)) for at in seconds]
        assert CACHE not in first.timings_ms
        assert CACHE in second.timings_ms


async def test_a_recording_without_times_is_none(library: Library) -> None:
    async with library.reading() as reader:
        lesson, passages = reader.documents["staging.en"], reader.passages_of("staging.en")
    assert recording_of(lesson, passages) is None
    assert WORDS["en"]["passage"] in passages[0].text


def _place(known: Lessons) -> Place:
    place = known.place(Question("What?", lesson="staging", position_s=40))
    assert place is not None
    return place


def _of(lesson: str) -> Hit:
    return hit(replace(document(f"{lesson}.en"), lesson=lesson), "A sentence.")
