"""What ingest hands on: texts read from files, problems with their file and line, a plan, a report."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from knowledge_base.language import Language
from knowledge_base.review import Review
from knowledge_base.types import Document


@dataclass(frozen=True)
class Problem:
    """Something a person should mend; `path` is relative to what was ingested, `line` counts from one."""

    path: str
    line: int
    what: str


@dataclass(frozen=True)
class Block:
    """A paragraph, list or table under its heading path; `text` is plain, `as_of` overrides the document's.

    `page` (a PDF's page or a slide's number) counts from one; `position_s` is where it is said, in seconds.
    """

    section: tuple[str, ...]
    text: str
    as_of: str | None = None
    page: int | None = None
    position_s: float | None = None


@dataclass(frozen=True)
class Parsed:
    """What a file's own format says: its text in order, and its title and language where it states them."""

    blocks: tuple[Block, ...]
    title: str | None = None
    language: Language | None = None


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
class Rename:
    """A document whose file moved and whose text did not change: ids before and after, the same when the file states its id."""

    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """What an ingestion changes, as document ids in order. A renamed document is named in `renamed` only."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    renamed: tuple[Rename, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether publishing would change nothing."""
        return not (self.added or self.changed or self.removed or self.renamed)


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
    review: Review | None = None
