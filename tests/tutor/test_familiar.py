"""A question that the course knows, asked in other words: what answers it, what stands behind that, and what is doubted."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from asked_course import INSTRUCTION, RECOGNISING, asked_library, write_asked_course
from scripted_writer import ScriptedWriter
from space_course import CALIBRATION, publish

from knowledge_base.calibration import FaqGate, FaqWeights
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.faq import Known
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Document, FrequentQuestion, Likeness
from tutor.answering.familiar import Candidate, likeliest
from tutor.tutor import Tutor
from tutor.types import Answer, Question

STAGES = "Rockets drop their empty stages because less mass is easier to speed up."
TANK = "A stage is a tank with its engines."
STAGES_ZH = "火箭分级，是因为空贮箱只是多余的质量，扔掉以后更容易加速。"
DUST = "Moon dust sticks to everything, because sunlight charges its grains with electricity."
GAS = "Hot gas leaves the nozzle and pushes the rocket forwards."
SOIL = "Chang'e-5 brought back 1,731 g of lunar soil."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with asked_library(tmp_path_factory.mktemp("asked")) as library:
        yield library


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return Tutor(library)


@pytest.fixture
def plain(library: Library) -> Iterator[Tutor]:
    """One whose calibration knows no question again."""
    other = Library(library.data, HashingEmbedder(), calibration=CALIBRATION)
    yield Tutor(other)
    other.close()


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


async def test_a_question_in_other_words_gets_the_listed_sentences_with_their_citation(tutor: Tutor, plain: Tutor) -> None:
    question = Question("what's the point of throwing pieces of a rocket away?")
    assert (await plain.ask(question)).kind == "refused", "its words stand in no lesson"
    answer = await tutor.ask(question)
    assert (answer.kind, answer.engine, answer.language) == ("grounded", "extract", "en")
    assert STAGES in answer.text
    assert TANK in answer.text
    assert [(citation.n, citation.doc_id, citation.section) for citation in answer.citations] == [(1, "rockets.en", "Stages")]
    assert quotes(answer) == [f"{STAGES} {TANK}"]


@pytest.mark.parametrize(
    ("question", "told", "doc_id"),
    [
        ("Why were astronauts so dirty?", DUST, "moon.en"),
        ("what presents did change 5 bring home", SOIL, "change-5.en"),
        ("火箭为什么是一节节的？", STAGES_ZH, "rockets.zh"),
        ("为什么要把火箭一部分丢掉呢", STAGES_ZH, "rockets.zh"),
    ],
)
async def test_each_list_answers_in_its_own_language(tutor: Tutor, question: str, told: str, doc_id: str) -> None:
    answer = await tutor.ask(Question(question))
    assert answer.kind == "grounded"
    assert told in answer.text
    assert answer.citations[0].doc_id == doc_id


async def test_what_is_listed_in_the_other_language_alone_is_not_known_again(tutor: Tutor) -> None:
    assert DUST not in (await tutor.ask(Question("Why were the astronauts so dirty?", language="zh"))).text


@pytest.mark.parametrize("question", ["What presents did Chang'e-6 bring home?", "What presents did Chang'e-9 bring home?", "Apollo 5 souvenirs"])
async def test_another_missions_number_is_not_answered_by_it(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert SOIL not in answer.text
    assert "change-5.en" not in [citation.doc_id for citation in answer.citations]


async def test_a_missions_fact_goes_before_a_known_question(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("When was Chang'e-5 launched?"))
    assert (answer.engine, "23 November 2020" in answer.text) == ("fact", True)
    assert "23 days" in (await tutor.ask(Question("Chang'e-5 up in the sky"))).text, "which another wording of it brings"


async def test_what_was_found_stands_behind_it_where_there_is_room(tutor: Tutor, plain: Tutor) -> None:
    question = Question("Do rockets push against the air, or drop their empty stages?")
    assert (await plain.ask(question)).text.startswith(STAGES)
    answer = await tutor.ask(question)
    assert answer.text.index(GAS) < answer.text.index(STAGES)
    assert len(answer.citations) == 2
    full = await tutor.ask(Question("What is the point of throwing bits of a rocket away?"))
    assert full.text == f"{STAGES} {TANK} [1]"


@pytest.mark.parametrize(("question", "kind"), [("Which electricity sticks to everything?", "refused"), ("北斗卫星带着什么原子钟？", "grounded")])
async def test_a_question_like_none_of_the_listed_is_refused_where_all_found_stands_in_listed_documents(
    library: Library, plain: Tutor, question: str, kind: str
) -> None:
    knowing_none = Library(library.data, HashingEmbedder(), calibration=replace(RECOGNISING, faq_gate=replace(RECOGNISING.faq_gate, bar=0.99)))
    try:
        assert (await plain.ask(Question(question))).kind == "grounded"
        assert (await Tutor(knowing_none).ask(Question(question))).kind == kind
    finally:
        knowing_none.close()


async def test_a_model_may_still_answer_what_is_like_none_of_the_listed(library: Library) -> None:
    question = Question("Which electricity sticks to everything?")
    knowing_none = Library(library.data, HashingEmbedder(), calibration=replace(RECOGNISING, faq_gate=replace(RECOGNISING.faq_gate, bar=0.99)))
    try:
        written = await Tutor(knowing_none, writer=ScriptedWriter("Moon dust sticks to everything [1]. ")).ask(question)
        assert (written.kind, written.engine, written.citations[0].doc_id) == ("grounded", "scripted", "moon.en")
        for writer in (ScriptedWriter("Nothing", fails=True), ScriptedWriter("Bees make honey [1]. ")):
            assert (await Tutor(knowing_none, writer=writer).ask(question)).kind == "refused"
    finally:
        knowing_none.close()


async def test_the_kind_of_thing_asked_for_must_be_known(tutor: Tutor) -> None:
    assert DUST in (await tutor.ask(Question("What electricity did the dirty astronauts meet, and why?"))).text
    assert DUST not in (await tutor.ask(Question("What perfume did the dirty astronauts meet, and why?"))).text


async def test_the_quantity_asked_for_must_be_told(tutor: Tutor) -> None:
    asked_back = "What presents did Chang'e-5 bring home?"
    assert asked_back in (await tutor.ask(Question("How many grams of presents did Chang'e-5 bring home?"))).text
    assert asked_back not in (await tutor.ask(Question("How many litres of presents did Chang'e-5 bring home?"))).text


@pytest.mark.parametrize(
    ("told", "beside", "listed", "another"),
    [
        (
            "Chang'e-5 came home with presents in its capsule.",
            "So did Chang'e-6, a little later.",
            "What else was in the capsule of Chang'e-5?",
            "What else was in the capsule of Chang'e-6?",
        ),
        (
            "The meals of Shenzhou-15 came in red bags.",
            "Nobody eats aboard Long March 5.",
            "What were the meals of Shenzhou-15 like?",
            "What were the meals of Long March 5 like?",
        ),
    ],
)
async def test_a_list_names_its_mission_more_surely_than_the_passage_around_its_answer(
    tmp_path: Path, told: str, beside: str, listed: str, another: str
) -> None:
    course = write_asked_course(tmp_path / "course")
    (course / "texts" / "tales.en.md").write_text(f"---\nid: tales.en\ntitle: Tales\nlanguage: en\n---\n{told} {beside}\n", encoding="utf-8")
    (course / "faq" / "tales.en.yaml").write_text(f"- asked:\n    - {listed}\n  answer: {told}\n", encoding="utf-8")
    data = DataFolder(tmp_path / "data")
    publish(data, course)
    with closing(Library(data, HashingEmbedder(), calibration=RECOGNISING)) as library:
        assert told in (await Tutor(library).ask(Question(listed))).text
        answer = await Tutor(library).ask(Question(another))
        assert told not in answer.text
        assert listed not in answer.text, "nor is it asked back"


@pytest.mark.parametrize("question", ["What is the green ball in the night sky?", "green ball night sky"])
async def test_what_stands_beside_an_instruction_answers_nothing(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert "grey" not in answer.text
    assert "cheese" not in " ".join(quotes(answer))


@pytest.mark.parametrize("lesson", ["rockets", "moon", "rockets.en", "navigation", "no such lesson"])
@pytest.mark.parametrize("grade_band", [None, "1-3", "10-12"])
async def test_wherever_a_student_sits_it_is_known_again(tutor: Tutor, lesson: str, grade_band: str | None) -> None:
    answer = await tutor.ask(Question("Why were the astronauts so dirty?", lesson=lesson, grade_band=grade_band))  # type: ignore[arg-type]
    assert DUST in answer.text


async def test_a_course_chosen_is_kept_to(tutor: Tutor) -> None:
    assert DUST in (await tutor.ask(Question("Why were the astronauts so dirty?", course="space-2"))).text
    assert DUST not in (await tutor.ask(Question("Why were the astronauts so dirty?", course="space-1"))).text


async def test_a_follow_up_is_known_again_by_what_it_stands_for(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("And what presents did it bring home?", before=("When was Chang'e-5 launched?",)))
    assert SOIL in answer.text


async def test_a_model_is_handed_the_listed_sentences_and_nothing_that_speaks_to_the_machine(library: Library) -> None:
    writer = ScriptedWriter("Moon dust sticks to everything, because sunlight charges its grains [1]. ")
    answer = await Tutor(library, writer=writer).ask(Question("Why were the astronauts so dirty?"))
    (prompt,) = writer.prompts
    assert DUST in str(prompt)
    assert INSTRUCTION not in str(prompt)
    assert (answer.engine, answer.citations[0].doc_id) == ("scripted", "moon.en")
    failing = ScriptedWriter("Nothing", fails=True)
    assert DUST in (await Tutor(library, writer=failing).ask(Question("Why were the astronauts so dirty?"))).text


@pytest.mark.parametrize("question", ["", "???", "the", "🚀", "hello", "x" * 2_000, "why", "为什么"])
async def test_nothing_in_particular_is_no_known_question(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert answer.citations == ()


# ---- which is the likeliest


def candidate(nearest: float, *sentences: str, fits: float = 1.0) -> Candidate:
    document = Document("a", "A", "en", "lesson", "course", "a.md", "")
    likeness = Likeness(nearest=nearest, mean=0, answer=0, known=0, told=0, shared=0)
    return Candidate(Known(document, FrequentQuestion(("?",), sentences), (), likeness), (), fits)


def test_the_lead_is_over_those_that_say_something_else() -> None:
    weights = FaqWeights(nearest=10, fits=1)
    assert likeliest([], weights) is None
    alone = likeliest([candidate(0.9, "A.")], weights)
    beside = likeliest([candidate(0.5, "A."), candidate(0.9, "A.", "B."), candidate(0.7, "C.")], weights)
    level = likeliest([candidate(0.9, "A."), candidate(0.9, "B.")], weights)
    assert alone is not None
    assert beside is not None
    assert level is not None
    assert beside.candidate.known.likeness.nearest == 0.9
    assert beside.lead == pytest.approx(2), "the same sentence answers the first"
    assert level.lead == pytest.approx(0)
    assert alone.lead == pytest.approx(13.8, abs=0.1)


def test_what_fits_the_question_better_is_likelier() -> None:
    best = likeliest([candidate(0.8, "A.", fits=0), candidate(0.8, "B.", fits=1)], FaqWeights(nearest=10, fits=1))
    assert best is not None
    assert best.candidate.known.question.sentences == ("B.",)


def test_without_weights_no_question_is_known_again() -> None:
    best = likeliest([candidate(1.0, "A.")], FaqWeights())
    assert best is not None
    assert best.probability(FaqGate(), granted=True) < FaqGate().bar
