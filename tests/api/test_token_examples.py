"""What docs/tokens.md tells hosts to do works as it stands there."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from token_desk import halves

from api.tokens import KeyRing, Page, Tokens
from api.tokens.claims import Claims
from api.tokens.signing import new_jwk

DOCS = (Path(__file__).parents[2] / "docs" / "tokens.md").read_text(encoding="utf-8")
PAGE = Page("https://player.example")
NODE, PHP = shutil.which("node"), shutil.which("php")


def example(language: str) -> str:
    """The program of that language."""
    (program,) = re.findall(rf"^```{language}\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    return str(program)


def check(folder: Path, command: list[str], program: str, *, alg: str = "EdDSA") -> None:
    """Runs it on a host with two keys; what it prints passes at the server, with what it was to say."""
    keys = [new_jwk("old", "第七中学", "EdDSA"), new_jwk("new", "第七中学", "HS256" if alg == "HS256" else "EdDSA")]
    (folder / "host.json").write_text(json.dumps({"keys": keys}), encoding="utf-8")
    (folder / command[-1]).write_text(program, encoding="utf-8")
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stderr == ""
    said = Tokens(KeyRing(halves(*keys))).checked(ran.stdout.strip(), PAGE)
    assert (said.iss, said.sub, said.lesson, said.language, said.exp - said.iat) == ("第七中学", "4711", "rockets", "zh", 900)
    assert abs(said.iat - time.time()) < 60


@pytest.mark.parametrize("alg", ["EdDSA", "HS256"])
def test_a_host_in_python(tmp_path: Path, alg: str) -> None:
    check(tmp_path, [sys.executable, "-W", "error", "host.py"], example("python"), alg=alg)


def test_a_host_in_node(tmp_path: Path) -> None:
    if NODE is None and os.environ.get("CI") != "true":
        pytest.skip("Node")
    assert NODE is not None
    check(tmp_path, [NODE, "host.mjs"], example("js"))


if PHP is not None:  # seldom there, and no reason to skip

    def test_a_host_in_php(tmp_path: Path) -> None:
        assert PHP is not None
        check(tmp_path, [PHP, "host.php"], example("php"))


def test_every_claim_is_told_to_hosts() -> None:
    assert all(f"`{claim}`" in DOCS for claim in Claims.model_fields)
