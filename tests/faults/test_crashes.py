"""What `scripts/bench crashes` does in full, smaller: readers and ingestions are killed and the disk is full, while others ask."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KILLS, TIMES, LEVELS = 5, 3, 3


def test_nothing_breaks_when_processes_are_killed_and_the_disk_is_full() -> None:
    command = [sys.executable, "-m", "benchmarks.crashes", *map(str, (KILLS, TIMES, LEVELS))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"Survived(kills={KILLS}," in ran.stdout
