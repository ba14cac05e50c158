"""What ingest is asked for and hands on: an order, texts read from files, problems with their file and line, a plan, a report."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from knowledge_base.language import Language
from knowledge_base.review import Review
from knowledge_base.types import Document, Kind

DEFAULT_SOURCE = "course"
STAFF = "staff"  # the source of what staff upload; it stands above the others on the same id
INSIDE = "!"  # between an archive's path and the path within it: lessons.zip!inner/name


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
    """What a file's own format says: its text in order, its title and language where it states them, and its kind.

    `notices` tell what of the file is left out and why; the rest of it is read all the same.
    """

    blocks: tuple[Block, ...]
    title: str | None = None
    language: Language | None = None
    kind: Kind = "file"
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something in a file that reads well and that a person should look at: at once or, with `until`, once that day (month, year) is over."""

    line: int
    what: str
    until: str | None = None

    def due(self, today: dt.date) -> bool:
        """Whether it is to be told."""
        return self.until is None or today.isoformat()[: len(self.until)] > self.until


@dataclass(frozen=True)
class Material:
    """One document and its text, as read from a file."""

    document: Document
    blocks: tuple[Block, ...]
    line: int = 1
    remarks: tuple[Remark, ...] = ()

    def hashed(self) -> "Material":
        """The same, with the hash that says whether anything in it changed since another ingestion.

        What is not stated does not count, so that a field that a later version adds changes no hash.
        """
        plain = _stated(asdict(self.document)) | {"content_hash": "", "path": "", "blocks": [_stated(vars(block)) for block in self.blocks]}
        digest = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        return replace(self, document=replace(self.document, content_hash=digest))


def _stated(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, ())}


@dataclass(frozen=True)
class Reading:
    """All that was read: materials in a stable order, problems, the paths that gave nothing, and those of lessons that do not keep their word."""

    materials: tuple[Material, ...]
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]
    unsound: tuple[str, ...] = ()

    def lost(self, path: str) -> bool:
        """Whether `path`, or the archive that it lies in, could not be read this time: what it held before is not withdrawn."""
        return path in self.failed or path.partition(INSIDE)[0] in self.failed


@dataclass(frozen=True)
class Order:
    """What to ingest and how far to go. The paths are the whole of `source`: what no longer stands there is withdrawn.

    `strict` publishes nothing when a file fails, holds an unknown key, or is a lesson that does not keep its word,
    `require_golden` when a golden question fails; `allow_removals` lets a source lose everything that it has.
    """

    paths: Sequence[Path]
    source: str = DEFAULT_SOURCE
    strict: bool = False
    dry_run: bool = False
    publish: bool = True
    require_golden: bool = False
    allow_removals: bool = False


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
    """What an ingestion did; `release` is the one now holding the materials, None when there is none.

    `notes` are lines that a person should read before publishing; `refused` is the one that says why nothing was published.
    """

    release: str | None
    published: bool
    plan: Plan
    failed: tuple[str, ...]
    passages: int
    embedded: int
    seconds: float
    problems: tuple[Problem, ...]
    review: Review | None = None
    built: bool = False
    notes: tuple[str, ...] = ()
    refused: str | None = None
