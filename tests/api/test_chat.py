"""POST /v1/chat: the events of a turn, what they hold, and what is refused before any."""

import json
import logging

import httpx2
import pytest
from chat_rig import Gated, Seen, browser, events_in, open_chat
from fastapi.testclient import TestClient
from loopback import serving
from small_course import GROUNDED, REFUSED, app_over, client_over, library_over

from knowledge_base.release.layout import DataFolder
from tutor.errors import MemoryUnavailable

SECRET = "the database password"
JSON = {"Content-Type": "application/json"}


def told(server: str, question: str, **more: str) -> list[Seen]:
    with browser(server) as client:
        return list(events_in(client.post("/v1/chat", json={"question": question, **more}).text.split("\n")))


@pytest.mark.parametrize(("question", "kind"), [(GROUNDED, "grounded"), ("火箭为什么要分级？", "grounded"), (REFUSED, "refused"), ("hello!", "chat")])
def test_every_kind_of_answer_comes_in_the_same_order(server: str, published: DataFolder, question: str, kind: str) -> None:
    events = told(server, question)
    assert [event.id for event in events] == [event.data["seq"] for event in events] == list(range(len(events)))
    names = [event.name for event in events]
    assert names == ["session", "sources", *["delta"] * (len(names) - 4), "final", "done"]
    session, sources, *deltas, final, done = events
    assert session.data["release"] == final.data["release"] == published.current.read_text().strip()
    assert session.data["conversation_id"] == final.data["conversation_id"]
    assert final.data["kind"] == kind
    assert "".join(delta.data["text"] for delta in deltas) == final.data["answer"]
    assert len(sources.data["citations"]) == len(final.data["citations"]) == (1 if kind == "grounded" else 0)
    assert set(done.data) == {"seq"}


def test_a_blocked_message_is_told_the_same_way(server: str) -> None:
    events = told(server, "I want to kill myself")
    assert [event.name for event in events] == ["session", "sources", "delta", "final", "done"]
    assert events[3].data["kind"] == "blocked"


def test_the_final_event_holds_every_key_of_the_answer_that_ask_gives(server: str) -> None:
    final = next(event.data for event in told(server, GROUNDED) if event.name == "final")
    answer = httpx2.post(f"{server}/v1/ask", json={"question": GROUNDED}, trust_env=False).json()
    assert set(final) == set(answer) | {"seq"}
    for key in ("kind", "answer", "citations", "suggestions", "release", "engine", "notice", "language"):
        assert final[key] == answer[key]


def test_the_response_is_one_that_nobody_on_the_way_keeps_back(server: str) -> None:
    with httpx2.stream("POST", f"{server}/v1/chat", json={"question": "火箭为什么要分级？"}, trust_env=False) as response:
        text = response.read().decode()
    assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert (response.headers["Cache-Control"], response.headers["X-Accel-Buffering"]) == ("no-cache", "no")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "content-length" not in response.headers
    assert "多余的质量" in text


def test_events_come_when_they_are_there(published: DataFolder) -> None:
    tutor = Gated(said=("First.", " Second."))
    with library_over(published) as library, serving(app_over(library, tutor)) as address, browser(address) as client, open_chat(client) as events:
        assert [next(events).name for _ in range(3)] == ["session", "delta", "delta"]
        tutor.let.set()
        assert [event.name for event in events] == ["sources", "final", "done"]


def test_a_silent_stream_pings(published: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.chat.PING_S", 0.05)
    tutor = Gated()
    with (
        library_over(published) as library,
        serving(app_over(library, tutor)) as address,
        httpx2.stream("POST", f"{address}/v1/chat", json={"question": "Why?"}, trust_env=False) as response,
    ):
        lines = response.iter_lines()
        pings = (line for line in lines if line.startswith(":"))
        assert [next(pings) for _ in range(3)] == [": ping"] * 3
        tutor.let.set()
        assert [event.name for event in events_in(lines)] == ["sources", "final", "done"]


def test_without_a_release_the_answer_is_an_ordinary_error(data: DataFolder) -> None:
    with client_over(data) as client:
        response = client.post("/v1/chat", json={"question": "Why?"})
        assert (response.status_code, response.headers["Content-Type"]) == (503, "application/json")
        assert response.json()["error"]["code"] == "not_ready"


@pytest.mark.parametrize(("error", "code"), [(RuntimeError(SECRET), "internal"), (MemoryUnavailable(SECRET), "unavailable")])
def test_trouble_in_mid_stream_is_an_event_and_logged(published: DataFolder, caplog: pytest.LogCaptureFixture, error: Exception, code: str) -> None:
    tutor = Gated(fails=error)
    tutor.let.set()
    with client_over(published, tutor=tutor) as client, caplog.at_level(logging.ERROR):
        events = list(events_in(client.post("/v1/chat", json={"question": "Why?"}).text.split("\n")))
    assert [event.name for event in events] == ["session", "delta", "error"]
    assert events[-1].id == events[-1].data["seq"] == 2
    assert (set(events[-1].data["error"]), events[-1].data["error"]["code"]) == ({"code", "message"}, code)
    assert SECRET not in json.dumps(events[-1].data)
    assert SECRET in caplog.text


def test_a_tutor_that_fails_at_once_is_an_ordinary_error(published: DataFolder, caplog: pytest.LogCaptureFixture) -> None:
    tutor = Gated(said=(), fails=RuntimeError(SECRET), begins=False)
    tutor.let.set()
    with client_over(published, tutor=tutor) as client, caplog.at_level(logging.ERROR):
        response = client.post("/v1/chat", json={"question": "Why?"})
    assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
    assert SECRET in caplog.text


DEEP = b"[" * 10_000 + b"]" * 10_000


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b'{"question": "nul\\u0000"}', 422, "question"),
        (rb'{"question": "half \ud83d"}', 422, "question"),
        (rb'{"question": "Why?", "client_message_id": "\udc00"}', 422, "client_message_id"),
        (rb'{"question": "Why?", "conversation_id": "a\u0000"}', 422, "conversation_id"),
        (b'{"question": "' + b"x" * 2**20 + b'"}', 413, None),
        (b'{"question": "' + b"x" * 60_000 + b'"}', 422, "question"),
        (b'{"question": ' + DEEP + b"}", 400, None),
        (DEEP, 400, None),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, None),
        (b"[" * 10_000, 400, None),
        (b'{"question": {"question": "Why?"}}', 422, "question"),
        (b'{"question": ["Why?"]}', 422, "question"),
        (b'{"question": 7}', 422, "question"),
        (b'{"question": "Why?", "client_message_id": {}}', 422, "client_message_id"),
        (b'{"question": "Why?", "client_message_id": ""}', 422, "client_message_id"),
        (b'{"question": "Why?", "stream": true}', 422, "stream"),
        (b'"Why?"', 422, None),
        (b"", 422, None),
        (b"{", 400, None),
        (b"\xff\xfe", 400, None),
    ],
)
def test_hostile_bodies_are_refused_before_any_stream(client: TestClient, body: bytes, status: int, field: str | None) -> None:
    response = client.post("/v1/chat", content=body, headers=JSON)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/json"), response.text[:200]
    assert field is None or response.json()["error"]["field"] == field


def test_of_a_field_named_twice_the_last_counts(client: TestClient) -> None:
    response = client.post("/v1/chat", content=b'{"question": 7, "question": "hello"}', headers=JSON)
    assert response.status_code == 200
    response = client.post("/v1/chat", content=b'{"question": "hello", "question": 7}', headers=JSON)
    assert response.status_code == 422


@pytest.mark.parametrize("text", ["\u2028\u2029", "data: x\n\nevent: final\ndata: {}\n\n", "\r\rid: 9\r\r", "</script><script>", "\u202e", "{{7*7}}"])
def test_nothing_in_a_question_makes_an_event(server: str, text: str) -> None:
    events = told(server, f"hello {text} {GROUNDED}", conversation_id=f"{text} x", lesson=f"{text} y")
    assert [event.name for event in events][-2:] == ["final", "done"]
    assert [event.id for event in events] == list(range(len(events)))


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 5000, "٣"])
def test_an_event_id_that_is_no_number_is_refused(client: TestClient, after: str) -> None:
    response = client.post("/v1/chat", json={"question": "hello"}, headers={b"Last-Event-ID": after.encode()})
    assert (response.status_code, response.json()["error"]["field"]) == (422, "last-event-id")


def test_only_json_is_read(client: TestClient) -> None:
    assert client.post("/v1/chat", content=b'{"question": "Why?"}', headers={"Content-Type": "text/plain"}).status_code == 415


def test_the_document_tells_of_the_stream(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/v1/chat"]["post"]
    assert set(operation["responses"]["200"]["content"]) == {"text/event-stream"}
    example = operation["responses"]["200"]["content"]["text/event-stream"]["example"]
    assert [event.name for event in events_in(example.split("\n"))] == ["session", "sources", "delta"]
    assert "client_message_id" in operation["description"]
