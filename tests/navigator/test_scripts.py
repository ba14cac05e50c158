"""The scripts beside the package: valid bash, and a list of the long measurements."""

import os
import subprocess

import pytest
from command_line import ROOT

SCRIPTS = sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file())


def test_there_is_a_script_for_each_task() -> None:
    assert {"bench", "check", "run", "setup", "test"} <= {script.name for script in SCRIPTS}


@pytest.mark.parametrize("name", [script.name for script in SCRIPTS])
def test_a_script_is_valid_bash_and_may_be_run(name: str) -> None:
    script = ROOT / "scripts" / name
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert os.access(script, os.X_OK)
    checked = subprocess.run(["bash", "-n", script], capture_output=True, text=True, timeout=20, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_bench_without_a_name_lists_every_benchmark_with_what_it_measures() -> None:
    listed = subprocess.run([ROOT / "scripts" / "bench"], capture_output=True, text=True, timeout=20, check=True).stdout
    names = {path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py")}
    told = {line.split()[0]: line.split(maxsplit=1)[1:] for line in listed.splitlines()}
    assert names
    assert set(told) == names
    assert all(what for what in told.values())
