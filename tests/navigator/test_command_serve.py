"""`navigator serve`: a real process that answers over HTTP, says in one line why it cannot, and goes without leaving anything."""

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import BROKEN, PAINTER, STAGES, CommandLine, OtherEmbedder, Server, publish, serving, write_course
from pydantic import SecretStr

from navigator.server import address_of, check_access
from navigator.settings import Settings


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that ingested its course itself, since nothing was published."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, "--course", write_course(folder / "course", broken=BROKEN)) as server:
        yield server


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    terminating = signal.getsignal(signal.SIGTERM)
    yield CommandLine(tmp_path, monkeypatch, capsys)
    signal.signal(signal.SIGTERM, terminating)


def test_it_ingests_the_course_when_nothing_is_published_and_tells_its_problems(server: Server) -> None:
    server.said("Navigator is at ")
    assert "broken.md:1: the front matter is opened by --- and never closed" in server.lines
    assert any(line.startswith("embedding: ") for line in server.lines)
    assert not any("has changed" in line for line in server.lines)


def test_it_is_healthy_and_ready(server: Server) -> None:
    with server.client() as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        assert ready.json()["release"] == client.get("/v1/search", params={"q": "stages"}).json()["release"]


def test_an_answer_is_sent_whole_at_once(server: Server) -> None:
    """A second packet held back until the first is acknowledged makes every answer on an open connection 40 ms late."""
    taken = []
    with server.client() as client:
        for _ in range(30):
            started = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            taken.append(time.perf_counter() - started)
    assert min(taken[10:]) < 0.035


def test_it_answers_and_refuses(server: Server) -> None:
    with server.client() as client:
        answer = client.post("/v1/ask", json={"question": STAGES}).json()
        assert (answer["kind"], answer["citations"][0]["doc_id"]) == ("grounded", "rockets.en")
        assert "less mass is easier to speed up. [1]" in answer["answer"]
        assert client.post("/v1/ask", json={"question": "火箭为什么要分级？"}).json()["language"] == "zh"
        assert client.post("/v1/ask", json={"question": PAINTER}).json()["kind"] == "refused"


def test_it_searches(server: Server) -> None:
    with server.client() as client:
        found = client.get("/v1/search", params={"q": "dust on the Moon", "k": 2}).json()
        assert found["hits"][0]["doc_id"] == "moon.md"
        assert len(found["hits"]) == 2


def test_it_shows_the_demo_page(server: Server) -> None:
    with server.client() as client:
        page = client.get("/demo")
        assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")


def test_one_question_gets_one_answer_over_http_and_on_the_command_line(server: Server, navigator: CommandLine, tmp_path: Path) -> None:
    navigator.set(DATA_DIR=str(tmp_path / "same"))
    publish(tmp_path / "same", write_course(tmp_path / "course"))
    here = navigator("ask", STAGES, "--json").json
    with server.client() as client:
        there = client.post("/v1/ask", json={"question": STAGES}).json()
    own = {"answer_id", "conversation_id", "release", "timings_ms", "confidence"}
    assert {key: here[key] for key in here.keys() - own - {"citations"}} == {key: there[key] for key in there.keys() - own - {"citations"}}
    assert [citation["quote"] for citation in here["citations"]] == [citation["quote"] for citation in there["citations"]]


def test_it_tells_what_changed_and_ends_on_sigterm_without_leaving_a_copy(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    publish(tmp_path / "data", course)
    (course / "moon.md").write_text("The Moon is grey.\n", encoding="utf-8")
    (course / "mars[1].md").write_text("Mars is red.\n", encoding="utf-8")
    with serving(tmp_path, "--course", course) as server, server.client() as client:
        assert client.get("/readyz").status_code == 200
        server.said("has changed since it was published")
        server.said(r"added +1 +mars\[1\]\.md")
        server.said(r"changed +1 +moon\.md")
        server.said(r"To publish: .*navigator ingest ")
        assert client.post("/v1/ask", json={"question": STAGES}).json()["kind"] == "grounded", "served as published meanwhile"
        assert any(copy.is_dir() for copy in (tmp_path / "data" / "open").iterdir())
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=5) == 0
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""
    assert list((tmp_path / "data" / "open").iterdir()) == []
    assert server.lines[-1] == "Stopped."
    assert not any("Traceback" in line for line in server.lines)


def test_without_a_release_it_runs_and_says_what_to_do_until_one_is_published(tmp_path: Path) -> None:
    with serving(tmp_path) as server, server.client() as client:
        server.said("navigator: no release is published yet: run navigator ingest")
        unready = client.get("/readyz")
        assert unready.status_code == 503
        assert "navigator ingest" in unready.json()["error"]["message"]
        publish(tmp_path / "data", write_course(tmp_path / "course"))
        assert client.post("/v1/ask", json={"question": STAGES}).json()["kind"] == "grounded"
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=5) == 0
    assert list((tmp_path / "data" / "open").iterdir()) == []


def test_a_port_that_is_taken_is_one_line(navigator: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failure = navigator("serve", "--port", port).failure
    assert f"127.0.0.1:{port} cannot be listened on" in failure
    assert "--port" in failure


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "navigator.example", ""])
def test_any_host_but_this_machine_is_refused_in_one_line(navigator: CommandLine, host: str) -> None:
    failure = navigator("serve", "--host", host, "--port", 0).failure
    assert repr(host) in failure
    assert "NAVIGATOR_HOST=127.0.0.1" in failure


KEYS = {"AUTH": "token", "TOKEN_KEYS": "keys.json"}


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({}, "AUTH=token, NAVIGATOR_TOKEN_KEYS, NAVIGATOR_STAFF_TOKEN"),
        (KEYS, "NAVIGATOR_STAFF_TOKEN"),
        ({"AUTH": "token", "STAFF_TOKEN": "s" * 16}, "NAVIGATOR_TOKEN_KEYS"),
        ({"TOKEN_KEYS": "keys.json", "STAFF_TOKEN": "s" * 16}, "NAVIGATOR_AUTH=token"),
    ],
)
def test_other_machines_are_served_only_with_keys_and_a_staff_token(navigator: CommandLine, settings: dict[str, str], missing: str) -> None:
    navigator.set(HOST="0.0.0.0", **settings)
    failure = navigator("serve", "--port", 0).failure
    assert f"set {'' if missing.startswith('NAVIGATOR') else 'NAVIGATOR_'}{missing} (docs/tokens.md)" in failure


def test_what_is_wrong_with_the_keys_is_one_line_before_anything_is_opened(navigator: CommandLine, tmp_path: Path) -> None:
    navigator.set(AUTH="token")
    assert "navigator tokens new-key" in navigator("serve", "--port", 0).failure
    for text in (None, "", "{", '{"keys": []}', '{"keys": [{"kid": "a", "tenant": "b", "alg": "HS256", "kty": "oct", "k": "hush"}]}'):
        if text is not None:
            (tmp_path / "keys.json").write_text(text, encoding="utf-8")
        navigator.set(TOKEN_KEYS="keys.json")
        failure = navigator("serve", "--port", 0).failure
        assert "token key" in failure
        assert "hush" not in failure
    assert not navigator.data.exists()


def test_with_keys_and_a_staff_token_other_machines_are_served() -> None:
    check_access(Settings(host="0.0.0.0", auth="token", token_keys=SecretStr("keys.json"), staff_token=SecretStr("s" * 16)))


def test_a_server_that_asks_for_tokens_takes_new_keys_while_it_runs(navigator: CommandLine, tmp_path: Path) -> None:
    publish(navigator.data, write_course(tmp_path / "course"))

    def new_token() -> str:
        assert navigator("tokens", "new-key", "--tenant", "school", "--into", "host.json", "--public", "server.json").status == 0
        return navigator("tokens", "make", "--keys", "host.json", "--tenant", "school", "--sub", "anna").out.strip()

    first = new_token()
    with serving(tmp_path, AUTH="token", TOKEN_KEYS="server.json") as server, server.client() as client:

        def status(token: str, **headers: str) -> int:
            headers |= {"Authorization": f"Bearer {token}"}
            return client.post("/v1/ask", json={"question": STAGES}, headers=headers).status_code

        assert [status(first), status("none"), status(first, Origin="https://evil.example")] == [200, 401, 403]
        assert client.get("/demo", headers={"Host": "tutor.example"}).status_code == 200
        assert status(new_token()) == 200
        kid = navigator("tokens", "list", "--keys", "server.json", "--json").json["keys"][0]["kid"]
        assert navigator("tokens", "retire", kid, "--keys", "server.json").status == 0
        assert status(first) == 401
        assert not any(first in line or "evil" in line for line in server.lines)


def test_with_open_doors_a_stranger_s_name_or_page_is_refused(server: Server) -> None:
    with server.client() as client:
        assert client.get("/demo", headers={"Host": "evil.example"}).status_code == 403
        assert client.post("/v1/ask", json={"question": STAGES}, headers={"Origin": "https://evil.example"}).status_code == 403
        assert client.post("/v1/ask", json={"question": STAGES}, headers={"Origin": "http://127.0.0.1:8001"}).status_code == 200


def test_the_host_of_the_settings_is_refused_alike(navigator: CommandLine) -> None:
    navigator.set(HOST="0.0.0.0")
    assert "'0.0.0.0'" in navigator("serve", "--port", 0).failure


def test_a_webhook_without_a_token_is_one_line(navigator: CommandLine) -> None:
    navigator.set(BOT_WEBHOOK_URL="https://tutor.example/telegram/updates")
    assert "NAVIGATOR_TELEGRAM_TOKEN" in navigator("serve", "--port", "0").failure


def test_a_data_folder_that_cannot_be_written_is_one_line(navigator: CommandLine) -> None:
    navigator.data.write_text("in the way", encoding="utf-8")
    failure = navigator("serve", "--port", 0).failure
    assert "cannot be written" in failure
    assert "NAVIGATOR_DATA_DIR" in failure


def test_a_course_that_is_not_there_is_one_line(navigator: CommandLine, tmp_path: Path) -> None:
    assert "does not exist" in navigator("serve", "--port", 0, "--course", tmp_path / "nowhere").failure


@pytest.mark.parametrize("arguments", [("--port", "70000"), ("--port", "-1"), ("--port", "x"), ("extra",)])
def test_wrong_usage_exits_with_two(navigator: CommandLine, arguments: tuple[str, ...]) -> None:
    assert navigator("serve", *arguments).status == 2


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "http://127.0.0.1:8000"), ("localhost", "http://localhost:8000"), ("::1", "http://[::1]:8000")]
)
def test_the_address_shown_is_one_that_a_browser_opens(host: str, address: str) -> None:
    assert address_of(host, 8000) == address


def test_a_model_that_is_not_prepared_is_told_after_opening(navigator: CommandLine, tmp_path: Path) -> None:
    publish(navigator.data, write_course(tmp_path / "course"), OtherEmbedder)
    navigator.set(EMBEDDER="multilingual-e5-small")
    ran = navigator("serve", "--port", 0)
    assert ran.status == 1
    assert ran.err.splitlines()[-1].endswith("run navigator doctor --prepare")
