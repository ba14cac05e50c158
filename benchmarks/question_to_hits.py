"""Asks the published release and a plain LangChain chain over the same passages for five hits, in alternating pairs."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.pipelines import installed
from evaluation.sets import load
from knowledge_base.embedding.prepared import find
from knowledge_base.library import Library
from knowledge_base.release import publish
from navigator import wiring
from navigator.settings import load_settings

K = 5
MOST = 200  # questions
WANTED = 0.6


def main() -> None:
    """Usage: scripts/bench question_to_hits [SET], a golden.yaml or a question set's folder. Exits with 1 when the ratio of the medians is missed."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "content/golden.yaml")
    questions = [" ".join(item.question.split()) for item in load(path).items][:MOST]
    settings = load_settings()
    data = wiring.data_folder(settings)
    model = find(data.models, settings.embedder)
    if model is None:
        sys.exit("the embedding model is not prepared yet: run navigator doctor --prepare")
    release = data.release(publish.current(data).release)
    with closing(wiring.library(settings)) as library, _plain(model.folder / "model", release) as plain:
        pairs = asyncio.run(_pairs(library, plain, questions))
    ours, theirs = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    each = statistics.quantiles([one / other for one, other in pairs], n=4)
    print(
        f"question to {K} hits, n={len(pairs)}: ours p50 {ours:.1f} ms, plain chain p50 {theirs:.1f} ms: {ours / theirs:.2f} times, {WANTED} wanted"
    )
    print(f"pair by pair: median {each[1]:.2f} times (quartiles {each[0]:.2f} to {each[2]:.2f})")
    sys.exit(ours / theirs > WANTED)


async def _pairs(library: Library, plain: "subprocess.Popen[str]", questions: list[str]) -> list[tuple[float, float]]:
    """Seconds of each question, ours and theirs; every other pair in the opposite order."""
    await _ours(library, "warm up")
    pairs = []
    for number, question in enumerate(questions):
        if number % 2:
            theirs = _theirs(plain, question)
            pairs.append((await _ours(library, question), theirs))
        else:
            pairs.append((await _ours(library, question), _theirs(plain, question)))
    return pairs


async def _ours(library: Library, question: str) -> float:
    started = time.perf_counter()
    async with library.reading() as reader:
        await reader.search(question, k=K)
    return time.perf_counter() - started


def _theirs(plain: "subprocess.Popen[str]", question: str) -> float:
    assert plain.stdin is not None
    assert plain.stdout is not None
    plain.stdin.write(question + "\n")
    plain.stdin.flush()
    return float(plain.stdout.readline())


@contextmanager
def _plain(model: Path, release: Path) -> Iterator["subprocess.Popen[str]"]:
    """The plain chain in a process of its own, ready to be asked."""
    with tempfile.TemporaryDirectory(prefix="navigator-plain-") as store:
        command = [sys.executable, "-m", "benchmarks.pipelines.plain_search", str(model), str(release), store]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=installed.environment(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as plain:
            assert plain.stdout is not None
            if plain.stdout.readline() != "ready\n":
                sys.exit("the plain chain does not start")
            yield plain
            assert plain.stdin is not None
            plain.stdin.close()


if __name__ == "__main__":
    main()
