"""What ends a turn before it is done: a closed page, in time also one that might have come back, and the server's own end."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from chat_rig import browser, open_chat, remembering
from loopback import serving
from small_course import GROUNDED, library_over, publish
from stalling_model import StallingModel

from api.turns import Turns
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.model import Access, open_writer
from tutor.tutor import Tutor

GRACE_S = 1.5


@dataclass(frozen=True)
class School:
    """A server whose tutor writes with a model, a browser of it, and what can be looked at from the outside."""

    client: httpx2.Client
    model: StallingModel
    library: Library
    turns: Turns

    @property
    def reading(self) -> int:
        """How many turns hold the release."""
        assert self.library._held is not None
        return self.library._held.readers

    def left_alone(self) -> bool:
        """Whether nothing of any turn is left."""
        return self.model.closed.is_set() and self.reading == 0 and not [kept for kept in self.turns._turns.values() if not kept.turn.task.done()]


@contextmanager
def school(data: DataFolder, folder: Path, model: StallingModel) -> Iterator[School]:
    with ExitStack() as open_:
        address = open_.enter_context(serving(model.app()))
        library = open_.enter_context(library_over(data))
        tutor, turns = Tutor(library, writer=open_writer(Access("endless", f"{address}/v1"))), Turns(grace_s=GRACE_S)
        served = open_.enter_context(serving(remembering(library, folder / "state.db", tutor=tutor, turns=turns)))
        yield School(open_.enter_context(browser(served)), model, library, turns)


@pytest.fixture
def talking(published: DataFolder, tmp_path: Path) -> Iterator[School]:
    """Its model talks for ever."""
    with school(published, tmp_path, StallingModel()) as opened:
        yield opened


@pytest.fixture
def silent(published: DataFolder, tmp_path: Path) -> Iterator[School]:
    """Its model never says a word."""
    with school(published, tmp_path, StallingModel(silent=True)) as opened:
        yield opened


def soon(school: School, within_s: float = 10.0) -> float:
    """Waits until nothing is left of any turn; the seconds that it took."""
    began = time.monotonic()
    while not school.left_alone():
        assert time.monotonic() < began + within_s, "a turn is still under way"
        time.sleep(0.01)
    return time.monotonic() - began


def until_written(school: School) -> None:
    """Waits until the model is in the middle of its answer."""
    until = time.monotonic() + 10
    while school.model.sentences < 3:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_closed_page_ends_the_turn_and_the_model_s_request_at_once(talking: School) -> None:
    with open_chat(talking.client, GROUNDED) as events:
        assert [next(events).name for _ in range(3)] == ["session", "sources", "delta"]
        until_written(talking)
        assert talking.reading == 1
    assert soon(talking) < GRACE_S
    told = talking.model.sentences
    time.sleep(0.1)
    assert talking.model.sentences == told


def test_a_closed_page_ends_a_turn_that_the_model_keeps_waiting(silent: School) -> None:
    with open_chat(silent.client, GROUNDED) as events:
        assert next(events).name == "session"
        while not silent.model.asked:
            time.sleep(0.01)
    assert soon(silent) < GRACE_S


def test_with_a_message_id_a_lost_connection_may_come_back(talking: School) -> None:
    with open_chat(talking.client, GROUNDED, client_message_id="m1") as events:
        until_written(talking)
        last = next(events)
    with open_chat(talking.client, GROUNDED, client_message_id="m1", after=last.id) as events:
        assert next(events).id == 1
        time.sleep(GRACE_S)
        assert talking.model.asked == 1
        assert not talking.model.closed.is_set()
    assert GRACE_S * 0.8 < soon(talking) < GRACE_S + 1


def test_after_the_grace_the_message_is_asked_anew(talking: School) -> None:
    with open_chat(talking.client, GROUNDED, client_message_id="m1") as events:
        first = next(events)
        until_written(talking)
    soon(talking)
    with open_chat(talking.client, GROUNDED, client_message_id="m1", after=first.id) as events:
        assert next(events).name == "session"
        while talking.model.asked < 2:
            time.sleep(0.01)


@pytest.mark.parametrize(
    ("door", "request_body", "kept"),
    [
        ("/v1/ask", {"question": GROUNDED}, False),
        ("/v1/ask", {"question": GROUNDED, "client_message_id": "m1"}, True),
        ("/v1/chat/completions", {"model": "navigator", "messages": [{"role": "user", "content": GROUNDED}]}, False),
    ],
)
def test_whoever_hangs_up_on_an_answer_as_a_whole_is_not_answered_either(talking: School, door: str, request_body: object, kept: bool) -> None:
    body = json.dumps(request_body).encode()
    with socket.create_connection((talking.client.base_url.host, talking.client.base_url.port or 80)) as hanging:
        head = f"POST {door} HTTP/1.1\r\nHost: x\r\nCookie: navigator_caller={'b' * 43}\r\nContent-Type: application/json\r\n"
        hanging.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        until_written(talking)
        assert talking.reading == 1
    assert (soon(talking) > GRACE_S / 2) == kept


def test_one_of_two_readers_may_go(talking: School) -> None:
    with open_chat(talking.client, GROUNDED, client_message_id="m1") as one:
        with open_chat(talking.client, GROUNDED, client_message_id="m1") as other:
            assert next(one).name == next(other).name == "session"
            until_written(talking)
        time.sleep(GRACE_S + 0.1)
        assert talking.reading == 1
        assert next(one).name == "sources"
    soon(talking)


def test_publishing_while_a_stream_is_open_neither_breaks_nor_mixes_it(data: DataFolder, course: Path, tmp_path: Path) -> None:
    first = publish(data, course)
    model = StallingModel()
    with school(data, tmp_path, model) as here, open_chat(here.client, GROUNDED) as events:
        session = next(events)
        until_written(here)
        (course / "rockets.en.md").write_text(
            "---\nid: rockets.en\nlanguage: en\ntitle: Rockets\n---\nRockets drop their empty stages into the sea.\n"
        )
        second = publish(data, course)
        while here.client.get("/readyz").json()["release"] != second:
            time.sleep(0.02)
        told = [next(events) for _ in range(2)]
        assert session.data["release"] == first
        assert [event.name for event in told] == ["sources", "delta"]
        assert "less mass is easier to speed up" in told[1].data["text"]
        with open_chat(here.client, GROUNDED) as others:
            assert next(others).data["release"] == second
            assert "into the sea" in next(event for event in others if event.name == "delta").data["text"]
