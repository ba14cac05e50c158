"""Documents, passages and golden questions on disk: JSON lines, one record a line, the source of truth that indexes are rebuilt from."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from knowledge_base.errors import ReleaseDamaged
from knowledge_base.release import manifest as stamps
from knowledge_base.review import GoldenQuestion
from knowledge_base.types import Check, Choice, Document, Fact, FrequentQuestion, Idea, Origin, Passage

DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
ROWS = "passage_rows.npy"  # where each passage's line stands, see passages.py
GOLDEN = "golden.jsonl"
T = TypeVar("T")


def write_documents(folder: Path, documents: Iterable[Document]) -> None:
    _write(folder / DOCUMENTS, (asdict(document) for document in documents))


def write_passages(folder: Path, passages: Iterable[Passage]) -> list[int]:
    """Writes them and returns how many bytes each one's line takes."""
    return _write(folder / PASSAGES, (vars(passage) for passage in passages))


def write_golden(folder: Path, questions: Iterable[GoldenQuestion]) -> None:
    _write(folder / GOLDEN, (asdict(question) for question in questions))


def read_documents(folder: Path) -> list[Document]:
    """Documents in the order written; ReleaseDamaged when they cannot be read."""
    return _read(folder / DOCUMENTS, _document)


def read_passages(folder: Path) -> list[Passage]:
    """Passages in the order written, which is the order of the vectors' rows; ReleaseDamaged when they cannot be read."""
    return _read(folder / PASSAGES, passage_of)


def read_golden(folder: Path) -> list[GoldenQuestion]:
    """The course's golden questions, none in a release from before there were any; ReleaseDamaged when they cannot be read."""
    return _read(folder / GOLDEN, _golden) if (folder / GOLDEN).exists() else []


def check(folder: Path, manifest: stamps.Manifest) -> None:
    """Raises ReleaseDamaged unless the records are those that the manifest hashed; they are small, so every opening asks."""
    for name in (DOCUMENTS, PASSAGES, *({GOLDEN, ROWS} & manifest.files.keys())):
        path = folder / name
        if not path.is_file() or stamps.digest(path) != manifest.files.get(name):
            raise ReleaseDamaged(f"{name} of release {manifest.release!r} does not match its manifest: run navigator ingest content to build another")


def _document(record: dict[str, Any]) -> Document:
    origins = tuple(Origin(**origin) for origin in record.pop("origins"))
    aliases = tuple(record.pop("aliases"))
    metadata = tuple((key, value) for key, value in record.pop("metadata"))
    # Releases from before there were any facts, checks or frequently asked questions have none.
    facts = tuple(Fact(**fact) for fact in record.pop("facts", ()))
    checks = tuple(map(_check, record.pop("checks", ())))
    faq = tuple(FrequentQuestion(tuple(one["wordings"]), tuple(one["sentences"])) for one in record.pop("faq", ()))
    return Document(**record, origins=origins, aliases=aliases, facts=facts, metadata=metadata, checks=checks, faq=faq)


def _check(record: dict[str, Any]) -> Check:
    choices = tuple(Choice(**choice) for choice in record.pop("choices"))
    ideas = tuple(Idea(tuple(idea["words"]), idea["told"]) for idea in record.pop("ideas"))
    return Check(**record, choices=choices, ideas=ideas)


def passage_of(record: dict[str, Any]) -> Passage:
    """The passage that a line's record tells."""
    sentences = tuple((start, end) for start, end in record.pop("sentences"))
    section = tuple(record.pop("section"))
    return Passage(**record, section=section, sentences=sentences)


def _golden(record: dict[str, Any]) -> GoldenQuestion:
    contains = tuple(tuple(group) for group in record.pop("contains"))
    sources, corrects = tuple(record.pop("sources")), tuple(record.pop("corrects", ()))  # releases before 22 November 2026 have no `corrects`
    return GoldenQuestion(**record, contains=contains, sources=sources, corrects=corrects)


def _write(path: Path, records: Iterable[dict[str, Any]]) -> list[int]:
    with path.open("wb") as file:
        return [file.write(f"{json.dumps(record, ensure_ascii=False)}\n".encode()) for record in records]


def _read(path: Path, make: Callable[[dict[str, Any]], T]) -> list[T]:
    try:
        with path.open(encoding="utf-8") as file:
            return [make(json.loads(line)) for line in file]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseDamaged(f"{path.name} of release {path.parent.name!r} cannot be read: run navigator ingest content to build another") from error
