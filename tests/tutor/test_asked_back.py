"""A refused question that may be one that the course knows: the student is asked which one was meant."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from asked_course import RECOGNISING, asked_library
from scripted_writer import ScriptedWriter

from knowledge_base.calibration import FaqWeights
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.faq import Known
from knowledge_base.library import Library
from knowledge_base.types import Document, FrequentQuestion, Likeness
from tutor.answering.familiar import Candidate, meant
from tutor.answering.prompting import ABSENT
from tutor.tutor import Tutor
from tutor.types import Answer, Question

WEIGHTS = FaqWeights(nearest=10)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with asked_library(tmp_path_factory.mktemp("asked")) as library:
        yield library


@contextmanager
def unsure(library: Library) -> Iterator[Tutor]:
    """A tutor that is never sure enough to answer a known question, and takes every question for a likely one; what else is found is no evidence."""
    gate = replace(RECOGNISING.faq_gate, bar=0.9999)
    calibration = replace(RECOGNISING, faq_gate=gate, gate=replace(RECOGNISING.gate, bar=1.1))
    with closing(Library(library.data, HashingEmbedder(), calibration=calibration)) as other:
        yield Tutor(other)


def asked_back(answer: Answer) -> list[tuple[str, str | None]]:
    return [(one.text, one.doc_id) for one in answer.suggestions if one.text.endswith(("?", "？"))]


@pytest.mark.parametrize(
    ("question", "text", "doc_id"),
    [
        ("what's the point of throwing pieces of a rocket away", "Why do rockets come in several pieces?", "rockets.en"),
        ("why so dirty, the astronauts", "Why were the astronauts so dirty?", "moon.en"),
        ("为什么把火箭一部分丢掉", "火箭为什么是一节一节的？", "rockets.zh"),
    ],
)
async def test_the_question_that_may_be_meant_is_asked_back_and_answered_when_asked(library: Library, question: str, text: str, doc_id: str) -> None:
    with unsure(library) as tutor:
        answer = await tutor.ask(Question(question))
    assert answer.kind == "refused"
    assert asked_back(answer)[0] == (text, doc_id)
    assert text in answer.text
    whole = await Tutor(library).ask(Question(text))
    assert (whole.kind, whole.citations[0].doc_id) == ("grounded", doc_id)


async def test_lessons_are_named_behind_the_questions(library: Library) -> None:
    with unsure(library) as tutor:
        answer = await tutor.ask(Question("why so dirty, the astronauts"))
    questions = [one.text.endswith("?") for one in answer.suggestions]
    assert questions == sorted(questions, reverse=True)
    assert not all(questions)
    assert all(one.text in answer.text for one in answer.suggestions)


async def test_nobody_is_asked_back_about_what_is_like_none_of_them(library: Library) -> None:
    answer = await Tutor(library).ask(Question("Who won the cup in the stadium?"))
    assert (answer.kind, asked_back(answer)) == ("refused", [])


@pytest.mark.parametrize("question", ["What presents did Chang'e-6 bring home?", "Chang'e-9 souvenirs"])
async def test_a_numbered_mission_is_not_asked_back_about_another(library: Library, question: str) -> None:
    with unsure(library) as tutor:
        answer = await tutor.ask(Question(question))
    assert "change-5.en" not in [doc_id for _text, doc_id in asked_back(answer)]


async def test_an_answer_asks_nothing_back(library: Library) -> None:
    answer = await Tutor(library).ask(Question("Why were astronauts so dirty?"))
    assert answer.kind == "grounded"
    assert "Did you mean" not in answer.text


async def test_where_a_model_finds_no_answer_the_known_question_is_asked_back(library: Library) -> None:
    tutor = Tutor(library, writer=ScriptedWriter(ABSENT))
    answer = await tutor.ask(Question("Why were astronauts so dirty?"))
    assert answer.kind == "refused"
    assert asked_back(answer)[0] == ("Why were the astronauts so dirty?", "moon.en")


def candidate(nearest: float, *wordings: str, sentence: str = "", language: str = "en", known: float = 0.5) -> Candidate:
    document = Document(f"moon.{language}", "The Moon", language, "lesson", "course", "moon.md", "hash")  # type: ignore[arg-type]
    one = Known(document, FrequentQuestion(wordings, (sentence or wordings[0],)), (), Likeness(nearest, 0, 0, known, 0, 0))
    return Candidate(one, (), 1.0)


def texts(*those: Candidate) -> list[str]:
    return [one.text for one in meant(those, WEIGHTS)]


def test_the_likeliest_come_first_three_at_most_and_none_far_behind() -> None:
    those = [candidate(nearest, f"Is it {nearest}?") for nearest in (0.7, 0.95, 0.9, 0.85, 0.8)]
    assert texts(*those) == ["Is it 0.95?", "Is it 0.9?", "Is it 0.85?"]
    assert texts(candidate(0.9, "Near?"), candidate(0.5, "Far?")) == ["Near?"]
    assert texts() == []


def test_what_shares_no_word_is_not_asked_about() -> None:
    assert texts(candidate(0.95, "Which?", known=0), candidate(0.9, "Why?")) == ["Why?"]


def test_of_two_that_say_the_same_the_likelier_is_asked() -> None:
    assert texts(candidate(0.8, "Why?", sentence="So."), candidate(0.9, "How come?", sentence="So.")) == ["How come?"]


@pytest.mark.parametrize(
    ("wordings", "language", "asked"),
    [
        (("how far", "how far is it?", "How far is the Moon?"), "en", ["How far is the Moon?"]),
        (("1 km or 2?", "One or two?"), "en", ["1 km or 2?"]),
        (("how far", "moon distance"), "en", []),
        (("月球多远", "月球离我们多远？"), "zh", ["月球离我们多远？"]),
        (("月球多远", "月球距离"), "zh", ["月球多远？"]),
    ],
)
def test_a_question_is_asked_as_it_is_written(wordings: tuple[str, ...], language: str, asked: list[str]) -> None:
    assert texts(candidate(0.9, *wordings, language=language)) == asked
