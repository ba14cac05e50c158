"""One staff job as its folder tells of it: what was asked, the journal that its ingestion wrote, and how it ended."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from ingest.types import Problem, Rename
from knowledge_base.release.layout import replace_text
from knowledge_base.review import Review

State = Literal["running", "done", "failed", "discarded"]


@dataclass(frozen=True)
class Wish:
    """What staff asked for: files that come, uploads that go, documents of other sources that are withdrawn; a dry run changes nothing.

    `problems` are those of files that were not taken as they came.
    """

    created: str = ""
    files: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    withdraw: tuple[str, ...] = ()
    dry_run: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a job ended. `release` is what it built upon `parent`, None when nothing changed; `lifted` are withdrawals that its files ended."""

    state: State
    error: str | None = None
    release: str | None = None
    parent: str | None = None
    lifted: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanSummary:
    """What the ingestion changes, as document ids; of the unchanged their number."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[Rename, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Step:
    """The latest of the ingestion's progress."""

    what: str
    done: int
    total: int


@dataclass(frozen=True)
class Counts:
    """Documents by what became of them."""

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: int


@dataclass(frozen=True)
class Built:
    """What the ingestion reports, as `navigator ingest --json` does."""

    release: str | None
    published: bool
    documents: Counts
    passages: int
    embedded: int
    seconds: float
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Event:
    """A line of the journal; `event` names the one field that is there."""

    event: str
    plan: PlanSummary | None = None
    what: str | None = None
    done: int = 0
    total: int = 0
    review: Review | None = None
    report: Built | None = None
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journal:
    """The journal so far; `failed` is the ingestion's own last word, `unread` names the files that gave nothing."""

    plan: PlanSummary | None = None
    progress: Step | None = None
    review: Review | None = None
    report: Built | None = None
    failed: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class JobFolder:
    """The files of one job, below the data folder's ``jobs``."""

    path: Path

    @property
    def job_id(self) -> str:
        return self.path.name

    @property
    def stage(self) -> Path:
        """What the ingestion reads: the uploads as they are to be."""
        return self.path / "stage"

    @property
    def before(self) -> Path:
        """The uploads as they were, until the job's release is published."""
        return self.path / "before"

    @property
    def discarded(self) -> Path:
        """The uploads that the job brought, while they make way for those before."""
        return self.path / "discarded"

    @property
    def journal_path(self) -> Path:
        return self.path / "journal.jsonl"

    @property
    def output(self) -> Path:
        """What the ingestion printed."""
        return self.path / "output.txt"

    @property
    def alive(self) -> Path:
        """Locked for as long as the ingestion's process lives."""
        return self.path / "alive"

    def wish(self) -> Wish:
        """What was asked for."""
        return _WISH.validate_json((self.path / "wish.json").read_bytes())

    def outcome(self) -> Outcome | None:
        """How the job ended, or None while it has not."""
        try:
            return _OUTCOME.validate_json((self.path / "outcome.json").read_bytes())
        except FileNotFoundError:
            return None

    def tell(self, told: Wish | Outcome) -> None:
        """Writes the wish or the outcome, whole or not at all."""
        name = "wish.json" if isinstance(told, Wish) else "outcome.json"
        replace_text(self.path / name, json.dumps(asdict(told), ensure_ascii=False))

    def journal(self) -> Journal:
        """What the ingestion has written so far."""
        found: dict[str, Any] = {}
        for event in self._events():
            match event.event:
                case "plan" | "review":
                    found[event.event] = event.plan or event.review
                case "report":
                    found |= {"report": event.report, "unread": event.failed}
                case "progress":
                    found["progress"] = Step(event.what or "", event.done, event.total)
                case "failed":
                    found["failed"] = event.what
        return Journal(**found)

    def _events(self) -> Iterator[Event]:
        lines = self.journal_path.read_bytes().splitlines() if self.journal_path.is_file() else []
        for line in lines:
            try:
                yield _EVENT.validate_json(line)
            except ValidationError:
                continue  # torn by a process that was killed, or still being written

    def last_words(self) -> str:
        """The last line that the ingestion printed."""
        lines = self.output.read_text(encoding="utf-8", errors="replace").split("\n") if self.output.is_file() else []
        return next((line.strip().removeprefix("navigator: ") for line in reversed(lines) if line.strip()), "")


_WISH = TypeAdapter(Wish)
_OUTCOME = TypeAdapter(Outcome)
_EVENT = TypeAdapter(Event)
