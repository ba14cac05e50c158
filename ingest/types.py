"""What ingest hands on: texts read from files, problems with their file and line, a plan, a report."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from knowledge_base.types import Document


@dataclass(frozen=True)
class Problem:
    """Something a person should mend; `path` is relative to what was ingested, `line` counts from one."""

    path: str
    line: int
    what: str


@dataclass(frozen=True)
class Block:
    """A paragraph, list or table under its heading path; `text` is plain, `as_of` overrides the document's."""

    section: tuple[str, ...]
    text: str
    as_of: str | None = None


@dataclass(frozen=True)
class Material:
    """One document and its text, as read from a file."""

    document: Document
    blocks: tuple[Block, ...]
    line: int = 1

    def hashed(self) -> "Material":
        """The same, with the hash that says whether anything in it changed since another ingestion."""
        plain = asdict(self.document) | {"content_hash": "", "path": "", "blocks": [asdict(block) for block in self.blocks]}
        digest = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        return replace(self, document=replace(self.document, content_hash=digest))


@dataclass(frozen=True)
class Reading:
    """All that was read: materials in a stable order, problems, and the paths that gave nothing."""

    materials: tuple[Material, ...]
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What an ingestion changes, as document ids in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether publishing would change nothing."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Report:
    """What an ingestion did; `release` is the one now holding the materials, None when there is none."""

    release: str | None
    published: bool
    plan: Plan
    failed: tuple[str, ...]
    passages: int
    embedded: int
    seconds: float
    problems: tuple[Problem, ...]
