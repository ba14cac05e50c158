"""Ingests, opens, swaps and searches 100,000 synthetic passages of five sentences, vectors drawn, and prints a table with the targets."""

import argparse
import asyncio
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from ingest import Ingestion, Order
from knowledge_base.embedding.base import EmbedderStamp, Vectors
from knowledge_base.library import Library
from knowledge_base.progress import Progress, silent
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import OpenRelease, open_release
from knowledge_base.search import make_query, search
from knowledge_base.types import Filters

SMALL, LARGE = 5_000, 100_000
A_DOCUMENT = 100  # passages
SENTENCES, WORDS = 5, 12
DIMENSIONS, CLUSTERS, SPREAD = 384, 1_000, 0.5
SYLLABLES = [f"{first}{middle}{last}" for first in "bdfgklmnprst" for middle in "aeiou" for last in "nlk"]
VOCABULARY = [first + second for first in SYLLABLES for second in SYLLABLES]  # 32,400 words
RARITY = [1 / (rank + 10) for rank in range(len(VOCABULARY))]  # what is left of Zipf's law when the function words are gone
QUERIES, NEAREST = 200, 20


class Drawn:
    """Unit vectors around a thousand directions, as texts' are, drawn and not computed."""

    stamp = EmbedderStamp("drawn", DIMENSIONS, "1")
    _centres = np.random.default_rng(1).normal(size=(CLUSTERS, DIMENSIONS)).astype(np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed_documents(texts)

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        chance = np.random.default_rng(zlib.crc32(texts[0].encode()))
        vectors = SPREAD * chance.standard_normal((len(texts), DIMENSIONS), np.float32)
        vectors += self._centres[chance.integers(0, CLUSTERS, len(texts))]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        progress("embedding", len(texts), len(texts))
        return vectors


def main() -> None:
    """Every measurement runs in a process of its own; prints what was measured beside what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=LARGE)
    parser.add_argument("--work", type=Path, help="An empty folder to work in; default: a temporary one.")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.work)))
        return
    with tempfile.TemporaryDirectory(prefix="scale-") as temporary:
        work = given.work or Path(temporary)
        small, large = work / "small", work / "large"
        for folder, passages in ((small, SMALL), (large, given.passages)):
            write_course(folder / "course", passages)
        _show(given.passages, _measured(small, "ingest", "read"), _measured(large, "ingest", "read", "change", "swap"))


def _measured(folder: Path, *steps: str) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for step in steps:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale", "--step", step, "--work", folder], stdout=subprocess.PIPE, text=True, check=True
        )
        figures[step] = json.loads(ran.stdout)
        print(f"{folder.name}: {step} {figures[step]}", file=sys.stderr)
    return figures


def write_course(folder: Path, passages: int) -> None:
    chance = random.Random(7)
    folder.mkdir(parents=True)
    for number in range(passages // A_DOCUMENT):
        words = iter(chance.choices(VOCABULARY, RARITY, k=A_DOCUMENT * SENTENCES * WORDS))
        parts = [f"---\nid: document-{number}.en\ntitle: Document {number}\nlanguage: en\n---\n"]
        for part in range(A_DOCUMENT):
            told = " ".join(" ".join(next(words) for _ in range(WORDS)).capitalize() + "." for _ in range(SENTENCES))
            parts.append(f"## Part {part}\n\n{told}\n")
        (folder / f"document-{number}.md").write_text("\n".join(parts), encoding="utf-8")


def _ingest(folder: Path, *, publishing: bool = True) -> dict[str, Any]:
    started = time.perf_counter()
    report = Ingestion(DataFolder(folder / "data"), Drawn).run(Order([folder / "course"], publish=publishing))
    return {
        "passages": report.passages,
        "embedded": report.embedded,
        "seconds": round(time.perf_counter() - started, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _change(folder: Path) -> dict[str, Any]:
    """One passage of one document changes; the release is built, not published."""
    path = folder / "course" / "document-0.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n## One more\n\nThis is new.\n", encoding="utf-8")
    return _ingest(folder, publishing=False)


def _read(folder: Path) -> dict[str, Any]:
    started = time.perf_counter()
    release = open_release(DataFolder(folder / "data"), None, Drawn.stamp)
    opened = time.perf_counter() - started
    chance = random.Random(3)
    queries = [" ".join(chance.choices(VOCABULARY, RARITY, k=8)) for _ in range(QUERIES)]
    with closing(Library(DataFolder(folder / "data"), Drawn())) as library:
        fusion = library.calibration.fusion
    taken = []
    for text in queries:
        query = make_query(text, Drawn().embed_queries([text])[0])
        begun = time.perf_counter()
        search(release, query, k=5, filters=Filters(), fusion=fusion)
        taken.append((time.perf_counter() - begun) * 1000)
    resident = _resident()
    figures = {
        "open_s": round(opened, 2),
        "p50_ms": round(statistics.median(taken), 2),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 2),
        "recall": round(_recall(release, queries), 4),
        "rss_mb": resident // 1_000_000,
    }
    release.close()
    return figures


def _recall(release: OpenRelease, queries: Sequence[str]) -> float:
    """The share of the exactly nearest that the vector index finds."""
    shared = 0
    for text in queries:
        vector = Drawn().embed_queries([text])[0]
        exact = np.argsort(-(release.vectors.passages @ vector))[:NEAREST]
        shared += len({release.passages[int(row)].passage_id for row in exact} & set(release.vector_index.nearest(vector, NEAREST)))
    return shared / len(queries) / NEAREST


def _resident() -> int:
    """Bytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _swap(folder: Path) -> dict[str, Any]:
    """Publishes the release that `change` built while a library answers, until the library answers from it; twice there and back."""
    data = DataFolder(folder / "data")
    first, second = publish.current(data).release, publish.listed(data)[-1].release

    async def swapped(release: str) -> tuple[float, float]:
        with publish.writing(data):
            publish.publish(data, release)
        started = time.perf_counter()
        slowest = 0.0
        while True:
            begun = time.perf_counter()
            async with library.reading() as reader:
                await reader.search("ban bal")
                answered = reader.release_id
            slowest = max(slowest, time.perf_counter() - begun)
            if answered == release:
                return time.perf_counter() - started, slowest
            await asyncio.sleep(0.01)

    async def run() -> list[tuple[float, float]]:
        await library.in_thread(library.open)
        watching = asyncio.create_task(library.watch())
        await asyncio.sleep(1.5)
        taken = [await swapped(release) for release in (second, first, second, first)]
        watching.cancel()
        await asyncio.wait([watching])
        return taken

    with closing(Library(data, Drawn())) as library:
        taken = asyncio.run(run())
    return {
        "swap_s": [round(one, 2) for one, _slowest in taken],
        "slowest_question_s": round(max(slowest for _one, slowest in taken), 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


STEPS = {"ingest": _ingest, "read": _read, "change": _change, "swap": _swap}


def _show(passages: int, small: dict[str, Any], large: dict[str, Any]) -> None:
    table = Table(title=f"{passages:,} passages of {SENTENCES} sentences, beside {SMALL:,}", box=None, pad_edge=False)
    for heading in ("what", f"{SMALL:,}", f"{passages:,}", "wanted"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    read, small_read, swap = large["read"], small["read"], large["swap"]
    table.add_row("first ingest, s", str(small["ingest"]["seconds"]), str(large["ingest"]["seconds"]), "")
    table.add_row("first ingest, peak MB", str(small["ingest"]["peak_mb"]), str(large["ingest"]["peak_mb"]), "< 2500")
    table.add_row("one passage added, s", "", str(large["change"]["seconds"]), "")
    table.add_row("one passage added, peak MB", "", str(large["change"]["peak_mb"]), "< 2500")
    table.add_row("opening, s", str(small_read["open_s"]), str(read["open_s"]), "< 5")
    table.add_row("publication to answer, worst of four, s", "", str(max(swap["swap_s"])), "< 2")
    table.add_row("slowest question meanwhile, s", "", str(swap["slowest_question_s"]), "")
    table.add_row("reader's memory, MB", str(small_read["rss_mb"]), str(read["rss_mb"]), "")
    table.add_row("reader's peak while two releases are open, MB", "", str(swap["peak_mb"]), "")
    table.add_row("search p50, ms", str(small_read["p50_ms"]), str(read["p50_ms"]), f"{read['p50_ms'] / small_read['p50_ms']:.2f}x, <= 2x")
    table.add_row("search p95, ms", str(small_read["p95_ms"]), str(read["p95_ms"]), "")
    table.add_row(f"recall@{NEAREST} of the vector index", str(small_read["recall"]), str(read["recall"]), "")
    Console().print(table)


if __name__ == "__main__":
    main()
