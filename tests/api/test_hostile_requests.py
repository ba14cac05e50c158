"""Whatever is sent to whichever route: an answer that the document tells of, errors in the one shape, and never a 500."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from fastapi.testclient import TestClient
from small_course import CALIBRATION, app_over
from staff_rig import BEARER
from whole_app import whole_app

from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder


def documented() -> Any:
    """The document, for which nothing need be published."""
    with closing(Library(DataFolder(Path("nowhere")), HashingEmbedder(), calibration=CALIBRATION)) as library:
        return app_over(library).openapi()


DOCUMENT = documented()
# Every route of it: a new one is tried by itself.
ALL = [(method.upper(), path, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()]
WITH_BODY = [route for route in ALL if "requestBody" in route[2]]
WITH_JSON = [route for route in WITH_BODY if "application/json" in route[2]["requestBody"]["content"]]


def each(routes: list[tuple[str, str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("method", "path", "operation"), [pytest.param(*route, id=f"{route[0]} {route[1]}") for route in routes])


JSON = {"Content-Type": "application/json"}
TEXTS = [
    "\0",
    "a\0b",
    "\u202e\ufeff\ufffe",
    "../../etc/passwd",
    "..%2f..%2fetc",
    "'; DROP TABLE turns; --",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}%s%n",
    "\r\nSet-Cookie: a=b",
    "🚀" * 5_000,
    "x" * 60_000,
    "9" * 5_000,
    "-1",
    "NaN",
    "null",
    "[]",
]
SURROGATE = "%ED%A0%80"  # half a character as an address would carry it
BODIES = [
    b"",
    b"\0",
    b"null",
    b"7",
    b'""',
    b"[]",
    b"{}",
    b"{",
    b"\xff\xfe",
    b"[" * 60_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"question": ' + b"9" * 60_000 + b"}",
    b'{"question": 1e999, "position_s": -1e999}',
    b'{"question": "a", "question": null, "question": ["b"]}',
    rb'{"question": "\ud800", "answer_id": "\ud800", "reply": "\udfff", "model": "\ud800", "messages": [{"role": "\ud800"}]}',
    rb'{"model": "navigator", "messages": [{"role": "user", "content": "\ud800"}]}',
    b'{"model": "navigator", "messages": [{"role": "user", "content": [[[[{}]]]]}], "n": 1e999}',
    b'{"__proto__": {"a": 1}, "\\u0000": 1, "": 2}',
    b" " * 1_000_000,
    b'{"question": "' + b"x" * 1_000_000 + b'"}',
]
TYPES = [
    None,
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "\\x00/;;=",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with whole_app(tmp_path_factory.mktemp("hostile")) as app, TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def check(response: httpx2.Response, operation: Any) -> None:
    """It is told of in the document, and an error has the one shape."""
    said = f"{response.status_code} {response.text[:300]}"
    assert response.status_code < 500, said
    assert str(response.status_code) in operation["responses"] or response.status_code in (404, 405), said
    if response.status_code >= 400:
        assert {"code", "message"} <= set(response.json()["error"]) <= {"code", "message", "field"}, said
        assert "Traceback" not in response.text
    assert "set-cookie" not in response.headers or response.headers["set-cookie"].startswith("navigator_caller=")


def at(path: str, value: str) -> str:
    """The address with every parameter in it filled."""
    return "/".join(value if part.startswith("{") else part for part in path.split("/"))


@each(ALL)
def test_in_its_address(client: TestClient, method: str, path: str, operation: Any) -> None:
    names = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"] or ["unknown"]
    for value in [*(quote(text[:400], safe="") for text in TEXTS), SURROGATE, ".", "%2e%2e", "%2f"]:
        if "{" in path:
            check(client.request(method, at(path, value), headers=BEARER), operation)
        query = "&".join(f"{name}={value}" for name in names)
        check(client.request(method, f"{at(path, 'a')}?{query}&{query}", headers=BEARER), operation)


@each(WITH_BODY)
def test_in_its_body(client: TestClient, method: str, path: str, operation: Any) -> None:
    for body in BODIES:
        check(client.request(method, at(path, "a"), content=body, headers=BEARER | JSON), operation)
    for content_type in TYPES:
        headers = BEARER if content_type is None else BEARER | {"Content-Type": content_type}
        check(client.request(method, at(path, "a"), content=b'{"question": "Why?"}', headers=headers), operation)


@each(WITH_JSON)
def test_in_each_field_of_a_good_body(client: TestClient, method: str, path: str, operation: Any) -> None:
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    good = DOCUMENT["components"]["schemas"][name]["examples"][0]
    values: list[object] = [*TEXTS, "\ud800", None, [], {}, True, -1, 1e308, 10**400, [[[[[]]]]], {"a": {"b": {}}}]
    for field in good:
        for value in values:
            body = json.dumps(good | {field: value}).encode()
            check(client.request(method, at(path, "a"), content=body, headers=BEARER | JSON), operation)


@each(ALL)
def test_in_its_headers(client: TestClient, method: str, path: str, operation: Any) -> None:
    names = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"]
    for name in (*names, "Cookie", "Authorization", "X-Request-Id"):
        for value in (b"\xff\xfe", b"x" * 8_000, b"null", b"-1", b"9" * 400, b"navigator_caller=\xed\xa0\x80", b"Bearer \xff", b"\x7f"):
            headers = [(b"authorization", BEARER["Authorization"].encode())] if name != "Authorization" else []
            response = client.request(method, at(path, "a"), headers=[*headers, (name.encode(), value)])
            check(response, operation)


@each(ALL)
def test_by_another_method(client: TestClient, method: str, path: str, operation: Any) -> None:  # noqa: ARG001
    allowed = {route[0] for route in ALL if route[1] == path}
    for other in ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "PROPFIND", "x" * 1_000):
        response = client.request(other, at(path, "a"), headers=BEARER)
        assert response.status_code == 405, f"{other}: {response.status_code}"
        assert set(response.headers["Allow"].split(", ")) == allowed
