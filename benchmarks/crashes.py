"""Kills readers and ingestions, fills the disk, and checks that a whole release is published and every question answered."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults.full_disk import NoDisk, fill_the_disk
from benchmarks.faults.killing import kill_ingestions
from benchmarks.faults.opening import open_while_one_dies
from benchmarks.faults.valves import Broken

FULL = ("60", "50", "20")


def main() -> None:
    """Usage: scripts/bench crashes [KILLS TIMES LEVELS]. Exits with 1 when a promise is not kept."""
    kills, times, levels = (int(given) for given in sys.argv[1:] or FULL)
    kept = [
        _tell("six processes open one release, one is killed", lambda folder: open_while_one_dies(folder, processes=6, times=times)),
        _tell("kill -9 in an ingestion, four readers ask", lambda folder: kill_ingestions(folder, kills=kills, readers=4, seed=int(time.time()))),
        _tell("the disk is full, a reader asks", lambda folder: fill_the_disk(folder, levels=levels)),
    ]
    sys.exit(0 if all(kept) else 1)


def _tell(what: str, run: Callable[[Path], object]) -> bool:
    """Prints how it went, and returns whether the promise was kept."""
    started = time.perf_counter()
    try:
        with tempfile.TemporaryDirectory(prefix="navigator-crashes-") as folder:
            result = str(run(Path(folder)))
    except NoDisk as error:
        result = f"skipped: {error}"
    except Broken as error:
        print(f"{what}: BROKEN: {error}", flush=True)
        return False
    print(f"{what}: {result}, {time.perf_counter() - started:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    main()
