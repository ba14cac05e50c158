"""What a running Navigator remembers: kept over a restart, blanked when passages are pruned, and never in the way of an answer."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from command_line import STAGES, CommandLine, Server, publish, serving, write_course
from pydantic import SecretStr

from navigator import wiring
from navigator.settings import Settings
from tutor.errors import MemoryUnavailable


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


def kept(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "state.db")) as connection:
        return connection.execute(query).fetchall()


def stop(server: Server, number: signal.Signals) -> None:
    server.process.send_signal(number)
    server.process.wait(timeout=30)


def judged(client: httpx2.Client, answer_id: str) -> int:
    return client.post("/v1/feedback", json={"answer_id": answer_id, "helpful": True}).status_code


def test_what_was_asked_last_is_kept_when_the_server_is_stopped_and_is_the_caller_s_afterwards(tmp_path: Path) -> None:
    publish(tmp_path / "data", write_course(tmp_path / "course"))
    with serving(tmp_path) as server, server.client() as client:
        answer_id = client.post("/v1/ask", json={"question": STAGES}).json()["answer_id"]
        cookies = client.cookies
        stop(server, signal.SIGINT)
    assert (tmp_path / "data" / "pseudonym.key").stat().st_mode & 0o777 == 0o600
    assert kept(tmp_path / "data", "SELECT answer_id, question FROM answers") == [(answer_id, STAGES)]
    with serving(tmp_path) as server, server.client() as client:
        assert judged(client, answer_id) == 404
        client.cookies = cookies
        assert judged(client, answer_id) == 200
        client.post("/v1/ask", json={"question": STAGES})
        stop(server, signal.SIGTERM)
    assert kept(tmp_path / "data", "SELECT count(*), count(DISTINCT caller) FROM answers") == [(2, 1)]


def test_a_database_that_is_not_there_is_told_and_stops_no_answer(tmp_path: Path) -> None:
    publish(tmp_path / "data", write_course(tmp_path / "course"))
    with serving(tmp_path, DATABASE_URL="postgresql://app:hush@127.0.0.1:1/none") as server, server.client() as client:
        assert client.post("/v1/ask", json={"question": STAGES}).json()["kind"] == "grounded"
        server.said("conversations are not kept: .*NAVIGATOR_DATABASE_URL")
        assert client.delete("/v1/me").status_code == 503
        assert not any("hush" in line for line in server.lines)


def test_no_log_holds_what_was_searched_for_or_who_did(tmp_path: Path) -> None:
    publish(tmp_path / "data", write_course(tmp_path / "course"))
    with serving(tmp_path) as server, server.client() as client:
        assert client.get("/v1/search", params={"q": "stages 13812345678"}).status_code == 200
        assert client.get("/v1/search", params={"q": "13812345678", "k": 99}).status_code == 422
        assert client.post("/v1/ask", json={"question": "I want to kill myself, ZQXWORD"}).json()["kind"] == "blocked"
        server.said("a message was blocked: concern=self-harm language=en")
        stop(server, signal.SIGINT)
    assert not [line for line in server.lines for word in ("13812345678", "ZQXWORD", "kill", "search?", "q=") if word in line]


def test_an_address_that_is_none_is_told_without_the_password() -> None:
    with pytest.raises(MemoryUnavailable, match="NAVIGATOR_DATABASE_URL is no address") as refused:
        wiring.store(Settings(database_url=SecretStr("postgresql://app:hush@127.0.0.1:port/none")))
    assert "hush" not in str(refused.value)


def test_pruning_blanks_what_was_quoted_of_passages_that_are_gone(navigator: CommandLine, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    publish(navigator.data, course)
    with serving(tmp_path) as server, server.client() as client:
        for question in (STAGES, "Why does Moon dust stick to everything?"):
            assert client.post("/v1/ask", json={"question": question}).json()["kind"] == "grounded"
        stop(server, signal.SIGINT)
    (course / "moon.md").unlink()
    publish(navigator.data, course)
    quotes = "SELECT doc_id, quote = '', answer = '' FROM answers JOIN citations USING (answer_id) ORDER BY doc_id"
    assert kept(navigator.data, quotes) == [("moon.md", 0, 0), ("rockets.en", 0, 0)]
    assert navigator("releases", "prune", "--keep", 1).status == 0
    assert kept(navigator.data, quotes) == [("moon.md", 1, 1), ("rockets.en", 0, 0)]
    for name in ("state.db", "state.db-wal"):
        if (navigator.data / name).exists():
            assert b"sunlight charges its grains" not in (navigator.data / name).read_bytes()


def test_the_command_line_remembers_nobody(navigator: CommandLine, tmp_path: Path) -> None:
    publish(navigator.data, write_course(tmp_path / "course"))
    assert navigator("ask", STAGES).status == 0
    assert navigator("releases", "prune", "--keep", 1).status == 0
    assert not (navigator.data / "state.db").exists()
    assert not (navigator.data / "pseudonym.key").exists()
