"""Ingests a folder, again unchanged, and again with one file changed, each as a command of its own, and prints what each took."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from navigator import wiring
from navigator.console import ShownProgress
from navigator.settings import load_settings

NAVIGATOR = (sys.executable, "-c", "from navigator.cli import main; main()")
ADDED = "\n\nThis sentence was added for a measurement.\n"
BOUNDS = {"unchanged": 0.05, "one file changed": 0.10}  # parts of the first ingestion's time


@dataclass(frozen=True)
class Taken:
    """One ingestion: wall seconds of the whole command, and how many passages it embedded."""

    seconds: float
    embedded: int
    passages: int


def main() -> None:
    """Usage: scripts/bench reingest [FOLDER]. Exits with 1 when a bound is missed."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "content")
    settings = load_settings()
    with ShownProgress() as progress:
        wiring.prepare_embedder(settings, progress)
    with tempfile.TemporaryDirectory(prefix="navigator-reingest-") as temporary:
        data, copy = Path(temporary, "data"), Path(temporary, folder.resolve().name)
        data.mkdir()
        (data / "models").symlink_to((settings.data_dir / "models").resolve())
        shutil.copytree(folder, copy)
        first = _ingest(data, copy)
        _tell("first", first, first)
        again = {"unchanged": _ingest(data, copy)}
        _change_one(copy)
        again["one file changed"] = _ingest(data, copy)
    for what, taken in again.items():
        _tell(what, taken, first)
    missed = [what for what, bound in BOUNDS.items() if again[what].seconds > bound * first.seconds]
    if again["unchanged"].embedded or missed:
        sys.exit(f"missed: {', '.join(missed) or 'an unchanged folder embeds nothing'}")


def _ingest(data: Path, folder: Path) -> Taken:
    started = time.perf_counter()
    environment = {**os.environ, "NAVIGATOR_DATA_DIR": str(data)}
    ran = subprocess.run([*NAVIGATOR, "ingest", str(folder), "--json"], env=environment, stdout=subprocess.PIPE, check=True)
    report = json.loads(ran.stdout)
    return Taken(time.perf_counter() - started, report["embedded"], report["passages"])


def _change_one(folder: Path) -> None:
    """Adds a sentence to the Markdown file of median size."""
    files = sorted(folder.rglob("*.md"), key=lambda path: path.stat().st_size)
    with files[len(files) // 2].open("a", encoding="utf-8") as file:
        file.write(ADDED)


def _tell(what: str, taken: Taken, first: Taken) -> None:
    share = f"{taken.seconds / first.seconds:.1%} of the first"
    print(f"{what}: {taken.seconds:.1f} s ({share}), {taken.embedded} of {taken.passages} passages embedded", flush=True)


if __name__ == "__main__":
    main()
