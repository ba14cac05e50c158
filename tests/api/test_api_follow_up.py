"""POST /v1/ask, asked on: a conversation goes on for the browser that holds it, and for no other, until it is erased."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from small_course import doors_over

from api import create_app
from knowledge_base.library import Library
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor

HEAVY = "And how heavy was it?"


@pytest.fixture
def anna(two_missions: Library, tmp_path: Path) -> Iterator[TestClient]:
    """A browser that keeps its cookies."""
    store = SqlStore(sqlite(tmp_path / "state.db"))
    memory = Memory(store, Pseudonyms(b"k" * 32), two_missions, retention=dt.timedelta(days=30))
    app = create_app(doors_over(two_missions, Tutor(two_missions, memory=memory), memory=memory))
    with TestClient(app) as client:
        yield client


def ask(client: TestClient, question: str, conversation: str | None = None) -> tuple[str, str]:
    """The answer and its conversation."""
    answer = client.post("/v1/ask", json={"question": question, "conversation_id": conversation}).json()
    return answer["answer"], answer["conversation_id"]


def test_a_follow_up_is_answered_within_its_conversation(anna: TestClient) -> None:
    _launched, conversation = ask(anna, "When was Chang'e-5 launched?")
    assert ask(anna, HEAVY, conversation) == ("The mass of Chang'e-5 was 8,200 kg. [1]", conversation)
    assert "3 May 2024" in ask(anna, "When was Chang'e-6 launched?", conversation)[0]
    assert "8,350" in ask(anna, "那它的质量是多少？", conversation)[0]
    assert "8,200" in ask(anna, "and Chang'e-5?", conversation)[0]


def test_it_is_not_answered_outside_of_it_nor_after_it_was_erased(anna: TestClient) -> None:
    _launched, conversation = ask(anna, "When was Chang'e-5 launched?")
    assert "8,200" not in ask(anna, HEAVY)[0]
    kept = anna.cookies["navigator_caller"]
    anna.cookies.clear()
    assert anna.post("/v1/ask", json={"question": HEAVY, "conversation_id": conversation}).status_code == 404, "another browser's"
    anna.cookies.set("navigator_caller", kept)
    assert "8,200" in ask(anna, HEAVY, conversation)[0]
    ask(anna, "When was Chang'e-5 launched?", conversation)
    assert anna.delete("/v1/me", headers={"cookie": f"navigator_caller={kept}"}).status_code == 204
    anna.cookies.set("navigator_caller", kept)
    assert "8,200" not in ask(anna, HEAVY, conversation)[0]
