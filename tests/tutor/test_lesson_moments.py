"""Questions that point at what was just said: found in the recording at that second, told with it, and never made up."""

import time
from collections.abc import Iterator

import pytest
from lesson_course import LATE, LATE_S, SPOKEN, begins, lesson_library
from scripted_writer import ScriptedWriter

from knowledge_base.library import Library
from tutor import texts
from tutor.in_turn import Notepad
from tutor.lesson.pointing import pointing, subject_words
from tutor.tutor import Tutor
from tutor.types import Answer, Question

SAID = SPOKEN["en"]
FOURTH = begins(3) + 1  # while the fourth sentence is spoken


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with lesson_library(tmp_path_factory.mktemp("moments")) as library:
        yield library


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return Tutor(library)


def seconds(answer: Answer, doc_id: str = "staging.transcript.en") -> list[float | None]:
    assert answer.kind == "grounded"
    return [one.position_s for one in answer.citations if one.doc_id == doc_id]


@pytest.mark.parametrize(
    "question",
    ["What did she just say?", "I don't get the last part", "can you say that again please?", "why is that?", "what does that mean", "huh?"],
)
async def test_a_question_without_a_subject_is_about_what_was_just_said(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question, lesson="staging", position_s=FOURTH))
    assert SAID[2] in answer.text
    assert SAID[3] in answer.text
    assert SAID[6] not in answer.text
    (at,) = seconds(answer)
    assert at is not None
    assert FOURTH - 25 < at <= FOURTH


@pytest.mark.parametrize("question", ["什么意思？", "她刚才说了什么？", "我没听懂", "为什么会这样？", "能再讲一遍吗"])
async def test_so_is_one_in_chinese(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question, lesson="staging", position_s=begins(3, "zh") + 1))
    assert SPOKEN["zh"][3] in answer.text
    assert seconds(answer, "staging.transcript.zh")


@pytest.mark.parametrize(
    ("question", "doc_id", "named"),
    [
        ("what did she just say about staging?", "staging.transcript.en", SAID[5]),
        ("她刚才说的分级是什么意思？", "staging.transcript.zh", SPOKEN["zh"][5]),
        ("I missed what the teacher said about the sledge", "staging.transcript.en", SAID[1]),
    ],
)
async def test_what_was_said_of_something_is_told_with_its_second(tutor: Tutor, question: str, doc_id: str, named: str) -> None:
    answer = await tutor.ask(Question(question, lesson="staging", position_s=60))
    assert named in answer.text
    assert all(at is not None and at <= 60 for at in seconds(answer, doc_id))


async def test_the_recording_of_the_document_that_is_open_is_meant(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("她刚才说了什么？", lesson="staging.en", position_s=41))
    assert {one.doc_id for one in answer.citations} == {"staging.transcript.en"}
    assert answer.language == "zh"
    assert texts.OTHER_LANGUAGE["zh"] in answer.text


@pytest.mark.parametrize(("position_s", "said"), [(0.0, SAID[0]), (LATE_S + 1, LATE["en"]), (1e9, LATE["en"]), (280.0, SAID[7])])
async def test_before_the_first_word_in_a_pause_and_beyond_the_end(tutor: Tutor, position_s: float, said: str) -> None:
    answer = await tutor.ask(Question("What did she just say?", lesson="staging", position_s=position_s))
    assert said in answer.text


@pytest.mark.parametrize(("lesson", "position_s"), [("staging", None), ("engines", 41.0), ("engines.en", None)])
async def test_without_a_moment_the_student_is_asked_to_name_it(tutor: Tutor, lesson: str, position_s: float | None) -> None:
    answer = await tutor.ask(Question("What did she just say?", lesson=lesson, position_s=position_s))
    assert (answer.kind, answer.text, answer.confidence) == ("refused", texts.UNHEARD["en"], 0.0)
    assert [one.doc_id for one in answer.suggestions] == [f"{lesson.partition('.')[0]}.en"]


@pytest.mark.parametrize("lesson", [None, "no-such-lesson", " "])
async def test_without_a_lesson_it_is_answered_as_before(tutor: Tutor, lesson: str | None) -> None:
    answer = await tutor.ask(Question("What did she just say?", lesson=lesson, position_s=41))
    assert (answer.kind, answer.text[: len(texts.REFUSAL["en"])]) == ("refused", texts.REFUSAL["en"])


@pytest.mark.parametrize("question", ["what did she just say about the football cup?", "老师刚才说的红烧肉是什么？", "who won the football cup"])
async def test_what_nobody_said_and_no_lesson_tells_stays_refused(tutor: Tutor, question: str) -> None:
    assert (await tutor.ask(Question(question, lesson="staging", position_s=80))).kind == "refused"


async def test_a_follow_up_keeps_to_its_conversation_and_a_question_about_the_talk_does_not(library: Library) -> None:
    tutor = Tutor(library, memory=Notepad())

    async def asked(text: str) -> Answer:
        return await tutor.ask(Question(text, lesson="staging", position_s=41, caller="anna", conversation_id="talk"))

    launched = await asked("When was Chang'e-5 launched?")
    assert [one.doc_id for one in (await asked("And how heavy was it?")).citations] == ["change-5.en"]
    assert [one.doc_id for one in (await asked("I don't understand")).citations] == ["change-5.en"]
    assert "staging.transcript.en" in {one.doc_id for one in (await asked("What did she just say?")).citations}
    assert [one.doc_id for one in launched.citations] == ["change-5.en"]


@pytest.mark.parametrize("text", ["NOT_IN_THE_PASSAGES", "Pushes always come in pairs. [1]", "The Moon is made of cheese. [1]"])
async def test_a_model_puts_what_was_said_in_other_words_and_never_makes_it_a_refusal(library: Library, text: str) -> None:
    writer = ScriptedWriter(text)
    answer = await Tutor(library, writer=writer).ask(Question("Can you explain that again?", lesson="staging", position_s=FOURTH))
    assert SAID[3] in writer.prompts[0].question
    assert answer.kind == "grounded"
    assert ("pairs" in answer.text, "cheese" in answer.text) == (True, False)
    said = await Tutor(library, writer=writer).ask(Question("What did she just say?", lesson="staging", position_s=FOURTH))
    assert (said.engine, len(writer.prompts)) == ("extract", 1)  # word for word


def test_what_points_and_what_stands_for_itself() -> None:
    for text in (
        "What is thrust?",
        "thanks",
        "ok",
        "Who was Gagarin?",
        "what did Gagarin say?",
        "推力是什么",
        "好的",
        "月球为什么有环形山？",
        "x" * 200,
    ):
        assert pointing(text) is None
    about = pointing("She said that a sledge glides. Why?")
    assert about is not None
    assert (about.wants, about.topic and subject_words(about.topic)) == ("reason", ("sledg", "glide"))
    assert subject_words("那里的推力是什么") == ("推力",)


def test_hostile_texts_take_no_time() -> None:
    started = time.perf_counter()
    for text in ("这个" * 79 + "X", "she just " * 17, "what " * 31, "不明白" * 53, "刚才" * 80, "just " * 32 + "z"):
        pointing(text)
    assert time.perf_counter() - started < 1
