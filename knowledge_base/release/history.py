"""Going back and clearing up: the release before the published one, what two releases differ in, and removing old ones."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import ReleaseDamaged, UnknownRelease
from knowledge_base.release import nearest, private, publish, records, tombstones
from knowledge_base.release.layout import DataFolder, sync_folder
from knowledge_base.release.manifest import Manifest
from knowledge_base.release.passages import Passages


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
    old_documents, new_documents = records.read_documents(old_folder), records.read_documents(new_folder)
    old = {document.doc_id: document.content_hash for document in old_documents}
    new = {document.doc_id: document.content_hash for document in new_documents}
    old_passages = set(Passages(old_folder, old_documents).ids.tolist())
    new_passages = set(Passages(new_folder, new_documents).ids.tolist())
    return Difference(
        before=before,
        after=after,
        added=tuple(doc_id for doc_id in new if doc_id not in old),
        changed=tuple(doc_id for doc_id, content in new.items() if doc_id in old and old[doc_id] != content),
        removed=tuple(doc_id for doc_id in old if doc_id not in new),
        passages_added=len(new_passages - old_passages),
        passages_removed=len(old_passages - new_passages),
    )


@dataclass(frozen=True)
class Pruned:
    """The releases removed, and every passage that no release on disk holds any more, of earlier prunings too: nothing may quote them."""

    releases: tuple[str, ...]
    withdrawn: frozenset[str]


def prune(data: DataFolder, keep: int) -> Pruned:
    """Removes all releases but the newest `keep` and the published one; call while `writing`. What only they held is then gone from the disk."""
    published = publish.current_id(data)
    names = publish.ids(data)
    going = tuple(name for name in names[: max(0, len(names) - keep)] if name != published)
    remaining = {passage_id for name in names if name not in going for passage_id in _passage_ids(data.release(name))}
    nearest.remove_collections(data, going)
    tombstones.bury(data, (passage_id for name in going for passage_id in _passage_ids(data.release(name)) if passage_id not in remaining))
    for name in going:
        hidden = data.releases / f"{publish.PRUNING}{name}"
        data.release(name).rename(hidden)  # in one step, so that a crash leaves no half release that could be published
        shutil.rmtree(hidden)
    if going:
        sync_folder(data.releases)
    _remove_reviews(data, set(names) - set(going))
    private.sweep(data)
    return Pruned(going, frozenset(tombstones.buried(data)) - remaining)


def _passage_ids(folder: Path) -> list[str]:
    """The ids of the passages that a release holds, as far as they can be read: a damaged one must not stand in pruning's way."""
    try:
        return [passage_id.decode() for passage_id in Passages(folder, records.read_documents(folder)).ids.tolist()]
    except (ReleaseDamaged, UnicodeDecodeError):
        return []


def _remove_reviews(data: DataFolder, remaining: set[str]) -> None:
    """Removes what asking golden questions of a release that is no more showed: it quotes that release."""
    for path in data.reviews.glob("*.json"):
        try:
            asked = json.loads(path.read_text(encoding="utf-8"))
            stands = {asked["after"], asked["before"]} - {None} <= remaining
        except (ValueError, KeyError, TypeError):
            stands = False
        if not stands:
            path.unlink()
