"""The adapter to chat models against a real server that fails in every way that providers do."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace

import pytest
from llmock.pytest_plugin import LLMock
from llmock.scenarios import Reply

from tutor.errors import BadModel, ModelUnavailable
from tutor.model import Access, Limits, ModelWriter, Nature, open_writer
from tutor.ports import Prompt

Opens = Callable[..., ModelWriter]
FAST = Limits(first=30, between=1, whole=60, wait=0.01, longest_wait=1, failures=3, pause=0.3)
SAID = "Rockets drop their stages [1]. Less mass is easier to speed up [1]."
PROMPT = Prompt("Answer from the passages.", "Why do rockets drop their stages?")
KEY = "sk-secret-key-of-the-school"


@pytest.fixture
async def opened() -> AsyncIterator[list[ModelWriter]]:
    """Writers that are closed in the end."""
    writers: list[ModelWriter] = []
    yield writers
    for writer in writers:
        await writer.close()


@pytest.fixture
def writer_at(opened: list[ModelWriter]) -> Callable[..., ModelWriter]:
    """Opens a writer on a server; its waits between attempts are noted and take no time."""

    def open_at(
        base_url: str, limits: Limits = FAST, *, waits: list[float] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> ModelWriter:
        async def sleep(seconds: float) -> None:
            if waits is not None:
                waits.append(seconds)

        opened.append(open_writer(Access("mock", base_url, KEY), limits, Nature(clock=clock, sleep=sleep, chance=lambda: 1.0)))
        return opened[-1]

    return open_at


async def said(writer: ModelWriter) -> tuple[str, bool]:
    """What was written, and whether the writer failed."""
    pieces: list[str] = []
    try:
        async with contextlib.aclosing(writer.write(PROMPT)) as written:
            async for piece in written:
                pieces.append(piece)
    except ModelUnavailable:
        return "".join(pieces), True
    return "".join(pieces), False


async def test_it_streams_what_the_model_says(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply(SAID)
    writer = writer_at(llmock.base_url())
    assert await said(writer) == (SAID, False)
    assert writer.name == "mock"


@pytest.mark.parametrize("status", [500, 502])
async def test_what_passes_is_tried_again(writer_at: Opens, llmock: LLMock, status: int) -> None:
    waits: list[float] = []
    llmock.fail(status, times=2).reply(SAID)
    assert await said(writer_at(llmock.base_url(), waits=waits)) == (SAID, False)
    assert waits == [0.01, 0.02]


@pytest.mark.parametrize(("asked", "waits"), [(1, [1.0]), (60, [])])
@pytest.mark.parametrize("status", [429, 503])
async def test_the_wait_that_the_server_asks_for_is_kept_or_the_model_given_up(
    writer_at: Opens, llmock: LLMock, asked: float, waits: Sequence[float], status: int
) -> None:
    waited: list[float] = []
    llmock.fail(status, retry_after=asked).reply(SAID)
    assert await said(writer_at(llmock.base_url(), waits=waited)) == ((SAID, False) if waits else ("", True))
    assert waited == list(waits)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_what_does_not_pass_is_not_tried_again(writer_at: Opens, llmock: LLMock, status: int) -> None:
    llmock.fail(status, times=1).reply(SAID)
    assert await said(writer_at(llmock.base_url())) == ("", True)
    assert len(llmock.requests) == 1


async def test_it_gives_up_after_some_attempts(writer_at: Opens, llmock: LLMock) -> None:
    llmock.outage()
    assert await said(writer_at(llmock.base_url())) == ("", True)
    assert len(llmock.requests) == FAST.attempts


async def test_a_server_that_is_not_there_fails(writer_at: Opens) -> None:
    assert await said(writer_at("http://127.0.0.1:9/v1")) == ("", True)


@pytest.mark.parametrize("fault", ["truncate", "disconnect", "corrupt"])
async def test_a_broken_stream_is_no_whole_answer_and_not_begun_anew(writer_at: Opens, llmock: LLMock, fault: str) -> None:
    getattr(llmock.reply(SAID), fault)(after_chunks=4)
    text, failed = await said(writer_at(llmock.base_url()))
    assert failed
    assert text
    assert SAID.startswith(text)
    assert len(llmock.requests) == 1


async def test_an_answer_that_grew_too_long_for_the_model_counts_as_cut(writer_at: Opens, llmock: LLMock) -> None:
    llmock.add(Reply(text=SAID, finish_reason="length"))
    assert await said(writer_at(llmock.base_url())) == (SAID, True)


async def test_answers_that_are_too_long_do_not_speak_against_the_model(writer_at: Opens, llmock: LLMock) -> None:
    llmock.add(Reply(text=SAID, finish_reason="length", times=4)).reply(SAID)
    writer = writer_at(llmock.base_url())
    assert [await said(writer) for _ in range(5)] == [(SAID, True)] * 4 + [(SAID, False)]


async def test_a_stall_ends_in_time(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply(SAID).stall(after_chunks=3, seconds=30)
    async with asyncio.timeout(5):
        text, failed = await said(writer_at(llmock.base_url()))
    assert failed
    assert SAID.startswith(text)


async def test_a_first_word_that_does_not_come_ends_in_time(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply(SAID).slow_first_token(30)
    async with asyncio.timeout(5):
        assert await said(writer_at(llmock.base_url(), replace(FAST, first=0.3))) == ("", True)


async def test_an_answer_that_never_ends_ends_in_time(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply("word " * 1_000).pace(20)
    async with asyncio.timeout(9):
        text, failed = await said(writer_at(llmock.base_url(), replace(FAST, whole=2)))
    assert failed
    assert text


async def test_after_failures_in_a_row_the_model_is_left_alone_for_a_while(writer_at: Opens, llmock: LLMock) -> None:
    now = [0.0]
    llmock.fail(401, times=3).reply(SAID)
    writer = writer_at(llmock.base_url(), clock=lambda: now[0])
    for _ in range(3):
        assert await said(writer) == ("", True)
    assert await said(writer) == ("", True)
    assert len(llmock.requests) == 3, "the fourth was not sent"
    now[0] = FAST.pause + 1
    assert await said(writer) == (SAID, False)


async def test_only_some_are_answered_at_once_and_the_others_wait(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply(SAID, times=None).pace(10)
    writer = writer_at(llmock.base_url(), replace(FAST, at_once=2))
    assert await asyncio.gather(*(said(writer) for _ in range(6))) == [(SAID, False)] * 6


async def test_who_leaves_ends_the_request_and_frees_the_place(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply("word " * 500, times=None).pace(20)
    writer = writer_at(llmock.base_url(), replace(FAST, at_once=1))
    for _ in range(3):
        async with asyncio.timeout(1), contextlib.aclosing(writer.write(PROMPT)) as written:
            assert await anext(written)


async def test_thoughts_are_not_part_of_the_answer(writer_at: Opens, llmock: LLMock) -> None:
    llmock.reply(f"<think>Hm. Stages [1]? </think>\n\n{SAID}").reply("<think>for ever")
    writer = writer_at(llmock.base_url())
    assert (await said(writer))[0].strip() == SAID
    assert await said(writer) == ("", False)


async def test_neither_the_key_nor_the_question_is_told_anybody(writer_at: Opens, llmock: LLMock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    llmock.fail(401, message=f"bad key {KEY} for {PROMPT.question}")
    with pytest.raises(ModelUnavailable) as failed:
        await anext(writer_at(llmock.base_url()).write(PROMPT))
    assert KEY not in f"{caplog.text} {failed.value} {Access('mock', None, KEY)}"
    assert PROMPT.question not in f"{caplog.text} {failed.value}"


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("gpt", "provider:name"),
        (":x", "provider:name"),
        ("openai:", "provider:name"),
        ("nobody:x", "cannot be used"),
        ("cohere:x", "pip install langchain-cohere"),
    ],
)
def test_a_model_that_cannot_be_is_the_operator_s_to_mend(model: str, told: str) -> None:
    with pytest.raises(BadModel, match=told):
        open_writer(Access(model, None, KEY))


@pytest.mark.parametrize(
    ("access", "name"),
    [
        (Access("openai:gpt-x", None, KEY), "gpt-x"),
        (Access("openai:gpt-x", "http://127.0.0.1:1/v1"), "gpt-x"),
        (Access("qwen3:4b", "http://127.0.0.1:1/v1"), "qwen3:4b"),
        (Access("smollm2", "http://127.0.0.1:1/v1"), "smollm2"),
    ],
)
def test_the_engine_is_the_model_s_name(access: Access, name: str) -> None:
    assert open_writer(access).name == name


def test_a_missing_key_is_the_operator_s_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(BadModel, match="NAVIGATOR_LLM_API_KEY"):
        open_writer(Access("openai:gpt-x"))
