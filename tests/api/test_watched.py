"""Requests watched: their ids, their lines in the log, what is counted of them; hostile names and headers change no line."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from loopback import serving
from small_course import app_over, client_over, library_over
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp

from api import Served, Watched
from api.watched import current_route, of_tenant, request_fields
from knowledge_base.release.layout import DataFolder

SECRET = "What do I do about my secret?"
MADE = re.compile(r"[0-9a-f]{16}")


@dataclass
class Noted:
    """Notes what it is told."""

    requests: list[Served] = field(default_factory=list)
    open: list[int] = field(default_factory=list)

    def served(self, request: Served) -> None:
        self.requests.append(request)

    def streaming(self, change: int) -> None:
        self.open.append(change)


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def app(published: DataFolder) -> Iterator[FastAPI]:
    """The app over the course, with a door that streams, one that fails and one that logs."""
    with library_over(published) as library:
        app = app_over(library)

        @app.get("/stream")
        async def stream() -> StreamingResponse:
            async def events() -> AsyncIterator[str]:
                yield f"data: {current_route()}\n\n"

            return StreamingResponse(events(), media_type="text/event-stream")

        @app.get("/fails/{what}")
        async def fails(what: str, request: Request) -> None:
            of_tenant(request.scope, "school-1")
            raise RuntimeError(f"nobody thought of {len(what)}")

        yield app


@pytest.fixture
def client(app: FastAPI, noted: Noted) -> Iterator[TestClient]:
    with TestClient(Watched(app, noted), follow_redirects=False) as client:
        yield client


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "api.watched" and record.levelno >= logging.INFO]


def test_a_request_is_one_line_and_counted_by_its_route(client: TestClient, noted: Noted, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answer = client.get("/v1/passages/anna@example.org", params={"q": SECRET}, headers={"Cookie": "navigator_caller=hush"})
    assert answer.status_code == 404
    assert MADE.fullmatch(answer.headers["X-Request-Id"])
    [line] = lines(caplog)
    assert re.fullmatch(r"GET /v1/passages/\{passage_id\} 404 in \d+\.\d ms", line)
    [record] = [record for record in caplog.records if record.name == "api.watched"]
    assert (record.method, record.route, record.status) == ("GET", "/v1/passages/{passage_id}", 404)  # type: ignore[attr-defined]
    [served] = noted.requests
    assert (served.method, served.route, served.status) == ("GET", "/v1/passages/{passage_id}", 404)
    assert 0 < served.seconds < 10


@pytest.mark.parametrize(
    ("path", "route"), [("/demo/demo.js", "/demo/*"), ("/demo", "/demo"), ("/nowhere/anna", "none"), ("/%0a2026 INFO all is well", "none")]
)
def test_pages_and_what_is_nowhere_have_few_names(client: TestClient, noted: Noted, path: str, route: str) -> None:
    client.get(path)
    assert [served.route for served in noted.requests] == [route]


def test_methods_that_callers_make_up_have_one_name(client: TestClient, noted: Noted) -> None:
    for method in ("ANNA", "BREW", "PURGE"):
        client.request(method, "/v1/ask")
    assert {served.method for served in noted.requests} == {"OTHER"}


def test_probes_that_go_well_are_counted_and_not_told(client: TestClient, noted: Noted, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert client.get("/healthz").headers["X-Request-Id"]
    assert lines(caplog) == []
    assert len(noted.requests) == 1


def test_a_failure_is_told_with_its_request_and_its_tenant(client: TestClient, noted: Noted, caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []

    def note(_record: logging.LogRecord) -> bool:
        said.append(request_fields().get("request", "none"))
        return True

    caplog.handler.addFilter(note)
    answer = client.get("/fails/anna")
    caplog.handler.removeFilter(note)
    assert answer.status_code == 500
    assert set(said) == {answer.headers["X-Request-Id"]}
    assert noted.requests[0].status == 500


def test_a_line_names_the_tenant(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/fails/anna")
    assert lines(caplog)[-1].endswith(" for school-1")


def test_a_stream_is_open_until_it_ends(client: TestClient, noted: Noted) -> None:
    assert client.get("/stream").text == "data: /stream\n\n"
    assert noted.open == [1, -1]
    client.get("/healthz")
    assert noted.open == [1, -1]


def through_proxy(app: ASGIApp) -> TestClient:
    """A client whose address a proxy has told."""
    return TestClient(app, client=("203.0.113.7", 0))


@pytest.mark.parametrize(
    "given",
    ["short", "x" * 65, "has spaces in it", "sl/ash-sl/ash", "\x1b[31mred-red", "-leading-dash", "umlaut-ümlaut", "1234567;8", ""],
)
def test_an_id_that_is_not_harmless_is_not_taken_even_from_a_proxy(app: FastAPI, noted: Noted, given: str) -> None:
    with through_proxy(Watched(app, noted)) as client:
        answer = client.get("/healthz", headers={b"X-Request-Id": given.encode()})
    assert MADE.fullmatch(answer.headers["X-Request-Id"])


def test_an_id_is_taken_from_a_proxy_only(app: FastAPI, noted: Noted, client: TestClient) -> None:
    given = {"X-Request-Id": "from-the-proxy.1", "X-Forwarded-For": "203.0.113.7"}
    assert MADE.fullmatch(client.get("/healthz", headers=given).headers["X-Request-Id"])
    with through_proxy(Watched(app, noted)) as proxied:
        assert proxied.get("/healthz", headers=given).headers["X-Request-Id"] == "from-the-proxy.1"


def test_over_a_real_connection_every_answer_has_an_id_of_its_own(app: FastAPI, noted: Noted) -> None:
    with serving(Watched(app, noted)) as address, httpx2.Client(base_url=address) as client:
        ids = {client.get(path).headers["X-Request-Id"] for path in ("/healthz", "/v1/lesson", "/fails/x", "/stream", "/demo/demo.css")}
        ids.add(client.post("/v1/ask", content=b"{").headers["X-Request-Id"])
        ids.add(client.post("/v1/ask", content=b"x" * 70_000).headers["X-Request-Id"])
    assert len(ids) == 7


def test_outside_of_a_request_nothing_is_said_of_one(published: DataFolder) -> None:
    assert (request_fields(), current_route()) == ({}, None)
    with client_over(published) as client:
        assert "X-Request-Id" not in client.get("/healthz").headers
