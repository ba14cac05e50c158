"""The OpenAPI document is one, says what a client needs, and the server keeps to it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator
from loopback import serving
from small_course import GROUNDED
from staff_rig import TOKEN
from whole_app import whole_app

from benchmarks.openapi import conformance


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    with whole_app(tmp_path_factory.mktemp("whole")) as app:
        yield app


@pytest.fixture(scope="module")
def document(app: FastAPI) -> Any:
    return app.openapi()


def operations(document: Any) -> Iterator[tuple[str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def contents(operation: Any) -> Iterator[Any]:
    """What goes in and what comes out when all is well, as media types with their schemas."""
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for status, response in operation["responses"].items():
        if status < "400":
            yield from response.get("content", {}).values()


def test_it_is_an_openapi_3_1_document(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(document).validate()


def test_every_route_says_what_it_is_for(document: Any) -> None:
    for route, operation in operations(document):
        assert operation["description"].startswith(operation["summary"]), route
        assert 10 < len(operation["summary"]) < 150, route


def test_every_body_has_an_example_that_is_one(document: Any) -> None:
    without = []
    for route, operation in operations(document):
        for content in contents(operation):
            name = content["schema"].get("$ref", "").rpartition("/")[2]
            schema = document["components"]["schemas"].get(name, content["schema"])
            examples = schema.get("examples") or ([content["example"]] if "example" in content else [])
            if not examples and "format" not in json.dumps(schema):
                without.append(route)
            for example in examples if name else ():
                Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]}).validate(example)
    assert without == []


def test_the_events_of_a_stream_are_as_the_document_tells(app: FastAPI, document: Any) -> None:
    said = {
        "/v1/chat": {"question": GROUNDED},
        "/v1/chat/completions": {"model": "navigator", "stream": True, "messages": [{"role": "user", "content": GROUNDED}]},
    }
    with TestClient(app) as client:
        for path, body in said.items():
            schema = document["paths"][path]["post"]["responses"]["200"]["content"]["text/event-stream"]["schema"]
            check = Draft202012Validator(schema | {"components": document["components"]})
            frames = client.post(path, json=body).text.strip().split("\n\n")
            assert len(frames) > 2
            for frame in frames:
                check.validate(dict(line.split(": ", 1) for line in frame.splitlines()))


def test_the_server_keeps_to_it(app: FastAPI) -> None:
    with serving(app) as address:
        holds, report = conformance(address, TOKEN, examples=3, seed=1)
    assert holds, report
