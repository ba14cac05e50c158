"""POST /v1/feedback and DELETE /v1/me: callers are browsers, told apart by a cookie, and what is kept of them goes when they say so."""

import datetime as dt
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from loopback import serving
from small_course import GROUNDED, REFUSED, doors_over, library_over

from api import create_app
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor

COOKIE = "navigator_caller"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
def library(published: DataFolder) -> Iterator[Library]:
    with library_over(published) as library:
        yield library


def remembering(library: Library, path: Path) -> FastAPI:
    """The app as wiring makes it, with a memory in the file."""
    memory = Memory(SqlStore(sqlite(path)), Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
    return create_app(doors_over(library, Tutor(library, memory=memory), memory=memory))


@pytest.fixture
def anna(library: Library, path: Path) -> Iterator[TestClient]:
    """A browser that keeps its cookies."""
    with TestClient(remembering(library, path)) as client:
        yield client


@contextmanager
def another(anna: TestClient) -> Iterator[None]:
    """While this is held, the same server is asked by a browser without cookies."""
    kept = httpx2.Cookies(anna.cookies)
    anna.cookies.clear()
    yield
    anna.cookies = kept


def ask(client: TestClient, question: str = GROUNDED, **more: object) -> dict[str, str]:
    answered: dict[str, str] = client.post("/v1/ask", json={"question": question, **more}).json()
    return answered


def judge(client: TestClient, answer_id: object, helpful: object = True, **more: object) -> tuple[int, dict[str, object]]:
    response = client.post("/v1/feedback", json={"answer_id": answer_id, "helpful": helpful, **more})
    return response.status_code, response.json()


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_a_browser_gets_a_cookie_that_no_script_reads_and_no_other_site_sends(anna: TestClient) -> None:
    header = anna.post("/v1/ask", json={"question": GROUNDED}).headers["set-cookie"]
    assert header.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=2592000"} <= set(header.split("; "))
    value = anna.cookies[COOKIE]
    again = anna.post("/v1/ask", json={"question": GROUNDED})
    assert anna.cookies[COOKIE] == value, "kept, and counted anew"
    assert value in again.headers["set-cookie"]


def test_who_asks_nothing_gets_no_cookie(anna: TestClient) -> None:
    for address in ("/healthz", "/v1/search?q=rockets", "/demo"):
        assert "set-cookie" not in anna.get(address).headers


def test_a_cookie_that_is_none_of_ours_is_replaced(anna: TestClient) -> None:
    for value in ("short", "x" * 44, "../" * 15, "'; DROP TABLE answers; --" + "x" * 18):
        anna.cookies.clear()
        fresh = anna.post("/v1/ask", json={"question": GROUNDED}, headers={"cookie": f"{COOKIE}={value}"}).headers["set-cookie"]
        assert value not in fresh


def test_an_answer_is_judged_and_judged_anew(anna: TestClient) -> None:
    answer_id = ask(anna)["answer_id"]
    assert judge(anna, answer_id) == (200, {"answer_id": answer_id, "helpful": True})
    assert judge(anna, answer_id, helpful=False, comment="I still do not know. " * 90) == (200, {"answer_id": answer_id, "helpful": False})


def test_refusals_and_greetings_can_be_judged_too(anna: TestClient) -> None:
    assert [judge(anna, ask(anna, text)["answer_id"])[0] for text in (REFUSED, "hello!")] == [200, 200]


def test_another_s_answer_and_one_that_is_not_there_are_404_alike(anna: TestClient) -> None:
    answer_id = ask(anna)["answer_id"]
    unknown = judge(anna, "nothing")
    with another(anna):
        assert judge(anna, answer_id) == unknown
        ask(anna)
        assert judge(anna, answer_id) == unknown
    assert unknown[0] == 404
    assert judge(anna, answer_id)[0] == 200


def test_a_conversation_is_not_continued_by_another_browser(anna: TestClient) -> None:
    conversation = ask(anna)["conversation_id"]
    assert ask(anna, conversation_id=conversation)["conversation_id"] == conversation
    with another(anna):
        refused = anna.post("/v1/ask", json={"question": GROUNDED, "conversation_id": conversation})
        assert (refused.status_code, refused.json()["error"]["field"]) == (404, "conversation_id"), "as if it had never been"
    assert ask(anna, conversation_id="talk-7")["conversation_id"] == "talk-7"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answer_id": "a1"}, "helpful"),
        ({"helpful": True}, "answer_id"),
        ({"answer_id": "a1", "helpful": 1}, "helpful"),
        ({"answer_id": "a1", "helpful": "yes"}, "helpful"),
        ({"answer_id": "a1", "helpful": None}, "helpful"),
        ({"answer_id": " ", "helpful": True}, "answer_id"),
        ({"answer_id": "a" * 201, "helpful": True}, "answer_id"),
        ({"answer_id": 1, "helpful": True}, "answer_id"),
        ({"answer_id": "a1", "helpful": True, "comment": ""}, "comment"),
        ({"answer_id": "a1", "helpful": True, "comment": "x" * 2001}, "comment"),
        ({"answer_id": "a1", "helpful": True, "comment": "a\0b"}, "comment"),
        ({"answer_id": "a1", "helpful": True, "comment": "\ud83d"}, "comment"),
        ({"answer_id": "a1", "helpful": True, "comments": "x"}, "comments"),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_named(client: TestClient, body: dict[str, object], field: str) -> None:
    response = client.post("/v1/feedback", content=json.dumps(body), headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["error"]["field"]) == (422, field)


def test_a_form_of_another_site_judges_nothing(client: TestClient) -> None:
    assert client.post("/v1/feedback", content=b"{}", headers={"content-type": "text/plain"}).status_code == 415
    assert client.post("/v1/feedback", content=b"{", headers={"content-type": "application/json"}).status_code == 400


def test_nothing_is_left_of_who_asks_to_be_forgotten(library: Library, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = TestClient(remembering(library, path))
    with client:
        for number in range(20):
            answer = ask(client, f"ANNASWORD{number} {GROUNDED} {'ANNASWORD ' * number * 5}", conversation_id="ANNASTALK", lesson="ANNASWORD")
            judge(client, answer["answer_id"], comment=f"ANNASWORD{number}")
        pseudonym = Pseudonyms(b"k" * 32).caller("open", client.cookies[COOKIE])
        with another(client):
            ask(client, "BOSWORD")
        held = everything(path)
        assert b"ANNASWORD" in held
        assert pseudonym.encode() in held
        assert client.cookies[COOKIE].encode() not in held
        response = client.delete("/v1/me")
        assert (response.status_code, response.content) == (204, b"")
        assert COOKIE not in client.cookies
        left = everything(path)
        assert b"BOSWORD" in left
        for gone in (b"ANNASWORD", b"ANNASTALK", pseudonym.encode(), answer["answer_id"].encode()):
            assert gone not in left
        assert judge(client, answer["answer_id"])[0] == 404
        assert client.delete("/v1/me").status_code == 204
    assert b"ANNASWORD" not in everything(path)
    assert "ANNASWORD" not in "".join(f"{record.getMessage()}{record.args}" for record in caplog.records)


def test_a_database_in_trouble_stops_no_answer_and_claims_nothing(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"not a database" * 1000)
    with TestClient(remembering(library, path)) as client:
        answer = ask(client)
        assert answer["kind"] == "grounded"
        for response in (client.delete("/v1/me"), client.post("/v1/feedback", json={"answer_id": answer["answer_id"], "helpful": True})):
            assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")
            assert "state.db" not in response.text
        assert COOKIE in client.cookies, "who was not forgotten can ask for it again"


def test_a_tutor_without_memory_knows_nobody(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": GROUNDED})
    assert "set-cookie" not in response.headers
    assert judge(client, response.json()["answer_id"])[0] == 404
    assert client.delete("/v1/me").status_code == 204


def test_what_was_asked_before_the_server_stopped_is_there_when_it_starts_again(library: Library, path: Path) -> None:
    with TestClient(remembering(library, path)) as client:
        answers = [ask(client)["answer_id"] for _ in range(5)]
        cookie = client.cookies[COOKIE]
    with TestClient(remembering(library, path), cookies={COOKIE: cookie}) as client:
        assert [judge(client, answer_id)[0] for answer_id in answers] == [200] * 5


def test_a_real_server_remembers_too(library: Library, path: Path) -> None:
    with serving(remembering(library, path)) as address, httpx2.Client(base_url=address, trust_env=False) as browser:
        answer_id = browser.post("/v1/ask", json={"question": GROUNDED}).json()["answer_id"]
        assert browser.post("/v1/feedback", json={"answer_id": answer_id, "helpful": True}).status_code == 200
    assert path.exists()
