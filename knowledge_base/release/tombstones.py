"""Ids of passages that only pruned releases held: a citation of one is told that it was withdrawn, and nothing else is known of it."""

from collections.abc import Iterable

from knowledge_base.release.layout import DataFolder, replace_text

MOST = 500_000  # ids that are remembered, about ten megabytes; the oldest are forgotten first


def bury(data: DataFolder, passage_ids: Iterable[str]) -> None:
    """Remembers the ids, durably; call while `writing`."""
    fresh = dict.fromkeys(passage_ids)
    every = [*(passage_id for passage_id in buried(data) if passage_id not in fresh), *fresh]
    if fresh:
        replace_text(data.tombstones, "".join(f"{passage_id}\n" for passage_id in every[-MOST:]))


def buried(data: DataFolder) -> list[str]:
    """All ids remembered, oldest first."""
    try:
        return data.tombstones.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
