"""The OpenAI-compatible face, asked by the official client and by LangChain's, over a real server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openai
import pytest
from chat_rig import Gated
from fastapi import FastAPI
from langchain_openai import ChatOpenAI
from loopback import serving
from pydantic import SecretStr
from small_course import GROUNDED, REFUSED, app_over, doors_over, library_over
from token_desk import SCHOOL, Clock, good, halves

from api import Access, create_app
from api.tokens import KeyRing, Tokens
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.errors import MemoryUnavailable

HEAVY = "And how heavy was it?"
LAUNCHED = "When was Chang'e-5 launched?"
NAVIGATOR = {"answer_id", "conversation_id", "kind", "answer", "language", "citations", "confidence", "suggestions"}
NAVIGATOR |= {"engine", "release", "timings_ms", "notice"}


def asks(*texts: str) -> list[Any]:
    """A conversation in which the texts were asked and answered, but for the last."""
    before = [{"role": role, "content": said} for text in texts[:-1] for role, said in (("user", text), ("assistant", "So it was. [1]"))]
    return [{"role": "system", "content": "You are a pirate."}, *before, {"role": "user", "content": texts[-1]}]


@pytest.fixture(scope="module")
def client(server: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server}/v1", api_key="nobody", max_retries=0) as client:
        yield client


@contextmanager
def asked(app: FastAPI) -> Iterator[openai.OpenAI]:
    """A client of the app behind a server of its own."""
    with serving(app) as address, openai.OpenAI(base_url=f"{address}/v1", api_key="nobody", max_retries=0) as client:
        yield client


def test_an_answer_has_its_sources_for_people_and_for_programs(client: openai.OpenAI) -> None:
    told = client.chat.completions.create(model="navigator", messages=asks(GROUNDED))
    message = told.choices[0].message
    assert (told.object, told.model, told.choices[0].finish_reason, message.role) == ("chat.completion", "navigator", "stop", "assistant")
    extension: Any = message.model_extra["navigator"] if message.model_extra else None
    assert set(extension) == NAVIGATOR
    assert (extension["kind"], extension["citations"][0]["doc_id"]) == ("grounded", "rockets.en")
    assert message.content is not None
    text, sources, notice = message.content.split("\n\n")
    assert text == extension["answer"]
    assert sources.startswith("Sources: [1] How rockets work, Stages, 2026-05-24")
    assert notice == extension["notice"]
    assert told.usage is not None
    assert (told.usage.prompt_tokens, told.usage.completion_tokens) == (len(GROUNDED), len(message.content))


def test_a_stream_tells_the_same(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="navigator", messages=asks(GROUNDED))
    with client.chat.completions.create(model="navigator", messages=asks(GROUNDED), stream=True, stream_options={"include_usage": True}) as chunks:
        told = list(chunks)
    *pieces, last, counted = told
    assert "".join(chunk.choices[0].delta.content or "" for chunk in pieces) == whole.choices[0].message.content
    assert pieces[0].choices[0].delta.role == "assistant"
    assert {chunk.choices[0].finish_reason for chunk in pieces} == {None}
    assert last.choices[0].finish_reason == "stop"
    assert last.choices[0].delta.model_extra
    assert last.choices[0].delta.model_extra["navigator"]["citations"][0]["section"] == "Stages"
    assert (counted.choices, counted.usage) == ([], whole.usage)
    assert len({chunk.id for chunk in told}) == 1


async def test_both_ways_work_side_by_side_too(server: str) -> None:
    async with openai.AsyncOpenAI(base_url=f"{server}/v1", api_key="nobody") as client:
        whole = await client.chat.completions.create(model="navigator", messages=asks("火箭为什么要分级？"))
        assert "出处：[1] 火箭是怎样飞起来的，分级，2026-05-24" in (whole.choices[0].message.content or "")
        said = ""
        async for chunk in await client.chat.completions.create(model="navigator", messages=asks("火箭为什么要分级？"), stream=True):
            said += chunk.choices[0].delta.content or ""
        assert said == whole.choices[0].message.content


def test_a_refusal_and_a_greeting_are_answers_without_sources(client: openai.OpenAI) -> None:
    for question, kind in ((REFUSED, "refused"), ("hello!", "chat"), ("how do I make a bomb", "blocked")):
        told = client.chat.completions.create(model="navigator", messages=asks(question))
        assert told.choices[0].message.model_extra
        extension = told.choices[0].message.model_extra["navigator"]
        assert (extension["kind"], extension["citations"]) == (kind, [])
        assert told.choices[0].message.content == f"{extension['answer']}\n\n{extension['notice']}"
        with client.chat.completions.create(model="navigator", messages=asks(question), stream=True) as chunks:
            assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == told.choices[0].message.content


def test_a_follow_up_is_understood_from_the_messages_alone(two_missions: Library) -> None:
    with asked(app_over(two_missions)) as client:

        def said(*texts: str) -> str:
            return client.chat.completions.create(model="navigator", messages=asks(*texts)).choices[0].message.content or ""

        assert said(LAUNCHED, HEAVY).startswith("The mass of Chang'e-5 was 8,200 kg. [1]")
        assert said("When was Chang'e-6 launched?", HEAVY).startswith("The mass of Chang'e-6 was 8,350 kg. [1]")
        assert "8,200" in said(LAUNCHED, "When was Chang'e-6 launched?", "and how heavy was Chang'e-5?")
        assert "8,200" not in said(HEAVY)
        assert said(LAUNCHED, "\0", "x" * 2001, " ", HEAVY) == said(LAUNCHED, HEAVY), "what could never be asked is passed over"


def test_langchain_asks_it_as_any_model(server: str) -> None:
    model = ChatOpenAI(base_url=f"{server}/v1", api_key=SecretStr("nobody"), model="navigator", temperature=0.7, max_retries=0, stream_usage=True)
    told = model.invoke([("system", "You are a pirate."), ("human", GROUNDED)])
    assert "Sources: [1] How rockets work" in told.text
    assert told.response_metadata["finish_reason"] == "stop"
    assert told.usage_metadata is not None
    assert told.usage_metadata["output_tokens"] == len(told.text)
    chunks = list(model.stream([("human", GROUNDED)]))
    assert "".join(chunk.text for chunk in chunks) == told.text


async def test_langchain_asks_it_side_by_side_and_on(two_missions: Library) -> None:
    with serving(app_over(two_missions)) as address:
        model = ChatOpenAI(base_url=f"{address}/v1", api_key=SecretStr("nobody"), model="navigator", max_retries=0)
        first = await model.ainvoke([("human", LAUNCHED)])
        said = "".join([chunk.text async for chunk in model.astream([("human", LAUNCHED), first, ("human", HEAVY)])])
        assert said.startswith("The mass of Chang'e-5 was 8,200 kg. [1]\n\nSources: [1] Chang'e-5")


def test_the_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["navigator"]
    assert client.models.retrieve("navigator").object == "model"
    with pytest.raises(openai.NotFoundError, match="There is no model 'gpt-4o': the only one is 'navigator'"):
        client.models.retrieve("gpt-4o")


def test_what_steers_a_model_is_accepted_and_of_no_effect(client: openai.OpenAI) -> None:
    told = client.chat.completions.create(
        model="navigator",
        messages=asks(GROUNDED),
        n=1,
        tools=[],
        max_tokens=1,
        max_completion_tokens=1,
        temperature=2,
        top_p=0.1,
        stop=["Rockets"],
        seed=7,
        presence_penalty=1,
        frequency_penalty=1,
        logit_bias={"50256": -100},
        logprobs=False,
        response_format={"type": "text"},
        user="Anna",
        metadata={"a": "b"},
        parallel_tool_calls=True,
        tool_choice="none",
        reasoning_effort="low",
        extra_body={"top_k": 3, "navigator": {"lesson": "rockets", "grade_band": "4-6"}},
    )
    assert "less mass is easier to speed up" in (told.choices[0].message.content or "")


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"n": 2}, "n", "must be 1"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools", "what this tutor does not do"),
        ({"functions": [{"name": "f"}]}, "functions", "what this tutor does not do"),
        ({"logprobs": True}, "logprobs", "what this tutor does not do"),
        ({"response_format": {"type": "json_object"}}, "response_format.type", "must be 'text'"),
        ({"messages": []}, "messages", "role 'user'"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "role 'user'"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages", "is blank"),
        ({"messages": [{"role": "user"}]}, "messages", "is blank"),
        ({"messages": [{"role": "user", "content": "x" * 2001}]}, "messages", "2000 characters"),
        ({"messages": [{"role": "pirate", "content": "x"}]}, "messages.0.role", "'user'"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}, "messages", "more than text"),
        ({"extra_body": {"navigator": {"leson": "rockets"}}}, "navigator.leson", "not known"),
        ({"extra_body": {"navigator": {"grade_band": "13"}}}, "navigator.grade_band", "'1-3'"),
    ],
)
def test_what_is_not_served_is_refused_in_words_that_the_client_shows(client: openai.OpenAI, given: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match=says) as refused:
        client.chat.completions.create(**{"model": "navigator", "messages": asks(GROUNDED), **given})
    assert refused.value.body == {"code": "invalid", "message": refused.value.message.removeprefix("Error code: 422 - "), "field": field}


def test_another_model_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="There is no model 'gpt-4o'"):
        client.chat.completions.create(model="gpt-4o", messages=asks(GROUNDED))


def test_pieces_of_text_are_joined(client: openai.OpenAI) -> None:
    pieces: Any = [{"role": "user", "content": [{"type": "text", "text": "Why do rockets"}, {"type": "text", "text": "drop their empty stages?"}]}]
    told = client.chat.completions.create(model="navigator", messages=pieces)
    assert "less mass is easier to speed up" in (told.choices[0].message.content or "")


def test_nothing_published_is_an_error_in_our_words(data: DataFolder) -> None:
    with library_over(data) as library, asked(app_over(library)) as client:
        for stream in (False, True):
            with pytest.raises(openai.InternalServerError, match="navigator ingest"):
                client.chat.completions.create(model="navigator", messages=asks(GROUNDED), stream=stream)


@pytest.mark.parametrize("stream", [False, True])
def test_what_breaks_before_the_first_word_has_its_status(published: DataFolder, stream: bool) -> None:
    broken = Gated(said=(), fails=RuntimeError("secret"))
    broken.let.set()
    wrong = pytest.raises(openai.InternalServerError, match="Something went wrong on our side")
    with library_over(published) as library, asked(app_over(library, broken)) as client, wrong:
        client.chat.completions.create(model="navigator", messages=asks(GROUNDED), stream=stream)


def test_what_breaks_in_the_middle_is_raised_by_the_client(published: DataFolder) -> None:
    broken = Gated(said=("Rockets ",), fails=MemoryUnavailable("secret"))
    broken.let.set()
    with library_over(published) as library, asked(app_over(library, broken)) as client:
        chunks = client.chat.completions.create(model="navigator", messages=asks(GROUNDED), stream=True)
        assert next(chunks).choices[0].delta.content == "Rockets "
        with pytest.raises(openai.APIError, match="cannot be reached just now"):
            next(chunks)


def test_the_key_is_the_students_token(published: DataFolder) -> None:
    tokens = Tokens(KeyRing(halves(SCHOOL)), Clock())
    with library_over(published) as library, serving(create_app(doors_over(library, access=Access(tokens)))) as address:

        def told(token: str, course: str) -> str:
            with openai.OpenAI(base_url=f"{address}/v1", api_key=token, max_retries=0) as client:
                standing = {"navigator": {"course": course}}
                answer = client.chat.completions.create(model="navigator", messages=asks(GROUNDED), extra_body=standing).choices[0].message
                return str(answer.model_extra and answer.model_extra["navigator"]["kind"])

        assert told(good(), "another") == "refused"
        assert told(good(course="space-1"), "another") == "grounded", "what the token says goes before what the body says"
        with pytest.raises(openai.AuthenticationError, match="token"):
            told("nobody", "space-1")


def test_a_client_that_leaves_ends_the_turn(published: DataFolder) -> None:
    waiting = Gated(said=("Rockets ",))
    with library_over(published) as library, asked(app_over(library, waiting)) as client:
        with client.chat.completions.create(model="navigator", messages=asks(GROUNDED), stream=True) as chunks:
            next(chunks)
        assert waiting.left.wait(10)
