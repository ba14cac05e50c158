"""Documents that staff withdrew: ids in one file of the data folder, one a line; while they stand there, only staff's uploads bring them back."""

from collections.abc import Iterable

from knowledge_base.release.layout import DataFolder, replace_text


def withdrawn(data: DataFolder) -> frozenset[str]:
    """The ids; empty before the first withdrawal."""
    try:
        return frozenset(filter(None, data.withdrawn.read_text(encoding="utf-8").split("\n")))
    except FileNotFoundError:
        return frozenset()


def withdraw(data: DataFolder, doc_ids: Iterable[str]) -> None:
    """Adds ids: from the next ingestion on, of whatever source, these documents are left out, unless staff uploaded them. One caller at a time."""
    _write(data, withdrawn(data) | {_one_line(doc_id) for doc_id in doc_ids})


def restore(data: DataFolder, doc_ids: Iterable[str]) -> None:
    """Takes ids off the list: the next ingestion of a source that holds such a document brings it back."""
    _write(data, withdrawn(data) - set(doc_ids))


def _one_line(doc_id: str) -> str:
    if not doc_id or "\n" in doc_id:
        raise ValueError(f"{doc_id!r} is no document's id")
    return doc_id


def _write(data: DataFolder, doc_ids: Iterable[str]) -> None:
    """In one atomic step, so that an ingestion reads the whole list before or after it."""
    data.ensure_writable()
    replace_text(data.withdrawn, "".join(f"{doc_id}\n" for doc_id in sorted(doc_ids)))
