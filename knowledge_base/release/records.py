"""Documents and passages on disk: JSON lines, one record a line, the source of truth that indexes are rebuilt from."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge_base.types import Document, Origin, Passage

DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"


def write_documents(folder: Path, documents: Iterable[Document]) -> None:
    _write(folder / DOCUMENTS, (asdict(document) for document in documents))


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    _write(folder / PASSAGES, (asdict(passage) for passage in passages))


def read_documents(folder: Path) -> list[Document]:
    """Documents in the order written."""
    return [_document(record) for record in _read(folder / DOCUMENTS)]


def read_passages(folder: Path) -> list[Passage]:
    """Passages in the order written, which is the order of the vectors' rows."""
    return [_passage(record) for record in _read(folder / PASSAGES)]


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


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
