"""Turns with a model over a real small release: what it writes is told sentence by sentence, checked, or the extract stands in for it."""

import asyncio
from collections.abc import Iterator

import pytest
from scripted_writer import ScriptedWriter
from space_course import small_library

from knowledge_base.library import Library
from tutor import texts
from tutor.answering.prompting import ABSENT
from tutor.tutor import Tutor
from tutor.types import Answer, Begun, Delta, Event, Final, Question, Sources

WHY = Question("Why do rockets drop their empty stages?")
RIGHT = "Rockets drop their empty stages, since less mass is easier to speed up [1]. "
WRONG = "The Saturn V had five stages [1]. "


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("course")) as library:
        yield library


async def events_of(library: Library, writer: ScriptedWriter, question: Question = WHY) -> list[Event]:
    begun, *events = [event async for event in Tutor(library, writer=writer).stream(question)]
    assert isinstance(begun, Begun)
    return events


def final(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Final)
    return events[-1].answer


def deltas(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Delta)]


async def test_checked_sentences_are_told_with_their_sources(library: Library) -> None:
    events = await events_of(library, ScriptedWriter(f"{RIGHT}The Saturn V had three stages [1]. {WRONG}"))
    answer = final(events)
    assert (answer.kind, answer.engine, answer.notice) == ("grounded", "scripted", texts.NOTICE_WRITTEN["en"])
    assert answer.text == "Rockets drop their empty stages, since less mass is easier to speed up. [1] The Saturn V had three stages. [1]"
    assert "".join(deltas(events)) == answer.text
    assert len(deltas(events)) == 2
    (citation,) = answer.citations
    assert (citation.n, citation.doc_id) == (1, "rockets.en")
    assert citation.quote == "Rockets drop their empty stages because less mass is easier to speed up. … The Saturn V had three stages."


async def test_sources_come_before_any_text_that_refers_to_them(library: Library) -> None:
    known: set[int] = set()
    for event in await events_of(library, ScriptedWriter(RIGHT)):
        if isinstance(event, Sources):
            known = {citation.n for citation in event.citations}
        elif isinstance(event, Delta):
            assert known == {1}


async def test_numbers_are_given_by_first_use(library: Library) -> None:
    writer = ScriptedWriter(RIGHT)
    await events_of(library, writer)
    rules = writer.prompts[0].rules
    places = {n: rules.partition(f'<passage n="{n}">')[2].partition("</passage>")[0] for n in (1, 2)}
    assert "Stages" in places[1]
    thrust = next(n for n, text in places.items() if "Thrust" in text)
    answer = final(await events_of(library, ScriptedWriter(f"Hot gas pushes the rocket forwards [{thrust}]. {RIGHT}")))
    assert [citation.n for citation in answer.citations] == [1, 2]
    assert "forwards. [1]" in answer.text
    assert "speed up. [2]" in answer.text


@pytest.mark.parametrize(
    "writer",
    [
        ScriptedWriter(""),
        ScriptedWriter("", fails=True),
        ScriptedWriter(WRONG),
        ScriptedWriter("I think that rockets are great."),
        ScriptedWriter("Rockets drop their empty stages, since less mass is", fails=True),
        ScriptedWriter("The Saturn V had three stages [9]."),
        ScriptedWriter("\x00 [1] [2] ]] ** "),
    ],
)
async def test_where_nothing_passes_the_extract_stands_in(library: Library, writer: ScriptedWriter) -> None:
    events = await events_of(library, writer)
    plain = await Tutor(library).ask(WHY)
    answer = final(events)
    assert (answer.engine, answer.text, answer.citations, answer.notice) == ("extract", plain.text, plain.citations, texts.NOTICE["en"])
    assert "".join(deltas(events)) == answer.text
    assert writer.closed == 1


async def test_a_model_cut_off_keeps_its_whole_sentences(library: Library) -> None:
    answer = final(await events_of(library, ScriptedWriter(f"{RIGHT}The Saturn V had three", fails=True)))
    assert (answer.engine, answer.text) == ("scripted", "Rockets drop their empty stages, since less mass is easier to speed up. [1]")


async def test_a_model_that_finds_no_answer_refuses(library: Library) -> None:
    events = await events_of(library, ScriptedWriter(ABSENT))
    assert len(events) == 1
    assert (final(events).kind, final(events).citations) == ("refused", ())


async def test_true_sentences_that_do_not_answer_are_not_told(library: Library) -> None:
    question = Question("How heavy was the Saturn V at lift-off?")
    answer = final(await events_of(library, ScriptedWriter("The Saturn V had three stages [1]. "), question))
    assert answer.engine == "extract"
    assert "2,970 t" in answer.text


@pytest.mark.parametrize("text", ["hello", "Who painted the famous sunflowers?", "When was Chang'e-6 launched?"])
async def test_greetings_refusals_and_facts_need_no_model(library: Library, text: str) -> None:
    writer = ScriptedWriter(RIGHT)
    events = await events_of(library, writer, Question(text))
    assert writer.prompts == []
    assert final(events).engine in ("extract", "fact")
    assert len(events) == 1 or final(events).kind == "grounded"


async def test_ask_gives_the_last_of_stream(library: Library) -> None:
    streamed, asked = final(await events_of(library, ScriptedWriter(RIGHT))), await Tutor(library, writer=ScriptedWriter(RIGHT)).ask(WHY)
    assert (asked.text, asked.citations, asked.engine) == (streamed.text, streamed.citations, streamed.engine)


async def test_a_turn_that_is_left_ends_the_model_s_stream(library: Library) -> None:
    writer = ScriptedWriter(RIGHT, hangs=True)
    turn = asyncio.create_task(Tutor(library, writer=writer).ask(WHY))
    async with asyncio.timeout(10):
        await writer.asked.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert writer.closed == 1


async def test_the_prompt_holds_passages_as_material_and_masks_the_question(library: Library) -> None:
    writer = ScriptedWriter(RIGHT)
    await events_of(library, writer, Question("Why do rockets drop their empty stages? Write to me@example.org", grade_band="1-3"))
    (prompt,) = writer.prompts
    assert "How rockets work / Stages\nRockets drop" in prompt.rules
    assert "6 to 9 years old" in prompt.rules
    assert "me@example.org" not in prompt.question
    assert "{" not in prompt.rules


async def test_a_chinese_answer_is_joined_without_spaces(library: Library) -> None:
    text = "火箭分级，是因为空贮箱只是多余的质量，扔掉之后更容易加速[1]。 土星五号有三级[1]。 "
    answer = final(await events_of(library, ScriptedWriter(text), Question("火箭为什么要分级？")))
    assert answer.text == "火箭分级，是因为空贮箱只是多余的质量，扔掉之后更容易加速。[1]土星五号有三级。[1]"
    assert answer.notice == texts.NOTICE_WRITTEN["zh"]


async def test_what_stands_in_the_other_language_only_is_quoted_and_not_rewritten(library: Library) -> None:
    writer = ScriptedWriter("北斗卫星带着铷原子钟和氢原子钟[1]。")
    answer = final(await events_of(library, writer, Question("铷原子钟 and 氢原子钟", language="en")))
    assert (answer.engine, writer.prompts) == ("extract", [])
    assert texts.OTHER_LANGUAGE["en"] in answer.text
