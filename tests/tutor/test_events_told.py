"""What the tutor tells whoever counts: each turn's outcome and stages, and why a model failed. Never what was asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from llmock.pytest_plugin import LLMock
from scripted_writer import ScriptedWriter
from space_course import small_library

from knowledge_base.library import Library
from tutor.errors import ModelUnavailable
from tutor.model import Access, Limits, ModelWriter, open_writer
from tutor.ports import Prompt
from tutor.tutor import Tutor
from tutor.types import Question

WHY = Question("Why do rockets drop their empty stages?")
RIGHT = "Rockets drop their empty stages, since less mass is easier to speed up [1]. "
ONCE = Limits(first=1, between=0.2, whole=2, attempts=1, failures=2, pause=60)


@dataclass
class Noted:
    """Notes what it is told."""

    answers: list[tuple[str, str, str]] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def answered(self, kind: str, language: str, engine: str) -> None:
        self.answers.append((kind, language, engine))

    def blocked(self, concern: str, language: str) -> None:
        self.concerns.append(f"{concern} {language}")

    def took(self, stage: str, seconds: float) -> None:
        assert 0 <= seconds < 60
        self.stages.append(stage)

    def model_failed(self, reason: str) -> None:
        self.failures.append(reason)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("course")) as library:
        yield library


async def told(library: Library, question: Question, writer: ScriptedWriter | None = None) -> Noted:
    noted = Noted()
    await Tutor(library, writer=writer, events=noted).ask(question)
    return noted


async def test_an_extract_is_told_with_its_stages(library: Library) -> None:
    noted = await told(library, WHY)
    assert noted.answers == [("grounded", "en", "extract")]
    assert noted.stages == ["screen", "search", "choose", "total"]


async def test_small_talk_is_not_searched_for(library: Library) -> None:
    noted = await told(library, Question("你好"))
    assert (noted.answers, noted.stages) == ([("chat", "zh", "extract")], ["screen", "total"])


async def test_a_message_that_raises_a_concern_is_told_twice_by_its_kind(library: Library) -> None:
    noted = await told(library, Question("I want to kill myself"))
    assert noted.answers == [("blocked", "en", "extract")]
    assert noted.concerns == ["self-harm en"]


async def test_a_model_has_stages_of_its_own(library: Library) -> None:
    noted = await told(library, WHY, ScriptedWriter(f"{RIGHT}{RIGHT}"))
    assert noted.answers == [("grounded", "en", "scripted")]
    assert noted.stages == ["screen", "search", "choose", "ground", "model", "ground", "total"]


async def test_a_failure_of_the_model_is_told_and_its_stand_in_counted_as_an_extract(library: Library) -> None:
    noted = await told(library, WHY, ScriptedWriter("", fails=True))
    assert (noted.failures, noted.answers) == (["error"], [("grounded", "en", "extract")])


async def failure(writer: ModelWriter) -> str:
    with pytest.raises(ModelUnavailable) as failed:
        async for _piece in writer.write(Prompt("Answer.", "Why?")):
            pass
    return failed.value.reason


async def test_every_failure_has_its_reason_and_the_last_leaves_the_model_alone(llmock: LLMock) -> None:
    llmock.fail(429, times=1)
    writer = open_writer(Access("mock", llmock.base_url(), "key"), ONCE)
    assert not writer.resting
    assert await failure(writer) == "rate_limited"
    llmock.reply(RIGHT).truncate(after_chunks=1)
    assert await failure(writer) == "cut_off"
    assert writer.resting
    assert await failure(writer) == "resting"
    await writer.close()


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    writer = open_writer(Access("mock", "http://127.0.0.1:9/v1", "key"), ONCE)
    assert await failure(writer) == "unreachable"
    await writer.close()
