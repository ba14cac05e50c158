"""A folder of files and a data folder side by side, and plans and folders written short."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from small_files import write

from ingest import Ingestion, Order, Plan, Report
from ingest.pipeline import Reviewer
from ingest.types import Rename
from knowledge_base.embedding.base import Embedder, EmbedderStamp
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Document

A, B, C = "---\nid: a\n---\nA flew.", "---\nid: b\n---\nB flew. It landed.", "---\nid: c\n---\nC flew."


@dataclass
class Desk:
    """A folder of files and a data folder; every call ingests what now stands in the folder."""

    folder: Path
    data: DataFolder
    embedder: Callable[[], Embedder]
    clock: Callable[[], dt.datetime]

    def write(self, files: Mapping[str, str | bytes]) -> None:
        write(self.folder, files)

    def remove(self, *names: str) -> None:
        for name in names:
            (self.folder / name).unlink()

    def ingest(self, folder: Path | None = None, *, review: Reviewer | None = None, stamp: EmbedderStamp | None = None, **order: Any) -> Report:
        """Ingests the folder, or another one; `order` are further fields of the order."""
        ingestion = Ingestion(self.data, self.embedder, now=self.clock, review=review, stamp=lambda: stamp)
        return ingestion.run(Order([folder or self.folder], **order))

    def held(self) -> dict[str, Document]:
        return {document.doc_id: document for document in records.read_documents(self.data.release(publish.current(self.data).release))}

    def texts(self) -> dict[str, str]:
        passages = records.read_passages(self.data.release(publish.current(self.data).release))
        return {passage.doc_id: passage.text for passage in passages}


def plan(*, added: str = "", changed: str = "", removed: str = "", unchanged: str = "", renamed: str = "") -> Plan:
    """Ids divided by spaces; renames as ``old>new``, or the id alone where it stayed."""
    renames = tuple(Rename(one.split(">")[0], one.split(">")[-1]) for one in renamed.split())
    return Plan(tuple(added.split()), tuple(changed.split()), tuple(removed.split()), tuple(unchanged.split()), renames)


def everything_below(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}
