"""What the staff's endpoints tell, as pydantic models of the rooms' own types."""

from typing import Self

from pydantic import BaseModel

from api.wire import Told
from ingest import BuiltReport, JobFolder, JobState, PlanSummary, Problem, Step
from knowledge_base.release.history import Difference
from knowledge_base.release.manifest import Manifest
from knowledge_base.review import Review
from knowledge_base.types import Document, Kind
from tutor.types import Language


class Started(BaseModel):
    """A job that was begun; GET /v1/jobs/{job_id} tells how it goes."""

    job_id: str


class StaffDocument(Told):
    """A document of the published release; `path` is its file within its source."""

    doc_id: str
    title: str
    source: str
    language: Language
    kind: Kind
    path: str


class UploadedFile(BaseModel):
    """A file that staff uploaded; `published` once the published release holds what it brings."""

    name: str
    bytes: int
    published: bool


class Materials(BaseModel):
    """What students read, what staff uploaded, what they withdrew, and the newest job that is not discarded."""

    release: str | None
    documents: list[StaffDocument]
    uploads: list[UploadedFile]
    withdrawn: list[str]
    job_id: str | None


class StaffRelease(Told):
    """A release on disk; `created` is UTC."""

    release: str
    created: str
    parent: str | None
    embedder: str
    documents: int
    passages: int
    embedded: int
    published: bool

    @classmethod
    def of(cls, manifest: Manifest, published: str | None) -> Self:
        """A release's stamp and whether it is the published one."""
        figures = {"documents": manifest.documents, "passages": manifest.passages, "embedded": manifest.embedded}
        stamp = {"release": manifest.release, "created": manifest.created, "parent": manifest.parent, "embedder": manifest.embedder.name}
        return cls.model_validate(stamp | figures | {"published": manifest.release == published})


class Releases(BaseModel):
    """All readable releases on disk, oldest first."""

    published: str | None
    releases: list[StaffRelease]


class Publication(BaseModel):
    """The release that is published now, and the one before."""

    published: str
    before: str | None


class Compared(Told):
    """What release `after` has other than `before`: documents, and the golden questions that are answered otherwise (null when not asked)."""

    before: str
    after: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    passages_added: int
    passages_removed: int
    review: Review | None = None

    @classmethod
    def of(cls, difference: Difference, review: Review | None) -> Self:
        """The comparison, with the review only where it asked just these two releases."""
        asked = review is not None and (review.before, review.after) == (difference.before, difference.after)
        return cls.model_validate(difference).model_copy(update={"review": review if asked else None})


class Job(BaseModel):
    """A staff job. `release` was built upon `parent` and waits to be published; null when nothing changed, and in a trial."""

    job_id: str
    state: JobState
    created: str
    dry_run: bool
    files: tuple[str, ...]
    plan: PlanSummary | None
    progress: Step | None
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]
    report: BuiltReport | None
    diff: Compared | None
    error: str | None
    release: str | None
    parent: str | None

    @classmethod
    def of(cls, folder: JobFolder, diff: Compared | None) -> Self:
        """The job as its folder tells of it."""
        wish, outcome, journal = folder.wish(), folder.outcome(), folder.journal()
        told = journal.report or journal.plan
        return cls(
            job_id=folder.job_id,
            state=outcome.state if outcome else "running",
            created=wish.created,
            dry_run=wish.dry_run,
            files=wish.files,
            plan=journal.plan,
            progress=journal.progress,
            problems=(*wish.problems, *(told.problems if told else ())),
            unread=journal.unread,
            report=journal.report,
            diff=diff,
            error=outcome.error if outcome else None,
            release=outcome.release if outcome else None,
            parent=outcome.parent if outcome else None,
        )


def staff_documents(documents: list[Document]) -> list[StaffDocument]:
    """Documents as the page lists them."""
    return [StaffDocument.model_validate(document) for document in documents]
