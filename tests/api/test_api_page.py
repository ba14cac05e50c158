"""The page for a host's programmer: its Python runs as it stands, its JavaScript asks what there is, and it names every route."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
HERE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("code", [code for language, code in BLOCKS if language == "python"])
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the examples leave it to the end of their program to close what they opened
def test_its_python_runs(server: str, code: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code.replace(HERE, server), "docs/api.md", "exec"), {})
    assert "less mass is easier to speed up" in printed.getvalue()


def test_it_names_every_route_for_students_and_no_other(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    told = {re.sub(r"\{\w+\}", "{}", path) for path in re.findall(r"(?<![\w.])/(?:v1/[\w/{}]+|healthz|readyz)", PAGE)}
    there = {re.sub(r"\{\w+\}", "{}", path): operations for path, operations in paths.items()}
    students = {path for path, operations in there.items() if any("staff" not in operation["tags"] for operation in operations.values())}
    assert told <= set(there)
    assert students - told == {"/v1/models/{}"}
