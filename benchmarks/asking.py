"""Asks the golden questions of the published release, one at a time and eight at once, and prints the latencies."""

import asyncio
import statistics
import time
from pathlib import Path

from evaluation.sets import load
from navigator import wiring
from navigator.settings import load_settings
from tutor.tutor import Tutor
from tutor.types import Question

AT_ONCE = 8


async def _ask_all(tutor: Tutor, questions: list[str], at_once: int) -> list[float]:
    gate = asyncio.Semaphore(at_once)

    async def one(text: str) -> float:
        async with gate:
            started = time.perf_counter()
            await tutor.ask(Question(text))
            return (time.perf_counter() - started) * 1000

    return list(await asyncio.gather(*(one(text) for text in questions)))


def main() -> None:
    """Prints median and 95th percentile in milliseconds, with n."""
    settings = load_settings()
    library = wiring.published_library(settings)
    tutor = wiring.tutor(settings, library)
    questions = [item.question for item in load(Path("content/golden.yaml")).items]
    asyncio.run(_ask_all(tutor, questions[:5], 1))  # the first question opens the release
    for at_once in (1, AT_ONCE):
        taken = asyncio.run(_ask_all(tutor, questions, at_once))
        print(f"{at_once} at once: median {statistics.median(taken):.0f} ms, p95 {statistics.quantiles(taken, n=20)[-1]:.0f} ms, n={len(taken)}")
    library.close()


if __name__ == "__main__":
    main()
