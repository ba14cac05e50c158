"""What an ingestion changes: read materials compared, by content, with what the release built upon holds."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.split import split
from ingest.types import INSIDE, STAFF, Material, Plan, Reading, Rename
from knowledge_base.release import records
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.review import GoldenQuestion
from knowledge_base.types import Document, Passage


@dataclass(frozen=True)
class Held:
    """What the release built upon holds: documents by id, passages by their document's, golden questions."""

    documents: Mapping[str, Document]
    passages: Mapping[str, list[Passage]]
    golden: tuple[GoldenQuestion, ...]

    def of(self, source: str) -> dict[str, Document]:
        """The documents of one source."""
        return {doc_id: document for doc_id, document in self.documents.items() if document.source == source}

    def kept(self, plan: Plan) -> list[Document]:
        """Documents that this ingestion neither brings nor withdraws: other sources', and those whose file failed to read."""
        moved = {doc_id for rename in plan.renamed for doc_id in (rename.before, rename.after)}
        going = moved.union(plan.added, plan.changed, plan.removed, plan.unchanged)
        return [document for document in self.documents.values() if document.doc_id not in going]


def held_by(data: DataFolder, base: Manifest | None) -> Held:
    """What `base` holds; nothing before the first release."""
    if base is None:
        return Held({}, {}, ())
    folder = data.release(base.release)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in records.read_passages(folder):
        passages[passage.doc_id].append(passage)
    documents = {document.doc_id: document for document in records.read_documents(folder)}
    return Held(documents, dict(passages), tuple(records.read_golden(folder)))


def effective(reading: Reading, held: Held, source: str, withdrawn: Collection[str]) -> list[Material]:
    """The materials that `source` may publish: what staff bring and, of other sources, what is neither withdrawn nor another source's."""

    def ours(doc_id: str) -> bool:
        other = held.documents.get(doc_id)
        return source == STAFF or (doc_id not in withdrawn and (other is None or other.source == source))

    return [material for material in reading.materials if ours(material.document.doc_id)]


def make_plan(reading: Reading, held: Held, source: str, withdrawn: Collection[str]) -> Plan:
    """Compares what was read with what is held of the same source. A file that failed withdraws nothing; `withdrawn` goes unless staff bring it."""
    brought = {material.document.doc_id: material for material in effective(reading, held, source, withdrawn)}
    ours = held.of(source)
    same = [doc_id for doc_id, material in brought.items() if doc_id in ours and ours[doc_id].content_hash == material.document.content_hash]
    moved = [doc_id for doc_id in same if ours[doc_id].path != brought[doc_id].document.path]
    added = [doc_id for doc_id in brought if doc_id not in ours]
    missing = [doc_id for doc_id, old in ours.items() if doc_id not in brought and not reading.lost(old.path)]
    out = {doc_id for doc_id, old in held.documents.items() if doc_id in withdrawn and doc_id not in brought and old.source != STAFF}
    renamed = _renamed([doc_id for doc_id in missing if doc_id not in out], [brought[doc_id] for doc_id in added], held)
    gone = out.union(missing).difference(rename.before for rename in renamed)
    taken = {rename.after for rename in renamed}
    return Plan(
        added=tuple(doc_id for doc_id in added if doc_id not in taken),
        changed=tuple(doc_id for doc_id in brought if doc_id in ours and doc_id not in same),
        removed=tuple(doc_id for doc_id in held.documents if doc_id in gone),
        unchanged=tuple(doc_id for doc_id in same if doc_id not in moved),
        renamed=(*(Rename(doc_id, doc_id) for doc_id in moved), *renamed),
    )


def _renamed(missing: Iterable[str], added: Iterable[Material], held: Held) -> list[Rename]:
    """Pairs a document that went with one that came, where both took their ids from their paths and no third has the same content."""
    before = _by_content((held.documents[doc_id] for doc_id in missing), lambda document: held.passages.get(document.doc_id, []))
    if not before:
        return []
    materials = {material.document.doc_id: material for material in added}
    after = _by_content((material.document for material in materials.values()), lambda document: split(materials[document.doc_id]))
    return [Rename(old[0], new[0]) for content, new in after.items() if len(old := before.get(content, [])) == len(new) == 1]


def _by_content(documents: Iterable[Document], passages: Callable[[Document], list[Passage]]) -> dict[Hashable, list[str]]:
    """Ids of the documents named by their paths, by what they say apart from their name."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for document in documents:
        if _named_by_path(document):
            told = tuple((one.section, one.text, one.as_of, one.page, one.position_s) for one in passages(document))
            found[(_nameless(document), told)].append(document.doc_id)
    return found


def _named_by_path(document: Document) -> bool:
    return document.doc_id in (document.path, document.path.rpartition(INSIDE)[2])


def _nameless(document: Document) -> Document:
    guessed = document.title == PurePosixPath(document.doc_id).stem
    return replace(document, doc_id="", path="", content_hash="", title="" if guessed else document.title)


def all_gone(plan: Plan, held: Held, source: str, withdrawn: Collection[str]) -> int:
    """How many documents of `source` would go, apart from the withdrawn ones, when none of it would stay; else 0."""
    ours = held.of(source)
    going = set(plan.removed) & ours.keys()
    return len(going - set(withdrawn)) if len(going) == len(ours) else 0
