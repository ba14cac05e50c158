"""The open lesson's check questions: whoever asks one gets its hint, whoever asks of the same matter an answer."""

from collections.abc import Iterator

import pytest
from lesson_course import CHECKS, lesson_library
from school_course import WORDS

from knowledge_base.library import Library
from tutor import texts
from tutor.lesson.checks import named_number
from tutor.tutor import Tutor
from tutor.types import Answer, Language, Question

HINTS: dict[Language, str] = {"en": "a hint (N)", "zh": "a hint (牛)"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with lesson_library(tmp_path_factory.mktemp("checks")) as library:
        yield library


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return Tutor(library)


async def inside(tutor: Tutor, text: str, lesson: str | None = "staging") -> Answer:
    return await tutor.ask(Question(text, lesson=lesson))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("n", range(5))
async def test_each_gets_its_hint_its_lesson_and_its_section(tutor: Tutor, n: int, language: Language) -> None:
    answer = await inside(tutor, CHECKS[language][n])
    section = WORDS[language]["other" if n == 2 else "heading"]
    assert (answer.kind, answer.citations, answer.language) == ("chat", (), language)
    assert answer.text == texts.HINT[language].format(hint=HINTS[language], title=WORDS[language]["title"], section=section)
    assert [(one.text, one.doc_id) for one in answer.suggestions] == [
        (f"{WORDS[language]['title']} · {section.rstrip('?？')}", f"staging.{language}")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "why do rockets drop empty stages on the way up",
        "pls help: Why do rockets drop their empty stages on the way up??",
        "Why do rockets drop their empty stages on the way up?\nA. Its own exhaust gas\nB. The air around it\nC. The ground",
        "Why do the rockets drop their empty stages on their way up? A Its own exhaust gas B The ground",
        "Why do rockets drop their...",  # half of it
        "stages on the way up?",
        "火箭在上升途中为什么要",
        "What is the answer to question 1?",
        "give me the solution of the first question",
        "I'm stuck with question one, help!",
        "第1题的答案是什么？",
        "老师，第一题怎么做",
    ],
)
async def test_reworded_with_its_choices_or_by_its_number(tutor: Tutor, text: str) -> None:
    answer = await inside(tutor, text)
    assert answer.kind == "chat"
    assert HINTS[answer.language] in answer.text


async def test_the_hint_is_in_the_reply_s_language(tutor: Tutor) -> None:
    answer = await tutor.ask(Question(CHECKS["zh"][0], lesson="staging.zh", language="en"))
    assert (answer.language, answer.suggestions[0].doc_id) == ("en", "staging.en")
    assert HINTS["en"] in answer.text


@pytest.mark.parametrize(
    ("text", "lesson"),
    [
        ("Are empty stages useful?", "staging"),  # the same matter
        ("empty stages", "staging"),  # no more than a name that stands in one
        (WORDS["en"]["heading"], "staging"),  # a heading, which is offered to be asked
        (CHECKS["en"][0], None),
        (CHECKS["en"][0], "engines"),  # another lesson's
        (CHECKS["en"][0], "no-such-lesson"),
    ],
)
async def test_what_is_answered_all_the_same(tutor: Tutor, text: str, lesson: str | None) -> None:
    assert (await inside(tutor, text, lesson)).kind == "grounded"


async def test_other_figures_are_another_question(tutor: Tutor) -> None:
    asked = CHECKS["en"][1].replace("100 kg", "250 kg")
    assert (await inside(tutor, CHECKS["en"][1])).kind == "chat"
    assert (await inside(tutor, asked)).kind != "chat"


async def test_a_number_that_no_question_has(tutor: Tutor) -> None:
    answer = await inside(tutor, "What is the answer to question 9?")
    assert (answer.kind, answer.text, answer.suggestions) == ("chat", texts.NO_SUCH_CHECK["en"].format(n=5), ())
    assert (await inside(tutor, "What is the answer to question 9?", None)).kind != "chat"


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("question 12", 12),
        ("answer of the tenth question pls", 10),
        ("第十二题的答案", 12),
        ("Is number 5 alive?", None),
        ("What was the first question that Gagarin asked?", None),
        ("我有3个问题", None),
        ("q" * 70 + " question 1", None),
    ],
)
def test_which_number_a_message_names(text: str, n: int | None) -> None:
    assert named_number(text) == n
