"""The Dockerfile and compose.yaml keep step with the project: its settings, its folders, its commands. Docker itself is not needed for that."""

import re
import tomllib
from typing import Any

import pytest
import yaml
from command_line import ROOT
from typer.main import get_command

from navigator.cli import app
from navigator.settings import Settings

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SETTINGS = {f"NAVIGATOR_{name.upper()}" for name in Settings.model_fields}
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}


@pytest.mark.parametrize("text", [DOCKERFILE, (ROOT / "compose.yaml").read_text(encoding="utf-8"), OPERATING], ids=["Dockerfile", "compose", "docs"])
def test_every_setting_that_is_named_is_one(text: str) -> None:
    named = set(re.findall(r"NAVIGATOR_[A-Z_]+", text))
    assert named
    assert named <= SETTINGS


def test_every_service_of_ours_runs_a_command_that_there_is() -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert {name: service["command"][0] for name, service in OURS.items()} == {"ingest": "ingest", "api": "serve", "bot": "bot"}
    assert {service["command"][0] for service in OURS.values()} <= known


def test_every_stage_that_is_built_is_there_and_runs_without_rights() -> None:
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    names = {re.findall(r" AS ([\w-]+)", stage)[0]: stage for stage in stages}
    assert {service["build"]["target"] for service in OURS.values()} == {"ingest", "serve"}
    for name, stage in names.items():
        assert re.findall(r"^USER (\d+)$", stage, re.MULTILINE)[-1] == "10001", name
    assert list(names)[-1] == "serve", "what is built when no target is named"


def test_nothing_but_the_api_can_be_reached_from_outside_and_that_from_this_machine_alone_unless_said() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {"api": ["${PUBLISHED_AT:-127.0.0.1:8000}:8000"]}


def test_services_of_ours_can_write_nowhere_but_into_their_data() -> None:
    for service in OURS.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["data:/data"]


def test_no_secret_stands_in_the_files() -> None:
    secret = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert "staff_token" in secret
    given = {name.removeprefix("NAVIGATOR_").lower(): value for name, value in COMPOSE["x-navigator"]["environment"].items()}
    for name in secret & given.keys() - {"redis_url"}:
        assert "${" in given[name] or given[name].startswith("/run/secrets/"), name


def test_the_image_gets_every_package_and_the_course() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    allowed = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert {package.split(".")[0] for package in packages} | {"content", "constraints.txt", "pyproject.toml", "README.md", "LICENSE"} == allowed


def test_what_is_left_out_of_the_serving_image_was_installed_and_is_not_what_serving_needs() -> None:
    pinned = {re.split(r"==", line)[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    [left_out] = re.findall(r"^RUN pip uninstall --yes (.+)$", DOCKERFILE, re.MULTILINE)
    assert {name.replace("_", "-") for name in left_out.split()} <= pinned
