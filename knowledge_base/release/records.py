"""Documents and passages on disk: JSON lines, one record a line, the source of truth that indexes are rebuilt from."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from knowledge_base.errors import ReleaseDamaged
from knowledge_base.release import manifest as stamps
from knowledge_base.types import Document, Origin, Passage

DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
T = TypeVar("T")


def write_documents(folder: Path, documents: Iterable[Document]) -> None:
    _write(folder / DOCUMENTS, (asdict(document) for document in documents))


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    _write(folder / PASSAGES, (asdict(passage) for passage in passages))


def read_documents(folder: Path) -> list[Document]:
    """Documents in the order written; ReleaseDamaged when they cannot be read."""
    return _read(folder / DOCUMENTS, _document)


def read_passages(folder: Path) -> list[Passage]:
    """Passages in the order written, which is the order of the vectors' rows; ReleaseDamaged when they cannot be read."""
    return _read(folder / PASSAGES, _passage)


def check(folder: Path, manifest: stamps.Manifest) -> None:
    """Raises ReleaseDamaged unless the records are those that the manifest hashed; they are small, so every opening asks."""
    for name in (DOCUMENTS, PASSAGES):
        path = folder / name
        if not path.is_file() or stamps.digest(path) != manifest.files.get(name):
            raise ReleaseDamaged(f"{name} of release {manifest.release!r} does not match its manifest: run navigator ingest content to build another")


def _document(record: dict[str, Any]) -> Document:
    origins = tuple(Origin(**origin) for origin in record.pop("origins"))
    aliases = tuple(record.pop("aliases"))
    metadata = tuple((key, value) for key, value in record.pop("metadata"))
    return Document(**record, origins=origins, aliases=aliases, metadata=metadata)


def _passage(record: dict[str, Any]) -> Passage:
    sentences = tuple((start, end) for start, end in record.pop("sentences"))
    section = tuple(record.pop("section"))
    return Passage(**record, section=section, sentences=sentences)


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read(path: Path, make: Callable[[dict[str, Any]], T]) -> list[T]:
    try:
        with path.open(encoding="utf-8") as file:
            return [make(json.loads(line)) for line in file]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseDamaged(f"{path.name} of release {path.parent.name!r} cannot be read: run navigator ingest content to build another") from error
