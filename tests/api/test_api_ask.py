"""POST /v1/ask: what an answer holds, what the tutor is handed, what is refused."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_course import GROUNDED, REFUSED, client_over

from knowledge_base.release.layout import DataFolder
from tutor.types import Answer, Event, Final, Question

CITATION_KEYS = {"n", "passage_id", "doc_id", "title", "section", "page", "position_s", "url", "quote", "language", "as_of", "score"}
ANSWER_KEYS = {"answer_id", "conversation_id", "kind", "answer", "language", "citations", "confidence", "suggestions"}
ANSWER_KEYS |= {"engine", "release", "timings_ms", "notice"}


@dataclass
class Listener:
    """Remembers what it is asked, and greets."""

    heard: list[Question] = field(default_factory=list)

    async def ask(self, question: Question) -> Answer:
        self.heard.append(question)
        return Answer("a1", "c1", "chat", "Hello.", "en", (), 1.0, (), "extract", "r1", {"total": 0.1}, None)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        yield Final(await self.ask(question))


def asked(client: TestClient, question: str, **more: object) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def heard(published: DataFolder, body: dict[str, object]) -> Question:
    listener = Listener()
    with client_over(published, tutor=listener) as client:
        assert client.post("/v1/ask", json=body).status_code == 200
    return listener.heard[0]


def test_a_grounded_answer_holds_every_key_and_cites_what_it_says(client: TestClient) -> None:
    answer = asked(client, GROUNDED)
    assert set(answer) == ANSWER_KEYS
    assert answer["kind"] == "grounded"
    assert "less mass is easier to speed up" in answer["answer"]
    assert "[1]" in answer["answer"]
    first = answer["citations"][0]
    assert set(first) == CITATION_KEYS
    assert (first["n"], first["doc_id"], first["title"], first["section"]) == (1, "rockets.en", "How rockets work", "Stages")
    assert (first["as_of"], first["page"], first["position_s"], first["url"]) == ("2026-05-24", None, None, None)
    assert 0 <= answer["confidence"] <= 1
    assert answer["timings_ms"]["total"] > 0


def test_a_refusal_is_an_answer_without_citations(client: TestClient) -> None:
    answer = asked(client, REFUSED)
    assert set(answer) == ANSWER_KEYS
    assert (answer["kind"], answer["citations"], bool(answer["notice"])) == ("refused", [], True)


def test_chinese_is_answered_in_chinese_and_sent_as_it_is_written(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "火箭为什么要分级？"})
    assert response.json()["language"] == "zh"
    assert "多余的质量" in response.text


def test_a_greeting_is_chat(client: TestClient) -> None:
    assert asked(client, "hello!")["kind"] == "chat"


def test_a_conversation_keeps_its_id_and_a_new_one_gets_its_own(client: TestClient) -> None:
    assert asked(client, GROUNDED, conversation_id="talk-7")["conversation_id"] == "talk-7"
    assert asked(client, GROUNDED)["conversation_id"] != asked(client, GROUNDED)["conversation_id"]


def test_the_rest_of_the_course_answers_what_the_open_lesson_does_not(client: TestClient) -> None:
    assert asked(client, GROUNDED, lesson="moon")["kind"] == "grounded"


def test_the_tutor_is_handed_every_field_that_it_uses(published: DataFolder) -> None:
    body: dict[str, object] = {
        "question": "Why?",
        "language": "zh",
        "course": "space-1",
        "lesson": "rockets",
        "position_s": 12.5,
        "grade_band": "10-12",
        "conversation_id": "c",
        "client_message_id": "m",
    }
    assert heard(published, body) == Question("Why?", "zh", "space-1", "rockets", 12.5, "10-12", "c")


def test_null_is_as_good_as_left_out(published: DataFolder) -> None:
    optional = ("language", "course", "lesson", "position_s", "grade_band", "conversation_id", "client_message_id")
    assert heard(published, {"question": "Why?"} | dict.fromkeys(optional)) == Question("Why?")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Why?\n", "Why?"),
        ("one\ntwo\tthree", "one two three"),
        ("a\x07b\x1b[31mc\x7f\x9bd", "ab[31mcd"),
        ("\u3000火箭？\u3000", "火箭？"),
        ("👩‍🚀" * 10, "👩‍🚀" * 10),
        ("x" * 2000, "x" * 2000),
        (" " * 5000 + "🚀" * 2000, "🚀" * 2000),
    ],
)
def test_text_is_trimmed_and_rid_of_control_characters(published: DataFolder, written: str, read: str) -> None:
    assert heard(published, {"question": written}).text == read


@pytest.mark.parametrize(
    "question", ["\u200b", "\u202e?", "'; DROP TABLE passages; --", "<script>alert(1)</script>", "{{7*7}}", "\ufeff?", "\ufffe", "a" * 2000, "{}" * 9]
)
def test_odd_text_is_answered_like_any_other(client: TestClient, question: str) -> None:
    assert asked(client, question)["kind"] == "refused"


LONG = "n" * 201


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ({}, "question", "is missing"),
        ({"question": ""}, "question", "is blank"),
        ({"question": " \n\t\u3000"}, "question", "is blank"),
        ({"question": "\x07"}, "question", "is blank"),
        ({"question": "x" * 2001}, "question", "2000 characters"),
        ({"question": "🚀" * 2001}, "question", "2000 characters"),
        ({"question": "nul\0"}, "question", "NUL"),
        ({"question": None}, "question", "must be text"),
        ({"question": 7}, "question", "must be text"),
        ({"question": ["Why?"]}, "question", "must be text"),
        ({"question": "Why?", "language": "fr"}, "language", "'en' or 'zh'"),
        ({"question": "Why?", "language": ""}, "language", "'en' or 'zh'"),
        ({"question": "Why?", "grade_band": "1-12"}, "grade_band", "'1-3'"),
        ({"question": "Why?", "position_s": -1}, "position_s", "0"),
        ({"question": "Why?", "position_s": "12"}, "position_s", "must be a number"),
        ({"question": "Why?", "position_s": True}, "position_s", "must be a number"),
        ({"question": "Why?", "course": LONG}, "course", "200 characters"),
        ({"question": "Why?", "course": ""}, "course", "is blank"),
        ({"question": "Why?", "lesson": "a\0"}, "lesson", "NUL"),
        ({"question": "Why?", "conversation_id": LONG}, "conversation_id", "200 characters"),
        ({"question": "Why?", "client_message_id": LONG}, "client_message_id", "200 characters"),
        ({"question": "Why?", "client_message_id": 5}, "client_message_id", "must be text"),
        ({"question": "Why?", "temperature": 1}, "temperature", "not known"),
        ({"qestion": "Why?"}, "qestion", "not known"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(client: TestClient, body: dict[str, object], field: str, says: str) -> None:
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 422
    error = response.json()["error"]
    assert (error["code"], error["field"]) == ("invalid", field)
    assert says in error["message"]
    assert error["message"].endswith(".")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (rb'{"question": "half \ud83d"}', "question"),
        (b'{"question": "half \xed\xa0\xbd"}', "question"),
        (rb'{"question": "Why?", "lesson": "\udc00"}', "lesson"),
        (rb'{"question": "Why?", "\ud800": 1}', None),
        (b'{"question": "Why?", "' + b"k" * 5000 + b'": 1}', "k" * 100),
        (b'{"question": "Why?", "position_s": NaN}', "position_s"),
        (b'{"question": "Why?", "position_s": Infinity}', "position_s"),
        (b'{"question": "Why?", "position_s": 1e999}', "position_s"),
        (b'{"question": "Why?", "position_s": 1' + b"0" * 400 + b"}", "position_s"),
        (b"[]", None),
        (b"null", None),
        (b'"Why?"', None),
        (b"7", None),
    ],
)
def test_hostile_json_is_refused_as_a_field_error(client: TestClient, body: bytes, field: str | None) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert field is None or response.json()["error"]["field"] == field


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'question': 'Why?'}",
        b"question=Why",
        b"\xff\xfe\xfd",
        b'{"question": "\xff"}',
        b"[" * 60_000,
        b'{"position_s": ' + b"9" * 5000 + b"}",
        b"\0",
        b'{"question": "a\nb"}',
    ],
)
def test_what_is_not_json_is_malformed(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "malformed_json"


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", "json"]
)
def test_only_json_is_read(client: TestClient, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    response = client.post("/v1/ask", content=b'{"question": "Why?"}', headers=headers)
    assert response.status_code == 415
    assert response.json()["error"]["code"] == "unsupported_media_type"


def test_json_may_name_its_charset(client: TestClient) -> None:
    response = client.post("/v1/ask", content=b'{"question": "hello"}', headers={"Content-Type": "Application/JSON; charset=utf-8"})
    assert response.status_code == 200
