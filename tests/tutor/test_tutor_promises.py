"""What holds for every answer: its numbers, quotes and figures are the course's own."""

import asyncio
import re
from collections.abc import Iterator

import pytest
from space_course import small_library, tutor_of

from knowledge_base.library import Library
from knowledge_base.sentences import sentences
from tutor import texts
from tutor.question.understand import understand
from tutor.types import Answer, Language, Question

MARK = re.compile(r"\[(\d+)\]")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

ASKED = """Why do rockets drop their empty stages?
How many stages did the Saturn V have, and how tall was it?
How heavy was the Saturn V at lift-off?
What pushes the rocket forwards?
How does hot gas push a rocket?
Why is the far side of the Moon never seen?
Why does Moon dust stick to everything?
How much lunar soil did Chang'e-5 bring back?
How much lunar soil did Chang'e-6 bring back?
When were Chang'e-5 and Chang'e-6 launched by a Long March 5 rocket?
What did Chang'e-5 and Chang'e-6 bring back from the Moon?
Chang'e-5 mission days
How tall is Long March 5?
Who flew on Shenzhou-15?
samples far side
lunar soil
Long March 5 rocket
stages
火箭为什么要分级？
燃气怎样把火箭推向前方？
土星五号有三级吗？
北斗卫星带着什么原子钟？
接收机要收到几颗卫星的信号才能定位？
嫦娥五号带回了多少月壤？
嫦娥六号带回了多少月壤？
嫦娥五号和嫦娥六号什么时候由长征五号发射？
嫦娥五号的发射质量是多少？
嫦娥五号任务历时多少天？
长征五号高约多少米？
谁乘坐神舟十五号飞行？
为什么看不到Moon的far side？
What are 铷原子钟 and 氢原子钟?
月壤
Who painted the famous sunflowers?
How much lunar soil did Chang'e-9 bring back?
谁画了向日葵？
hello
谢谢
[1] [2] [99]
1,731 8,200 23""".splitlines()

LANGUAGES: tuple[Language | None, ...] = (None, "en", "zh")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("course")) as library:
        yield library


@pytest.fixture(scope="module")
def answers(library: Library) -> list[Answer]:
    """Every question's answer, three in a row: with no language asked for and with each."""
    tutor = tutor_of(library)

    async def asked() -> list[Answer]:
        return [await tutor.ask(Question(text, language=language)) for text in ASKED for language in LANGUAGES]

    return asyncio.run(asked())


def grounded(answers: list[Answer]) -> list[Answer]:
    """The grounded ones; most of the questions have an answer."""
    chosen = [answer for answer in answers if answer.kind == "grounded"]
    assert len(chosen) > len(answers) / 2
    return chosen


def test_every_kind_of_answer_is_among_them(answers: list[Answer]) -> None:
    assert {answer.kind for answer in answers} == {"grounded", "refused", "chat"}


def test_numbers_and_citations_match_one_to_one(answers: list[Answer]) -> None:
    for answer in answers:
        marks = [int(mark) for mark in MARK.findall(answer.text)]
        assert marks == [citation.n for citation in answer.citations] == list(range(1, len(marks) + 1))
        assert bool(marks) == (answer.kind == "grounded")


async def test_every_quote_stands_word_for_word_in_its_passage(answers: list[Answer], library: Library) -> None:
    async with library.reading() as reader:
        for citation in (citation for answer in grounded(answers) for citation in answer.citations):
            passage, document = reader.passage(citation.passage_id)
            assert citation.quote
            assert citation.quote in passage.text
            assert (citation.doc_id, citation.title, citation.language) == (document.doc_id, document.title, document.language)


def test_a_grounded_answer_says_nothing_but_its_quotes(answers: list[Answer]) -> None:
    for answer in grounded(answers):
        said = MARK.sub("", answer.text).replace(texts.OTHER_LANGUAGE[answer.language], "")
        assert squeezed(said) == squeezed("".join(citation.quote for citation in answer.citations))


def test_every_figure_stands_in_a_quote(answers: list[Answer]) -> None:
    told = 0
    for answer in grounded(answers):
        figures = set(FIGURE.findall(MARK.sub("", answer.text)))
        assert figures <= {figure for citation in answer.citations for figure in FIGURE.findall(citation.quote)}
        told += len(figures)
    assert told > 20


def test_a_quote_in_another_language_than_the_reply_is_marked(answers: list[Answer]) -> None:
    foreign = 0
    for answer in grounded(answers):
        others = sum(citation.language != answer.language for citation in answer.citations)
        assert answer.text.count(texts.OTHER_LANGUAGE[answer.language]) == others
        foreign += others
    assert foreign > 10


def test_an_answer_has_two_sentences_at_most_or_three_that_explain(answers: list[Answer]) -> None:
    texts_asked = [text for text in ASKED for _language in LANGUAGES]
    for text, answer in zip(texts_asked, answers, strict=True):
        told = sum(len(sentences(citation.quote)) for citation in answer.citations)
        assert told <= understand(text, None).most_sentences


async def test_what_is_suggested_are_two_questions_at_most_and_then_lessons_in_the_reply_s_language_that_are_not_cited(
    answers: list[Answer], library: Library
) -> None:
    async with library.reading() as reader:
        for answer in answers:
            asks = [one.text.endswith(("?", "？")) for one in answer.suggestions]
            assert sum(asks) <= (2 if answer.kind == "grounded" else 0)
            assert asks == sorted(asks, reverse=True)
            lessons = [str(one.doc_id) for one, question in zip(answer.suggestions, asks, strict=True) if not question]
            assert len(set(lessons)) == len(lessons) <= 3
            assert not set(lessons) & {citation.doc_id for citation in answer.citations}
            assert all((reader.documents[doc_id].kind, reader.documents[doc_id].language) == ("lesson", answer.language) for doc_id in lessons)


async def test_a_suggested_question_is_answered_from_the_document_that_it_names(answers: list[Answer], library: Library) -> None:
    tutor = tutor_of(library)
    asked = {(one.text, one.doc_id) for answer in answers for one in answer.suggestions if one.text.endswith(("?", "？"))}
    assert len(asked) > 5
    for text, doc_id in sorted(asked, key=str):
        answer = await tutor.ask(Question(text))
        assert (answer.kind, answer.citations[0].doc_id) == ("grounded", doc_id), text


def squeezed(text: str) -> str:
    return "".join(text.split())
