"""Starts the server and other commands several times: seconds from a process's start to its first answer, and which imports take longest."""

import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.pipelines.served import serving
from navigator.settings import load_settings

ROUNDS = 5
QUESTION = "How much lunar soil did Chang'e-5 bring back?"
WANTED = {"navigator serve, until the first answer": 5.0, "navigator --help": 1.0}
_TIMED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")


def main() -> None:
    """Usage: scripts/bench start [ROUNDS]. Exits with 1 when a median is missed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    missed = False
    works: dict[str, Callable[[], object]] = {
        "navigator --help": lambda: _run("--help"),
        "navigator ask": lambda: _run("ask", QUESTION),
        "navigator serve, until the first answer": _first_answer,
    }
    taken: dict[str, list[tuple[float, float]]] = {what: [] for what in works}
    for _round in range(rounds + 1):  # the first one warms the disk's cache, and is not counted
        for what, work in works.items():
            taken[what].append(_seconds(work))
    for what, seconds in taken.items():
        counted, processor = zip(*seconds[1:], strict=True)
        told = f"median {statistics.median(counted):.2f} s ({min(counted):.2f} to {max(counted):.2f}), n={len(counted)}"
        print(f"{what}: {told}; of the processor {statistics.median(processor):.2f} s")
        missed |= statistics.median(counted) > WANTED.get(what, 60.0)
    for command in (["--help"], ["ask", QUESTION]):
        print(f"navigator {command[0]}, seconds of import by package: {_imports(command)}")
    sys.exit(missed)


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, of a server without its stopping; and of the processor, which a busy machine does not lengthen so much."""
    started, used = time.perf_counter(), _processor()
    ended = work()
    return (ended if isinstance(ended, float) else time.perf_counter()) - started, _processor() - used


def _processor() -> float:
    """Seconds that processes which have ended took of it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "navigator", *arguments], stdout=subprocess.DEVNULL, check=True)


def _first_answer() -> float:
    with serving(load_settings().data_dir) as served:
        served.client.post("/v1/ask", json={"question": QUESTION}).raise_for_status()
        return time.perf_counter()


def _imports(arguments: Sequence[str]) -> str:
    command = [sys.executable, "-X", "importtime", "-m", "navigator", *arguments]
    ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    packages: Counter[str] = Counter()
    for microseconds, module in _TIMED.findall(ran.stderr):
        packages[module.split(".")[0]] += int(microseconds)
    return ", ".join(f"{package} {spent / 1e6:.2f}" for package, spent in packages.most_common(10))


if __name__ == "__main__":
    main()
