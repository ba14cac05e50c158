"""Every error has one shape, every response the same headers, and the document tells of them all."""

import logging
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from small_course import VERSION, client_over

from knowledge_base.release.layout import DataFolder
from tutor.types import Answer, Event, Final, Question

SECRET = "the database password"

# Of every route for students: no token or a bad one, a page that may not ask, and too many questions or wrong tokens.
WHO_ASKS = {"401", "403", "429"}
# Every route with the statuses of the errors that the document tells of, those aside.
ERRORS = {
    "POST /v1/ask": "400 404 409 413 415 422 500 503",
    "POST /v1/chat": "400 404 409 413 415 422 500 503",
    "POST /v1/feedback": "400 404 413 415 422 500 503",
    "DELETE /v1/me": "500 503",
    "GET /v1/search": "422 500 503",
    "GET /v1/passages/{passage_id}": "404 410 422 500 503",
    "POST /v1/chat/completions": "400 404 413 415 422 500 503",
    "GET /v1/models": "500",
    "GET /v1/models/{model}": "404 422 500",
    "GET /v1/lessons": "422 500 503",
    "GET /v1/lessons/{lesson}": "404 422 500 503",
    "GET /v1/missions": "422 500 503",
    "GET /v1/lessons/{lesson}/checks": "404 422 500 503",
    "GET /v1/checks/{check_id}/hint": "404 422 500 503",
    "POST /v1/checks/{check_id}/mark": "400 404 413 415 422 500 503",
    "GET /healthz": "",
    "GET /readyz": "500 503",
    "GET /v1/documents": "401 429 500 503",
    "POST /v1/documents": "401 409 413 422 429 500 503",
    "DELETE /v1/documents/{doc_id}": "401 404 409 422 429 500 503",
    "DELETE /v1/withdrawals/{doc_id}": "401 404 409 422 429 500 503",
    "GET /v1/jobs/{job_id}": "401 404 422 429 500 503",
    "DELETE /v1/jobs/{job_id}": "401 404 409 422 429 500 503",
    "POST /v1/jobs": "401 409 429 500 503",
    "GET /v1/releases": "401 429 500 503",
    "POST /v1/releases/rollback": "401 409 422 429 500 503",
    "POST /v1/releases/{release_id}/publish": "401 404 409 422 429 500 503",
    "GET /v1/releases/{before}/diff/{after}": "401 404 422 429 500 503",
    "GET /v1/gaps": "401 429 500 503",
    "GET /v1/feedback": "401 429 500 503",
}


class Breaking:
    """A tutor that nobody foresaw."""

    async def ask(self, _question: Question) -> Answer:
        raise RuntimeError(SECRET)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        yield Final(await self.ask(question))


def test_routes_are_those_that_are_built_and_no_others(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    routes = [f"{method.upper()} {path}" for path, operations in document["paths"].items() for method in operations]
    assert sorted(routes) == sorted(ERRORS)
    assert document["info"]["version"] == VERSION
    assert client.get("/docs").status_code == 200


def for_students(document: dict[str, Any], route: str) -> set[str]:
    method, path = route.lower().split()
    tags = document["paths"][path][method]["tags"]
    return WHO_ASKS if path.startswith("/v1/") and tags != ["staff"] else set()


def test_the_document_gives_every_error_its_shape_and_an_example(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    declared = {
        f"{method.upper()} {path}": {status: response for status, response in operation["responses"].items() if status >= "400"}
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    assert {route: " ".join(sorted(set(errors) - for_students(document, route))) for route, errors in declared.items()} == ERRORS
    assert all(for_students(document, route) <= set(errors) for route, errors in declared.items())
    for error in (error for errors in declared.values() for error in errors.values()):
        content = error["content"]["application/json"]
        assert content["schema"] == {"$ref": "#/components/schemas/ErrorBody"}
        assert set(content["example"]["error"]) == {"code", "message"}
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert document["components"]["schemas"]["Asked"]["examples"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/v1",
        "/v1/ask/",
        "/v1/chat/",
        "/v1/passages/",
        "/v1/passages/a/b",
        "/redoc",
        "/metrics",
        "/demo/",
        "/demo/nothing.js",
        "/demo/%2e%2e/app.py",
        "/demo/staff/index.html",
        "/staff/",
        "/staff/%2e%2e/demo/demo.js",
        "/favicon.ico",
    ],
)
def test_an_unknown_address_is_not_found(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/ask", "POST"),
        ("GET", "/v1/chat", "POST"),
        ("DELETE", "/v1/search", "GET"),
        ("POST", "/demo/demo.js", "GET, HEAD"),
        ("PUT", "/healthz", "GET"),
    ],
)
def test_a_wrong_method_names_the_right_one(client: TestClient, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert response.headers["Allow"] == allowed


def chunks(count: int) -> Iterator[bytes]:
    yield b'{"question": "'
    for _ in range(count):
        yield b"x" * 1024


def test_a_body_over_64_kb_is_refused_by_its_announced_length(server: str) -> None:
    for size in (64 * 1024 + 1, 5_000_000):
        response = httpx2.post(f"{server}/v1/ask", content=b" " * size, headers={"Content-Type": "application/json"}, trust_env=False)
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "too_large"


def test_a_body_over_64_kb_is_refused_while_it_is_read(server: str) -> None:
    for count in (64, 5_000):
        response = httpx2.post(f"{server}/v1/ask", content=chunks(count), headers={"Content-Type": "application/json"}, trust_env=False)
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "too_large"


def test_a_body_of_64_kb_is_read(server: str) -> None:
    body = b'{"question": "hello"}'.ljust(64 * 1024)
    response = httpx2.post(f"{server}/v1/ask", content=body, headers={"Content-Type": "application/json"}, trust_env=False)
    assert response.status_code == 200


def test_the_unforeseen_is_logged_and_told_without_detail(published: DataFolder, caplog: pytest.LogCaptureFixture) -> None:
    with client_over(published, tutor=Breaking()) as client, caplog.at_level(logging.ERROR):
        response = client.post("/v1/ask", json={"question": "Why?"})
    assert response.status_code == 500
    assert response.json() == {"error": {"code": "internal", "message": "Something went wrong on our side. Try again in a moment."}}
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert SECRET in caplog.text


@pytest.mark.parametrize("path", ["/", "/demo", "/demo/demo.js", "/docs", "/healthz", "/readyz", "/v1/search?q=rocket", "/v1/search", "/nothing"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_page_may_load_nothing_but_its_own_files(client: TestClient) -> None:
    assert client.get("/").headers["Location"] == "/demo"
    for path in ("/demo", "/demo/index.html", "/demo/demo.css", "/staff", "/staff/staff.js"):
        response = client.get(path)
        assert response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
    page = client.get("/demo").text
    assert "style=" not in page
    assert "<style" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert client.head("/demo").status_code == 200
