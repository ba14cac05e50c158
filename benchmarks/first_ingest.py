"""Ingests files for the first time with and without sentence vectors, and with a plain LangChain pipeline, in alternating rounds."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pipelines import installed
from knowledge_base.embedding.names import PACKAGED
from knowledge_base.embedding.prepare import prepare
from knowledge_base.embedding.prepared import PreparedModel
from navigator.console import ShownProgress
from navigator.settings import load_settings

FILES = 20
ROUNDS = 5
WANTED = {"without": 1.8, "with": 1.0}  # times the plain pipeline's source characters a second


def main() -> None:
    """Usage: scripts/bench first_ingest [FOLDER [ROUNDS]]. Exits with 1 when the medians miss what is wanted."""
    folder, rounds, *_ = (*sys.argv[1:], *("content/lessons", str(ROUNDS))[len(sys.argv) - 1 :])
    every = sorted(Path(folder).resolve().rglob("*.md"))
    files = [every[len(every) * number // FILES] for number in range(min(FILES, len(every)))]
    characters = sum(len(file.read_text(encoding="utf-8")) for file in files)
    with ShownProgress() as progress:
        model = prepare(PACKAGED, load_settings().data_dir / "models", progress=progress)
    installed.environment()
    ratios: dict[str, list[float]] = {name: [] for name in WANTED}
    speeds: dict[str, list[float]] = {name: [] for name in ("plain", *WANTED)}
    print(f"{len(files)} files, {characters} characters; characters a second:")
    for number in range(int(rounds)):
        seconds = _round(model, files, turned=bool(number % 2))
        for name, taken in seconds.items():
            speeds[name].append(characters / taken)
        for name in WANTED:
            ratios[name].append(seconds["plain"] / seconds[name])
        print(f"round {number + 1}: " + ", ".join(f"{name} {characters / taken:.0f}" for name, taken in seconds.items()), flush=True)
    print("medians: " + ", ".join(f"{name} {statistics.median(each):.0f}" for name, each in speeds.items()))
    for name, wanted in WANTED.items():
        print(f"{name} sentence vectors: {statistics.median(ratios[name]):.2f} times the plain pipeline, {wanted} wanted")
    sys.exit(any(statistics.median(ratios[name]) < wanted for name, wanted in WANTED.items()))


def _round(model: PreparedModel, files: Sequence[Path], *, turned: bool) -> dict[str, float]:
    """Each way's seconds; every other round in the opposite order."""
    with tempfile.TemporaryDirectory(prefix="navigator-first-") as temporary:
        ours = {name: ("ours", name, str(model.folder.parent), str(Path(temporary, name))) for name in WANTED}
        ways = {"plain": ("plain", str(model.folder / "model"), str(Path(temporary, "plain"))), **ours}
        return {name: _seconds(*ways[name], *map(str, files)) for name in sorted(ways, reverse=turned)}


def _seconds(pipeline: str, *arguments: str) -> float:
    command = [sys.executable, "-m", f"benchmarks.pipelines.{pipeline}", *arguments]
    return float(
        subprocess.run(command, env=installed.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    )


if __name__ == "__main__":
    main()
