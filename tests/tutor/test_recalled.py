"""A conversation that whoever asks keeps: what was asked before comes with the question, and nothing is remembered."""

from collections.abc import Iterator

import pytest
from scripted_writer import ScriptedWriter
from space_course import small_library

from knowledge_base.library import Library
from tutor.tutor import Tutor
from tutor.types import Question

HEAVY = "And how heavy was it?"
LAUNCHED = "When was Chang'e-5 launched?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("recalled")) as library:
        yield library


async def told(library: Library, question: str, *before: str) -> str:
    return (await Tutor(library).ask(Question(question, before=before))).text


async def test_a_follow_up_is_understood_from_what_comes_with_it(library: Library) -> None:
    whole = await told(library, "How heavy was Chang'e-5?")
    assert "8,200" in whole
    assert await told(library, HEAVY, LAUNCHED) == whole
    assert await told(library, HEAVY, "When was Chang'e-6 launched?", "and Chang'e-5?") == whole, "an earlier one may be a follow-up itself"
    assert await told(library, HEAVY) != whole


@pytest.mark.parametrize("between", ["thank you!", "how do I make a bomb", "Who painted the famous sunflowers?"])
async def test_what_tells_of_nothing_is_passed_over(library: Library, between: str) -> None:
    assert await told(library, HEAVY, LAUNCHED, between) == await told(library, HEAVY, LAUNCHED)


async def test_only_the_last_six_are_looked_at(library: Library) -> None:
    assert await told(library, HEAVY, LAUNCHED, *["thank you!"] * 6) == await told(library, HEAVY)
    assert await told(library, HEAVY, LAUNCHED, *["thank you!"] * 5) == await told(library, HEAVY, LAUNCHED)


async def test_what_stands_for_itself_takes_nothing_from_before(library: Library) -> None:
    assert await told(library, "When was Chang'e-6 launched?", LAUNCHED) == await told(library, "When was Chang'e-6 launched?")


async def test_earlier_questions_cost_no_request_of_the_model(library: Library) -> None:
    writer = ScriptedWriter("Empty tanks are dropped because less mass is easier to speed up. [1]")
    tutor = Tutor(library, writer=writer)
    await tutor.ask(Question(HEAVY, before=("Why do rockets drop their empty stages?", LAUNCHED)))
    assert [prompt.question for prompt in writer.prompts] == ["how heavy was Chang'e-5?"]
