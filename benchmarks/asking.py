"""Asks a real server, cold and again, 1, 8 and 32 at once, beside one bare embedding of the same questions in the same run."""

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.pipelines.served import Served, serving
from evaluation.sets import load
from knowledge_base.embedding.open import open_embedder
from navigator import wiring
from navigator.settings import load_settings

AT_ONCE = (8, 32)
WANTED = 2.5


def main() -> None:
    """Usage: scripts/bench asking [SET], a golden.yaml or a question set's folder. Exits with 1 when the ratio of the medians is missed."""
    questions = list(dict.fromkeys(item.question for item in load(Path(sys.argv[1] if len(sys.argv) > 1 else "content/golden.yaml")).items))
    settings = load_settings()
    embedder = open_embedder(settings.embedder, wiring.data_folder(settings).models)
    bare: list[float] = []
    cold: list[float] = []
    with serving(settings.data_dir) as served:
        _ask(served, "warm up")
        for question in questions:  # in alternating order, so that a busy moment of the machine counts on both sides
            work = [partial(_timed, bare, partial(embedder.embed_queries, [question])), partial(_timed, cold, partial(_ask, served, question))]
            for one in reversed(work) if len(cold) % 2 else work:
                one()
        again: list[float] = []
        for question in questions:
            _timed(again, partial(_ask, served, question))
    ratio = statistics.median(cold) / statistics.median(bare)
    _tell("bare query embedding", bare)
    _tell("POST /v1/ask, cold", cold)
    _tell("POST /v1/ask, again", again)
    print(f"cold over bare: {ratio:.2f} times, {WANTED} wanted")
    for at_once in AT_ONCE:
        _ask_at_once(settings.data_dir, questions, at_once)
    sys.exit(ratio > WANTED)


def _ask_at_once(data: Path, questions: list[str], at_once: int) -> None:
    """A server of its own for each, so that every question is new to it."""
    with serving(data) as served, ThreadPoolExecutor(at_once) as students:
        _ask(served, "warm up")
        taken: list[float] = []
        started = time.perf_counter()
        list(students.map(lambda question: _timed(taken, partial(_ask, served, question)), questions))
        seconds = time.perf_counter() - started
    _tell(f"POST /v1/ask, {at_once} at once", taken)
    print(f"    {len(taken) / seconds:.0f} answers a second")


def _ask(served: Served, question: str) -> None:
    response = served.client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200, response.text


def _timed(taken: list[float], work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    taken.append((time.perf_counter() - started) * 1000)


def _tell(what: str, taken: list[float]) -> None:
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{what}: p50 {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms, n={len(taken)}", flush=True)


if __name__ == "__main__":
    main()
