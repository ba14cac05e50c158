"""Follow-ups one by one: what each becomes after which conversation, and when it stays as it is."""

import datetime as dt
import time
from collections.abc import Sequence

import pytest
from kept_turns import NOON
from space_course import write_course

from ingest.read import read
from knowledge_base.language import detect
from tutor.question.follow_up import Resolved, may_follow, resolve
from tutor.question.topics import Topics
from tutor.remembered import Exchange
from tutor.types import Kind

LAUNCHED = "When was Chang'e-5 launched?"
FIRED = "嫦娥五号是什么时候发射的？"


@pytest.fixture(scope="module")
def topics(tmp_path_factory: pytest.TempPathFactory) -> Topics:
    course = read([write_course(tmp_path_factory.mktemp("x") / "course")], source="course")
    return Topics({one.document.doc_id: one.document for one in course.materials})


def said(*questions: str, kind: Kind = "grounded", topic: str | None = None) -> list[Exchange]:
    return [Exchange(f"a{at}", NOON + dt.timedelta(seconds=at), text, kind, detect(text), topic) for at, text in enumerate(questions)]


def after(topics: Topics, recent: Sequence[Exchange], question: str) -> str:
    return resolve(question, recent, topics).text


@pytest.mark.parametrize(
    ("question", "resolved"),
    [
        ("And how heavy was it?", "how heavy was Chang'e-5?"),
        ("What about its rocket?", "What rocket launched Chang'e-5?"),
        ("and the crew?", "Who were the crew of Chang'e-5?"),
        ("And the colour?", "What is the colour of Chang'e-5?"),
        ("Which rocket?", "Which rocket was Chang'e-5 launched?"),
        ("from where?", "From where was Chang'e-5 launched?"),
        ("Why?", "Why was Chang'e-5 launched?"),
        ("and Chang'e-6?", "When was Chang'e-6 launched?"),
        ("Chang'e-6?", "When was Chang'e-6 launched?"),
        ("How about 6?", "When was Chang'e-6 launched?"),
        ("and Luna 99?", "When was Luna 99 launched?"),
        ("same question for Shenzhou-15", "When was Shenzhou-15 launched?"),
        ("Tell me more", "Tell me about Chang'e-5."),
        ("Who was on board?", "Who was on board Chang'e-5?"),
        ("Who was with him?", "Who was on the crew of Chang'e-5?"),
        ("is it still working", "is Chang'e-5 still working?"),
        ("它有多重？", "嫦娥五号有多重？"),
        ("嫦娥六号呢？", "When was 嫦娥六号 launched?"),
        ("什么时候？", "嫦娥五号什么时候？"),
    ],
)
def test_after_an_english_question(topics: Topics, question: str, resolved: str) -> None:
    assert after(topics, said(LAUNCHED), question) == resolved


@pytest.mark.parametrize(
    ("question", "resolved"),
    [
        ("那它有多重？", "嫦娥五号有多重？"),
        ("它的火箭呢", "嫦娥五号是用什么火箭发射的？"),
        ("航天员呢？", "嫦娥五号的航天员是谁？"),
        ("质量呢？", "嫦娥五号的质量是多少？"),
        ("为什么？", "嫦娥五号为什么发射的？"),
        ("那嫦娥六号呢？", "嫦娥六号是什么时候发射的？"),
        ("六号呢", "嫦娥六号是什么时候发射的？"),
        ("嫦娥六号又是什么时候？", "嫦娥六号是什么时候发射的？"),
        ("再说说", "介绍一下嫦娥五号。"),
        ("落在哪里了？", "嫦娥五号落在哪里了？"),
        ("現在還在工作嗎？", "嫦娥五号现在还在工作吗？"),
        ("这个任务花了多少天？", "嫦娥五号花了多少天？"),
        ("Where did it land?", "Where did Chang'e-5 land?"),
    ],
)
def test_after_a_chinese_question(topics: Topics, question: str, resolved: str) -> None:
    assert after(topics, said(FIRED), question) == resolved


@pytest.mark.parametrize("question", ["In Chinese, please", "chinese please", "can you say that in Chinese?", "用中文说", "请用中文回答一下"])
def test_the_last_question_again_in_chinese(topics: Topics, question: str) -> None:
    assert resolve(question, said(LAUNCHED), topics, language="en") == Resolved("When was 嫦娥五号 launched?", "zh")


def test_the_language_asked_for_goes_before_the_question_s_own(topics: Topics) -> None:
    assert resolve("How heavy was it?", said(LAUNCHED), topics, language="zh") == Resolved("How heavy was Chang'e-5?", "zh")
    assert resolve("它有多重？", said(LAUNCHED), topics) == Resolved("嫦娥五号有多重？", "zh")
    assert resolve("What is thrust?", said(LAUNCHED), topics) == Resolved("What is thrust?")


def test_follow_ups_to_follow_ups(topics: Topics) -> None:
    assert after(topics, said(LAUNCHED, "and Chang'e-6?", "Why?"), "How heavy was it?") == "How heavy was Chang'e-6?"
    assert after(topics, said(LAUNCHED, "and Chang'e-6?", "它有多重？"), "Where did it land?") == "Where did Chang'e-6 land?"


def test_small_talk_refusals_and_what_was_blocked_are_passed_over(topics: Topics) -> None:
    talk = [*said(LAUNCHED), *said("thanks", kind="chat"), *said("Who won the cup?", kind="refused"), *said("Chang'e-6, you fool", kind="blocked")]
    assert after(topics, talk, "How heavy was it?") == "How heavy was Chang'e-5?"
    talk += said("What colour is the parachute of Chang'e-6?", kind="refused")
    assert after(topics, talk, "How heavy was it?") == "How heavy was Chang'e-6?"


def test_of_two_missions_the_one_that_the_answer_rests_on_is_meant_else_none(topics: Topics) -> None:
    compared = "Did Chang'e-5 or Chang'e-6 bring back more?"
    assert after(topics, said(compared, topic="change-6.en"), "How heavy was it?") == "How heavy was Chang'e-6?"
    assert after(topics, said(compared, topic="moon.en"), "How heavy was it?") == "How heavy was it?"


def test_where_the_question_names_nothing_the_answer_s_document_is_meant(topics: Topics) -> None:
    talk = said("Which probe brought back soil from the far side?", topic="change-6.en")
    assert after(topics, talk, "How heavy was it?") == "How heavy was Chang'e-6?"
    assert after(topics, talk, "它有多重？") == "嫦娥六号有多重？"
    assert after(topics, said("Why do rockets need engines?", topic="rockets.en"), "How many do they have?") == "How many do rockets have?"


@pytest.mark.parametrize("question", ["And how heavy was it?", "When?", "那嫦娥六号呢？", "再说说", "in English please", "the first one?"])
def test_without_a_conversation_nothing_is_changed(topics: Topics, question: str) -> None:
    assert after(topics, [], question) == question
    assert after(topics, said("thanks", kind="chat"), question) == question


@pytest.mark.parametrize(
    "question",
    ["", "?", "   ", "...", "it", "it it it", "那", "呢", "它", "\0", "and", "and ?", "What about?", "🚀?", "[phone]", "the", "and \\1 (.*"],
)
def test_odd_questions_do_no_harm(topics: Topics, question: str) -> None:
    assert isinstance(after(topics, said(LAUNCHED), question), str)
    assert isinstance(after(topics, said(question, LAUNCHED, question), "How heavy was it?"), str)


def test_long_questions_stand_for_themselves_and_none_takes_long(topics: Topics) -> None:
    assert not may_follow("And how heavy was it? " * 50, topics)
    for piece in ("现在还在", "最后", "能会可以要", "还", "and ", "it ", "do you know ", "the crew "):
        for length in (20, 39, 119, 2000):
            started = time.perf_counter()
            may_follow((piece * length)[:length], topics)
            assert time.perf_counter() - started < 0.2
