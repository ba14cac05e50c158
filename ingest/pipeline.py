"""One ingestion: read, plan, split, embed what is new, write a release, publish it."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import NothingToRead
from ingest.read import read
from ingest.split import split
from ingest.types import Material, Plan, Reading, Report
from knowledge_base.embedding.base import Embedder
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.progress import Progress, silent
from knowledge_base.release import publish, records
from knowledge_base.release.build import Contents, build_release, made_otherwise
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.release.open import open_release
from knowledge_base.types import Document, Passage

DEFAULT_SOURCE = "course"
STAFF = "staff"  # the source of what staff upload; it stands above the others on the same id


@dataclass(frozen=True)
class Order:
    """What to ingest and how far to go. The paths are the whole of `source`: what no longer stands there is withdrawn."""

    paths: Sequence[Path]
    source: str = DEFAULT_SOURCE
    strict: bool = False
    dry_run: bool = False
    publish: bool = True


@dataclass(frozen=True)
class Ingestion:
    """Carries out orders on one data folder with one embedder, which is asked for only when a release may have to be built."""

    data: DataFolder
    embedder: Callable[[], Embedder]
    progress: Progress = silent
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)

    def run(self, order: Order) -> Report:
        """Does what the order says. A dry run writes nothing; otherwise the data folder's one writer lock is held."""
        started = time.monotonic()
        if order.dry_run:
            return self._report(order, started)
        with publish.writing(self.data):
            return self._report(order, started)

    def _report(self, order: Order, started: float) -> Report:
        reading = read(order.paths, source=order.source, strict=order.strict)
        if not reading.materials and not reading.failed:
            raise NothingToRead("there is no Markdown and no course YAML in " + ", ".join(repr(str(path)) for path in order.paths))
        base = publish.base(self.data)
        held = _held(self.data, base)
        plan = make_plan(reading, held, order.source)
        release, passages, embedded = base.release if base else None, base.passages if base else 0, 0
        build = not order.dry_run and self._must_build(plan, base, reading)
        if build:
            made = self._build(reading, held, plan, order, base)
            release, passages, embedded = made.release, made.passages, made.embedded
            if order.publish:
                publish.publish(self.data, made.release)
        return Report(
            release=release,
            published=build and order.publish,
            plan=plan,
            failed=reading.failed,
            passages=passages,
            embedded=embedded,
            seconds=time.monotonic() - started,
            problems=reading.problems,
        )

    def _must_build(self, plan: Plan, base: Manifest | None, reading: Reading) -> bool:
        """Also when only the embedder or the way of cutting changed, or the published release is damaged; never from nothing but failures."""
        if base is None:
            return bool(reading.materials)
        return not plan.empty or made_otherwise(base) or base.embedder != self.embedder().stamp or not self._answers(base)

    def _answers(self, base: Manifest) -> bool:
        """Whether `base` is the published release and opens; when it does not, the error tells the operator to run an ingestion."""
        if base.release != publish.current_id(self.data):
            return False
        try:
            open_release(self.data, base.release, base.embedder).close()
        except ReleaseDamaged:
            return False
        return True

    def _build(self, reading: Reading, held: "_Held", plan: Plan, order: Order, base: Manifest | None) -> Manifest:
        documents: list[Document] = []
        passages: list[Passage] = []
        for document in held.kept(plan):
            documents.append(document)
            passages.extend(held.passages.get(document.doc_id, []))
        for material in _effective(reading, held, order.source):
            documents.append(material.document)
            passages.extend(split(material))
        contents = Contents(documents, passages, base.release if base else None)
        return build_release(self.data, contents, self.embedder(), now=self.now(), progress=self.progress)


@dataclass(frozen=True)
class _Held:
    """What the release built upon holds."""

    documents: dict[str, Document]
    passages: dict[str, list[Passage]]

    def kept(self, plan: Plan) -> list[Document]:
        """Documents that this ingestion neither brings nor withdraws: other sources', and those whose file failed to read."""
        going = {*plan.added, *plan.changed, *plan.removed, *plan.unchanged}
        return [document for document in self.documents.values() if document.doc_id not in going]


def _held(data: DataFolder, base: Manifest | None) -> _Held:
    if base is None:
        return _Held({}, {})
    folder = data.release(base.release)
    passages: dict[str, list[Passage]] = {}
    for passage in records.read_passages(folder):
        passages.setdefault(passage.doc_id, []).append(passage)
    return _Held({document.doc_id: document for document in records.read_documents(folder)}, passages)


def make_plan(reading: Reading, held: _Held, source: str) -> Plan:
    """Compares what was read with what the release holds of the same source. A file that failed withdraws nothing; one that moved has changed."""
    ours = {doc_id: document for doc_id, document in held.documents.items() if document.source == source}
    materials = {material.document.doc_id: material.document for material in _effective(reading, held, source)}
    same = {doc_id for doc_id, new in materials.items() if doc_id in ours and ours[doc_id] == new}
    return Plan(
        added=tuple(doc_id for doc_id in materials if doc_id not in ours),
        changed=tuple(doc_id for doc_id in materials if doc_id in ours and doc_id not in same),
        removed=tuple(doc_id for doc_id, old in ours.items() if doc_id not in materials and old.path not in reading.failed),
        unchanged=tuple(doc_id for doc_id in materials if doc_id in same),
    )


def _effective(reading: Reading, held: _Held, source: str) -> list[Material]:
    """The materials that this source may publish: an id that another source holds stays that source's, unless staff bring it."""
    holders = {doc_id: document.source for doc_id, document in held.documents.items()}
    return [material for material in reading.materials if source == STAFF or holders.get(material.document.doc_id, source) == source]
