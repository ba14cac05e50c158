"""A writer in a process of its own, run as a script.

``dying_writer.py FOLDER`` publishes a second release in each data folder below FOLDER, in a fork that kills itself (SIGKILL) at the moment
which the folder is named after. ``dying_writer.py FOLDER/NAME wait`` starts to build there, says so, and waits to be killed.
"""

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from small_release import MOON, contents

from knowledge_base.embedding.base import Vectors
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.progress import Progress, silent
from knowledge_base.release import build, layout, publish
from knowledge_base.release import manifest as stamps
from knowledge_base.release.layout import DataFolder

NOW = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)
SECOND = MOON | {"mars.en": "Mars is red."}


def die(*_anything: object, **_more: object) -> None:
    """As if the power were cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_while_indexing(what: str, done: int, total: int) -> None:  # noqa: ARG001 - a listener's signature
    if what == "indexing":
        die()


def die_when_replaced(path: Path, text: str) -> None:
    layout.replace_text(path, text)
    die()


# What to replace so that the writer dies there, moment by moment.
MOMENTS: dict[str, Callable[[], None]] = {
    "embedding": lambda: setattr(HashingEmbedder, "embed_documents", die),
    "indexing": lambda: None,
    "stamping": lambda: setattr(stamps, "write", die),
    "syncing": lambda: setattr(build, "sync_tree", die),
    "renaming": lambda: setattr(Path, "rename", die),
    "renamed": lambda: setattr(publish, "publish", die),
    "pointing": lambda: setattr(Path, "replace", die),
    "pointed": lambda: setattr(publish, "replace_text", die_when_replaced),
}


class Waiting(HashingEmbedder):
    """Says that it was asked to embed, and never does."""

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        print("building", flush=True)
        sys.stdin.read()
        return super().embed_documents(texts, progress=progress)


def publish_second(data: DataFolder, embedder: HashingEmbedder, progress: Progress) -> None:
    with publish.writing(data):
        made = build.build_release(data, contents(SECOND), embedder, now=NOW, progress=progress)
        publish.publish(data, made.release)


def main(folder: Path) -> None:
    for data in sorted(folder.iterdir()):
        child = os.fork()
        if child == 0:
            MOMENTS[data.name]()
            publish_second(DataFolder(data), HashingEmbedder(), die_while_indexing if data.name == "indexing" else silent)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        print(data.name, signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "lived")


if __name__ == "__main__":
    if sys.argv[2:] == ["wait"]:
        publish_second(DataFolder(Path(sys.argv[1])), Waiting(), silent)
    else:
        main(Path(sys.argv[1]))
