"""Going back and clearing up: the release before the published one, what two releases differ in, and removing old ones."""

import shutil
from dataclasses import dataclass

from knowledge_base.errors import UnknownRelease
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder, sync_folder
from knowledge_base.release.manifest import Manifest


@dataclass(frozen=True)
class Difference:
    """What release `after` has other than `before`: document ids in order, and how many passages came and went."""

    before: str
    after: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    passages_added: int
    passages_removed: int


def previous(data: DataFolder) -> Manifest:
    """The release that the published one was built upon: where a rollback leads."""
    published = publish.current(data)
    if published.parent is None:
        raise UnknownRelease(f"release {published.release!r} was built upon none, so there is nothing to roll back to")
    return publish.find(data, published.parent)


def difference(data: DataFolder, before: str, after: str) -> Difference:
    """Compares two releases on disk by what their documents hold."""
    old_folder, new_folder = (data.release(publish.find(data, release).release) for release in (before, after))
    old = {document.doc_id: document.content_hash for document in records.read_documents(old_folder)}
    new = {document.doc_id: document.content_hash for document in records.read_documents(new_folder)}
    old_passages = {passage.passage_id for passage in records.read_passages(old_folder)}
    new_passages = {passage.passage_id for passage in records.read_passages(new_folder)}
    return Difference(
        before=before,
        after=after,
        added=tuple(doc_id for doc_id in new if doc_id not in old),
        changed=tuple(doc_id for doc_id, content in new.items() if doc_id in old and old[doc_id] != content),
        removed=tuple(doc_id for doc_id in old if doc_id not in new),
        passages_added=len(new_passages - old_passages),
        passages_removed=len(old_passages - new_passages),
    )


def prune(data: DataFolder, keep: int) -> tuple[str, ...]:
    """Removes all releases but the newest `keep` and the published one; call while `writing`. What only they held is then gone from the disk."""
    published = publish.current_id(data)
    names = sorted(folder.name for folder in data.releases.glob("[!.]*"))
    going = tuple(name for name in names[: max(0, len(names) - keep)] if name != published)
    for name in going:
        shutil.rmtree(data.release(name))
    sync_folder(data.releases)
    return going
