"""`navigator demo`: a real process that serves the course player, and one line when it cannot."""

import json
import signal
import socket
from pathlib import Path

import httpx2
import pytest
from command_line import CommandLine, running

from api.tokens import KeyRing, Page, Tokens
from api.tokens.keys import Alg
from api.tokens.signing import new_jwk

LESSON = "---\nid: rockets.en\nlesson: rockets\ntitle: How rockets work\nlanguage: en\n---\nRockets throw gas backwards.\n"


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "lessons").mkdir(parents=True)
    (folder / "course.yaml").write_text("course: space-1\n", encoding="utf-8")
    (folder / "lessons" / "rockets.en.md").write_text(LESSON, encoding="utf-8")
    return folder


def test_it_serves_the_lessons_tells_which_it_cannot_and_ends_on_sigterm(tmp_path: Path, course: Path) -> None:
    (course / "lessons" / "broken.md").write_text("---\ntitle: never closed\n", encoding="utf-8")
    with running(tmp_path, "demo", "--port", "0", "--course", course, "--api", "http://127.0.0.1:9/") as server:
        origin = server.said(r"The course player is at (http://127\.0\.0\.1:\d+) .*with the tutor of http://127\.0\.0\.1:9$")[1]
        server.said(r"navigator: '.*broken\.md' cannot be read \(.*\): this lesson is not shown")
        with httpx2.Client(base_url=origin, trust_env=False, transport=httpx2.HTTPTransport(retries=5)) as client:
            page = client.get("/", params={"doc": "rockets.en"})
            assert "Rockets throw gas backwards." in page.text
            assert 'src="http://127.0.0.1:9/widget.js"' in page.text
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=5) == 0
        assert server.lines[-1] == "Stopped."


def test_a_folder_that_is_no_course_is_one_line(navigator: CommandLine) -> None:
    assert "'content' is no course" in navigator("demo").failure


def test_a_port_that_is_taken_is_one_line(navigator: CommandLine, course: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"127.0.0.1:{port} cannot be listened on" in navigator("demo", "--port", port, "--course", course).failure


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_an_address_that_no_browser_opens_is_one_line(navigator: CommandLine, course: Path, host: str) -> None:
    assert "give --host the one address" in navigator("demo", "--host", host, "--course", course).failure


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({}, "navigator tokens new-key --tenant SCHOOL"),
        ({"TOKEN_KEYS": "nowhere.json"}, "the token keys 'nowhere.json' cannot be read"),
        ({"TOKEN_KEYS": '{"keys": []}'}, "nothing can be signed: navigator tokens new-key"),
    ],
)
def test_without_a_key_to_sign_with_one_line_names_the_command(navigator: CommandLine, course: Path, keys: dict[str, str], told: str) -> None:
    navigator.set(AUTH="token", **keys)
    assert told in navigator("demo", "--port", "0", "--course", course).failure


@pytest.mark.parametrize("alg", ["EdDSA", "HS256"])
def test_it_signs_what_the_tutor_lets_in_and_says_that_it_must_know_these_pages(tmp_path: Path, course: Path, alg: Alg) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": [new_jwk("a", "blue-sky", alg)]}), encoding="utf-8")
    settings = {"AUTH": "token", "TOKEN_KEYS": str(keys)}
    with running(tmp_path, "demo", "--port", "0", "--course", course, "--token-life", "60", settings=settings) as server:
        origin = server.said(r"NAVIGATOR_ALLOWED_ORIGINS=(http://\S+)$")[1]
        with httpx2.Client(base_url=origin, trust_env=False, transport=httpx2.HTTPTransport(retries=5)) as client:
            page = client.get("/", params={"doc": "rockets.en"}).text
    claims = Tokens(KeyRing(str(keys))).checked(page.split('data-token="')[1].split('"')[0], Page(origin))
    assert (claims.iss, claims.lesson, claims.course, claims.exp - claims.iat) == ("blue-sky", "rockets", "space-1", 60)


@pytest.mark.parametrize("api", ["127.0.0.1:8000", "ftp://x", "http://x/v1", "http://x; script-src *", "http://user@x", "http://x\n", ""])
def test_an_api_that_is_no_origin_is_a_usage_error(navigator: CommandLine, api: str) -> None:
    assert navigator("demo", "--api", api).status == 2
