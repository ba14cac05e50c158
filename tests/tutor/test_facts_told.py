"""Questions for one field of one mission are answered from its facts; false premises, near misses and other missions' facts are refused."""

from collections.abc import Iterator

import pytest
from space_course import small_library, tutor_of

from knowledge_base.library import Library
from tutor.tutor import Tutor
from tutor.types import Question

LAUNCH = "Chang'e-5 was launched on 23 November 2020 by a Long March 5 rocket. [1]"
LAUNCH_ZH = "嫦娥五号于2020年11月23日由长征五号运载火箭发射。[1]"
CREW = "Fei Junlong, Deng Qingming and Zhang Lu flew on Shenzhou-15. [1]"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("facts")) as library:
        yield library


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return tutor_of(library)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did Chang'e-5 take off?", LAUNCH),
        ("which rocket launched ce-5", LAUNCH),
        ("嫦娥5号哪天升空的？", LAUNCH_ZH),
        ("嫦娥五號是用哪種火箭發射的？", LAUNCH_ZH),
        ("Which astronauts were on Shenzhou-15?", CREW),
    ],
)
async def test_a_field_of_a_mission_is_told_by_its_fact(tutor: Tutor, question: str, text: str) -> None:
    answer = await tutor.ask(Question(question))
    assert (answer.kind, answer.engine, answer.text) == ("grounded", "fact", text)
    assert len(answer.citations) == 1
    assert answer.citations[0].as_of == "2026-05-24"


@pytest.mark.parametrize(
    "question",
    [
        "Which rocket launched Shenzhou-15?",  # told of Chang'e-5 and -6 alone
        "Why was Chang'e-5 launched to Mars?",
        "What colour is the parachute of Chang'e-5?",
        "How many engines does Long March 5 have?",
        "How heavy is Long March 5?",
        "嫦娥五号为什么飞往火星？",
        "嫦娥五号的总设计师是谁？",
        "神舟十五号是用什么火箭发射的？",
    ],
)
async def test_what_the_facts_lack_or_deny_is_refused(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert (answer.kind, answer.citations) == ("refused", ())


async def test_a_fact_outside_the_course_asked_for_is_not_told(tutor: Tutor) -> None:
    assert (await tutor.ask(Question("When was Chang'e-5 launched?", course="space-1"))).kind == "refused"


async def test_a_question_that_names_two_missions_asks_for_no_field_of_one(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("When were Chang'e-5 and Chang'e-6 launched?"))
    assert answer.engine == "extract"
    assert {citation.doc_id for citation in answer.citations} <= {"change-5.en", "change-6.en"}


async def test_passages_of_a_document_come_in_reading_order(library: Library) -> None:
    async with library.reading() as reader:
        assert [passage.section[-1] for passage in reader.passages_of("rockets.en")] == ["Stages", "Thrust"]
        assert reader.passages_of("no-such-document") == ()
