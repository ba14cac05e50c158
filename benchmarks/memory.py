"""Serves 5,000 passages with the real model and vectors drawn, asks 200 questions, and prints what the server then holds in memory."""

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pipelines.served import serving
from benchmarks.scale import RARITY, SMALL, VOCABULARY, Drawn, write_course
from evaluation.sets import load
from ingest import Ingestion, Order
from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.embedding.open import open_embedder
from knowledge_base.release.layout import DataFolder
from navigator import wiring
from navigator.settings import load_settings

QUESTIONS = 200
WANTED_MB = 900


class DrawnAs(Drawn):
    """Vectors drawn under another embedder's stamp, so that its questions may be asked of them."""

    def __init__(self, stamp: EmbedderStamp) -> None:
        self.stamp = stamp


def main() -> None:
    """Exits with 1 when the resident memory is above what is wanted."""
    settings = load_settings()
    models = wiring.data_folder(settings).models.resolve()
    stamp = open_embedder(settings.embedder, models).stamp
    with tempfile.TemporaryDirectory(prefix="navigator-memory-") as temporary:
        data = DataFolder(Path(temporary, "data"))
        data.root.mkdir()
        data.models.symlink_to(models)
        write_course(Path(temporary, "course"), SMALL)
        report = Ingestion(data, lambda: DrawnAs(stamp)).run(Order([Path(temporary, "course")]))
        with serving(data.root) as served:
            empty = _held(served.pid)
            for question in _questions():
                served.client.post("/v1/ask", json={"question": question}).raise_for_status()
            held = _held(served.pid)
    print(f"{report.passages} passages: ready {_told(empty)}; after {QUESTIONS} questions {_told(held)}; {WANTED_MB} MB wanted")
    sys.exit(held["Rss"] > WANTED_MB)


def _questions() -> Sequence[str]:
    """Half of them in the drawn vocabulary, half the course's golden questions."""
    chance = random.Random(5)
    drawn = [" ".join(chance.choices(VOCABULARY, RARITY, k=8)) for _ in range(QUESTIONS // 2)]
    return [*drawn, *(item.question for item in load(Path("content/golden.yaml")).items[: QUESTIONS - len(drawn)])]


def _held(pid: int) -> dict[str, float]:
    """Megabytes of the process: resident, and its proportional share of pages that others map too; the most that was ever resident."""
    fields = [*Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:], *Path(f"/proc/{pid}/status").read_text().splitlines()]
    sizes = {name: rest.split() for name, _colon, rest in (line.partition(":") for line in fields)}
    return {name: int(sizes[name][0]) / 1000 for name in ("Rss", "Pss", "Pss_File", "VmHWM")}


def _told(held: dict[str, float]) -> str:
    return f"RSS {held['Rss']:.0f} MB (PSS {held['Pss']:.0f}, of it file pages {held['Pss_File']:.0f}; peak {held['VmHWM']:.0f})"


if __name__ == "__main__":
    main()
