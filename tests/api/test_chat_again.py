"""A message sent again with its client_message_id: the same turn, taken up where it was lost, asked once, and nobody else's."""

import asyncio
import socket
import sqlite3
import time
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from chat_rig import Gated, browser, chat, open_chat, remembering
from loopback import serving
from small_course import GROUNDED, app_over, library_over

from api.errors import Refused
from api.events import Told
from api.standing import Caller
from api.turns import Turn, Turns
from api.wire import Asked
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.types import Answer

COOKIE = "navigator_caller"


@pytest.fixture(scope="module")
def library(published: DataFolder) -> Iterator[Library]:
    with library_over(published) as library:
        yield library


@contextmanager
def real(library: Library, folder: Path) -> Iterator[httpx2.Client]:
    """A browser of a server with the real tutor and a memory."""
    with serving(remembering(library, folder / "state.db")) as address, browser(address) as client:
        yield client


@contextmanager
def gated(library: Library, folder: Path, turns: Turns | None = None) -> Iterator[tuple[Gated, httpx2.Client]]:
    """A browser of a server with a tutor that goes as far as it is let; in the end it is let."""
    tutor = Gated()
    with serving(remembering(library, folder / "state.db", tutor=tutor, turns=turns)) as address, browser(address) as client:
        try:
            yield tutor, client
        finally:
            tutor.let.set()


def ask(client: httpx2.Client, question: str = "Why?", **more: object) -> httpx2.Response:
    return client.post("/v1/ask", json={"question": question, **more})


def kept(folder: Path) -> int:
    """How many turns the memory's file holds."""
    with sqlite3.connect(folder / "state.db") as database:
        return int(database.execute("SELECT count(*) FROM answers").fetchone()[0])


def test_a_message_sent_again_is_told_again_and_kept_once(library: Library, tmp_path: Path) -> None:
    with real(library, tmp_path) as client:
        first, again = (chat(client, GROUNDED, client_message_id="m1") for _ in range(2))
        assert first == again
        answer = ask(client, GROUNDED, client_message_id="m1").json()
        assert answer["answer_id"] == first[-2].data["answer_id"]
        assert {"seq": first[-2].id} | answer == first[-2].data
        assert ask(client, GROUNDED, client_message_id="m2").json()["answer_id"] != answer["answer_id"]
    assert kept(tmp_path) == 2


def test_an_answer_that_was_asked_for_is_streamed_again(library: Library, tmp_path: Path) -> None:
    with real(library, tmp_path) as client:
        answer = ask(client, GROUNDED, client_message_id="m1").json()
        assert ask(client, GROUNDED, client_message_id="m1").json() == answer
        events = chat(client, GROUNDED, client_message_id="m1")
    assert events[-2].data["answer_id"] == answer["answer_id"]
    assert kept(tmp_path) == 1


def test_a_lost_stream_is_taken_up_where_it_was_lost(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client):
        with open_chat(client, client_message_id="m1") as events:
            assert [next(events).name for _ in range(2)] == ["session", "delta"]
        with open_chat(client, client_message_id="m1", after=0) as events:
            assert next(events).id == 1
        with open_chat(client, client_message_id="m1", after=1) as events:
            tutor.let.set()
            assert [(event.id, event.name) for event in events] == [(2, "sources"), (3, "final"), (4, "done")]
        assert [event.id for event in chat(client, client_message_id="m1")] == [0, 1, 2, 3, 4]
        assert [event.name for event in chat(client, client_message_id="m1", after=3)] == ["done"]
        assert chat(client, client_message_id="m1", after=4) == []
    assert len(tutor.asked) == 1


def test_a_new_caller_is_known_from_the_first_event_on(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client), browser(str(client.base_url), cookie="") as new:
        with open_chat(new, client_message_id="m1") as events:
            next(events)
            assert len(new.cookies[COOKIE]) == 43
        tutor.let.set()
        assert chat(new, client_message_id="m1", after=0)[0].id == 1
    assert len(tutor.asked) == 1


def test_an_event_that_this_turn_never_told_is_no_place_to_go_on_from(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client):
        tutor.let.set()
        assert chat(client, client_message_id="m1", after=3)[0].name == "session"
        assert chat(client, client_message_id="m1", after=99)[0].name == "session"
        assert chat(client, after=1)[0].name == "session"


def test_many_read_one_turn_at_once(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client), ThreadPoolExecutor(9) as pool:
        streams = [pool.submit(chat, client, client_message_id="m1") for _ in range(6)]
        asked = [pool.submit(ask, client, client_message_id="m1") for _ in range(3)]
        with open_chat(client, client_message_id="m1") as events:
            next(events)
            tutor.let.set()
        assert {tuple(event.name for event in stream.result()) for stream in streams} == {("session", "delta", "sources", "final", "done")}
        assert {one.result().json()["answer_id"] for one in asked} == {"a1"}
    assert len(tutor.asked) == 1


def test_whoever_does_not_read_keeps_nobody_waiting(library: Library, tmp_path: Path) -> None:
    turns = Turns()
    with gated(library, tmp_path, turns) as (tutor, client), socket.socket() as slow:
        tutor.said = ("x" * 100_000,) * 60
        tutor.let.set()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect((client.base_url.host, client.base_url.port))
        body = b'{"question": "Why?", "client_message_id": "m1"}'
        head = f"POST /v1/chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {COOKIE}={'b' * 43}\r\nContent-Type: application/json\r\n"
        slow.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert slow.recv(1)
        whole = chat(client, client_message_id="m1")
        assert sum(len(event.data["text"]) for event in whole if event.name == "delta") == 6_000_000
        (kept,) = turns._turns.values()
        assert kept.turn.task.done()
        assert kept.turn._readers == 1, "the slow one, whom the server does not send more than the network takes"
        received = b"".join(iter(lambda: slow.recv(2**20), b""))
        assert received.count(b"event: delta") == 60
        assert b"event: done" in received
    assert len(tutor.asked) == 1


@pytest.mark.parametrize("other", [{"question": "Why not?"}, {"lesson": "rockets"}, {"language": "zh"}, {"position_s": 2}, {"conversation_id": "c1"}])
def test_another_body_under_the_same_id_is_a_conflict(library: Library, tmp_path: Path, other: dict[str, object]) -> None:
    with gated(library, tmp_path) as (tutor, client):
        tutor.let.set()
        body = {"question": "Why?", "client_message_id": "m1"}
        assert client.post("/v1/chat", json=body).status_code == 200
        for door in ("/v1/chat", "/v1/ask"):
            response = client.post(door, json=body | other)
            assert (response.status_code, response.json()["error"]["code"]) == (409, "conflict")
            assert response.json()["error"]["field"] == "client_message_id"
    assert len(tutor.asked) == 1


def test_the_same_question_written_otherwise_is_the_same(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client):
        tutor.let.set()
        for body in (
            b'{"question": "Why?", "client_message_id": "m1", "position_s": 1}',
            b'{"client_message_id":"m1","position_s":1.0,"question":" Why?\\n","lesson":null}',
        ):
            assert client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"}).json()["answer_id"] == "a1"
    assert len(tutor.asked) == 1


def test_two_callers_may_use_the_same_id(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client):
        tutor.let.set()
        assert ask(client, client_message_id="m1").json()["answer_id"] == "a1"
        with browser(str(client.base_url), cookie="c" * 43) as bo:
            assert ask(bo, "Who?", client_message_id="m1").json()["answer_id"] == "a2"
        with browser(str(client.base_url), cookie="") as new:
            answers = [ask(new, "When?", client_message_id="m1").json()["answer_id"] for _ in range(2)]
            assert answers == ["a3", "a3"], "known by the cookie just given"


def test_who_cannot_be_told_from_others_is_answered_anew(library: Library) -> None:
    tutor = Gated()
    tutor.let.set()
    with serving(app_over(library, tutor)) as address, browser(address) as client:
        assert [ask(client, client_message_id="m1").json()["answer_id"] for _ in range(2)] == ["a1", "a2"]


def test_what_failed_is_asked_anew(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client):
        tutor.let.set()
        tutor.fails = RuntimeError("once")
        assert chat(client, client_message_id="m1")[-1].name == "error"
        assert ask(client, client_message_id="m1").status_code == 500
        tutor.fails = None
        assert chat(client, client_message_id="m1", after=1)[0].name == "session"


def test_who_is_forgotten_is_not_answered_from_before(library: Library, tmp_path: Path) -> None:
    with gated(library, tmp_path) as (tutor, client):
        tutor.let.set()
        assert ask(client, client_message_id="m1").json()["answer_id"] == "a1"
        tutor.let.clear()
        with open_chat(client, client_message_id="m2") as events, open_chat(client) as others:
            assert next(events).name == next(others).name == "session"
            assert client.delete("/v1/me").status_code == 204
            for told in (events, others):
                last = list(told)[-1]
                assert (last.name, last.data["error"]["code"]) == ("error", "unavailable")
        tutor.let.set()
        client.cookies.set(COOKIE, "b" * 43)
        assert ask(client, client_message_id="m1").json()["answer_id"] == "a4"


@pytest.mark.parametrize("stream", [False, True])
def test_openais_clients_are_forgotten_likewise(library: Library, tmp_path: Path, stream: bool) -> None:
    body = {"model": "navigator", "stream": stream, "messages": [{"role": "user", "content": GROUNDED}]}
    with gated(library, tmp_path) as (tutor, client), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(client.post, "/v1/chat/completions", json=body)
        while not tutor.asked:
            time.sleep(0.01)
        assert client.delete("/v1/me").status_code == 204
        assert tutor.left.wait(10)
        response = asked.result()
        assert (response.status_code, "ended before it was done" in response.text) == (200 if stream else 503, True)
        assert client.cookies[COOKIE] == "b" * 43, "the stream set it on, as every answer does"


def test_a_turn_under_way_is_not_kept_of_who_is_forgotten_meanwhile(library: Library, tmp_path: Path) -> None:
    with real(library, tmp_path) as client, ThreadPoolExecutor(4) as pool:
        for _ in range(10):
            bodies = [{"question": f"{GROUNDED} {number}", "client_message_id": f"m{number}"} for number in range(3)]
            asked = [pool.submit(client.post, door, json=body) for body in bodies for door in ("/v1/chat", "/v1/ask")]
            asked.append(
                pool.submit(client.post, "/v1/chat/completions", json={"model": "navigator", "messages": [{"role": "user", "content": GROUNDED}]})
            )
            client.delete("/v1/me")
            client.cookies.set(COOKIE, "b" * 43)
            assert {one.result().status_code for one in asked} <= {200, 503}
            client.cookies.set(COOKIE, "b" * 43)
        client.delete("/v1/me")
        assert kept(tmp_path) == 0
    assert kept(tmp_path) == 0


ANSWER = Answer("a", "c", "chat", "Hi.", "en", (), 1.0, (), "extract", "r1", {}, None)
ANNA, BO = Caller(pseudonym="anna"), Caller(pseudonym="bo")


def message(name: str) -> Asked:
    return Asked(question="Why?", client_message_id=name)


async def hundred() -> AsyncGenerator[Told, None]:
    """A turn of a hundred bytes."""
    yield Told(b"x" * 100, ANSWER)


async def done(turns: Turns, caller: Caller, name: str) -> Turn:
    turn = turns.of(message(name), caller, hundred)
    await turn.answer()
    await asyncio.sleep(0)
    return turn


async def test_a_turn_is_forgotten_in_time() -> None:
    turns = Turns(kept_s=0.05)
    turn = await done(turns, ANNA, "m1")
    assert turns.of(message("m1"), ANNA, hundred) is turn
    await asyncio.sleep(0.1)
    assert turns.of(message("m1"), ANNA, hundred) is not turn
    await turns.end()


@pytest.mark.parametrize("turns", [Turns(most=3), Turns(most_bytes=350)])
async def test_the_oldest_go_when_they_are_too_many(turns: Turns) -> None:
    told = [await done(turns, ANNA, f"m{number}") for number in range(5)]
    assert [turns.of(message(f"m{number}"), ANNA, hundred) is told[number] for number in (2, 3, 4)] == [True] * 3
    assert turns.of(message("m1"), ANNA, hundred) is not told[1]
    await turns.end()


async def test_a_turn_under_way_is_not_among_those_that_go() -> None:
    async def waiting() -> AsyncGenerator[Told, None]:
        await asyncio.Event().wait()
        yield Told(b"")

    turns = Turns(most=1)
    under_way = turns.of(message("m"), ANNA, waiting)
    for number in range(3):
        await done(turns, BO, f"m{number}")
    assert turns.of(message("m"), ANNA, hundred) is under_way
    await turns.end()
    assert under_way.task.cancelled()
    with pytest.raises(Refused):
        under_way.check()


async def test_nothing_stays_of_a_turn_without_an_id() -> None:
    turns = Turns()
    for caller in (ANNA, Caller()):
        turn = turns.of(Asked(question="Why?"), caller, hundred)
        assert await turn.answer() == ANSWER
    await asyncio.sleep(0)
    assert not turns._turns
