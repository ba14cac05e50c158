"""Documents: listed, uploaded, removed, brought back. Each change is a job that builds a release and publishes nothing."""

import shutil
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.addresses import client_of
from api.doors import Doors, only_staff
from api.errors import BUSY, INVALID, NOT_FOUND, TOO_LARGE, Refused, documented
from api.staff.log import StaffLog
from api.staff.receive import receive
from api.staff.wire import Materials, Started, UploadedFile, staff_documents
from ingest import STAFF, Problem, Wish, restore, sort_out, uploaded, withdrawn
from knowledge_base.release import publish, records
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Document

_FORM = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
        "dry_run": {"type": "boolean", "default": False},
    },
}
UPLOAD_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}


def routes(doors: Doors, log: StaffLog) -> APIRouter:
    """The doors to documents."""
    router = APIRouter()
    data = doors.library.data

    @router.get("/v1/documents")
    def materials() -> Materials:
        """What students read, and what staff uploaded and withdrew."""
        return _materials(doors)

    @router.post("/v1/documents", status_code=202, responses=documented(BUSY, TOO_LARGE, INVALID), openapi_extra=UPLOAD_BODY)
    async def upload(request: Request) -> Started:
        """Begins a job that adds these files to the uploads, or with `dry_run` only tells what they would change."""
        jobs = only_staff(doors).jobs
        await run_in_threadpool(jobs.check_free)
        folder = await run_in_threadpool(jobs.incoming)
        try:
            received = await receive(request, folder)
            files, problems = await run_in_threadpool(sort_out, received.files)
            if not files:
                raise Refused(INVALID, _nothing(problems), field="files")
            job_id = await run_in_threadpool(jobs.start, Wish(dry_run=received.dry_run, problems=problems), files)
        finally:
            await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
        log.note("try" if received.dry_run else "upload", ", ".join(file.name for file in files), client_of(request))
        return Started(job_id=job_id)

    @router.delete("/v1/documents/{doc_id:path}", status_code=202, responses=documented(NOT_FOUND, BUSY, INVALID))
    def remove(doc_id: str, request: Request) -> Started:
        """Begins a job without this document: its upload goes; if another source brings it, it is withdrawn."""
        job_id = only_staff(doors).jobs.start(_without(doors, doc_id))
        log.note("remove", doc_id, client_of(request))
        return Started(job_id=job_id)

    @router.delete("/v1/withdrawals/{doc_id:path}", status_code=204, responses=documented(NOT_FOUND, BUSY, INVALID))
    def bring_back(doc_id: str, request: Request) -> None:
        """Ends a withdrawal: the next ingestion of the source that holds the document brings it back."""
        with publish.writing(data, patience=1.0):
            if doc_id not in withdrawn(data):
                raise Refused(NOT_FOUND, f"The document {doc_id!r} is not withdrawn.")
            restore(data, [doc_id])
        log.note("bring back", doc_id, client_of(request))

    return router


def _nothing(problems: Sequence[Problem]) -> str:
    """Why none of the files that came is of use."""
    return f"{problems[0].path}: {problems[0].what}." if problems else "There is no material among the files."


def _materials(doors: Doors) -> Materials:
    data = doors.library.data
    release = publish.current_id(data)
    documents = _documents(data, release)
    paths = {document.path for document in documents if document.source == STAFF}
    newest = doors.staff.jobs.newest() if doors.staff else None
    return Materials(
        release=release,
        documents=staff_documents(documents),
        uploads=[UploadedFile(name=name, bytes=size, published=name in paths) for name, size in uploaded(data).items()],
        withdrawn=sorted(withdrawn(data)),
        job_id=newest.job_id if newest else None,
    )


def _documents(data: DataFolder, release: str | None) -> list[Document]:
    return records.read_documents(data.release(release)) if release and data.release(release).is_dir() else []


def _without(doors: Doors, doc_id: str) -> Wish:
    """The wish to be without a document, which the newest build or the published release holds."""
    data = doors.library.data
    newest = only_staff(doors).jobs.newest()
    outcome = newest.outcome() if newest else None
    for release in (outcome.release if outcome else None, publish.current_id(data)):
        for document in _documents(data, release):
            if document.doc_id == doc_id:
                return Wish(remove=(document.path,)) if document.source == STAFF else Wish(withdraw=(doc_id,))
    if doc_id in uploaded(data):
        return Wish(remove=(doc_id,))
    raise Refused(NOT_FOUND, f"There is no document {doc_id!r}: GET /v1/documents lists those there are.")
