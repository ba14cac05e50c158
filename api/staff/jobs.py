"""Jobs: how one goes, building once more, stopping one or putting it aside."""

from fastapi import APIRouter
from starlette.requests import Request

from api.addresses import client_of
from api.doors import Doors, only_staff
from api.errors import BUSY, CONFLICT, INVALID, NOT_FOUND, Refused, documented
from api.fields import Name
from api.staff.log import StaffLog
from api.staff.releases import compared
from api.staff.wire import Compared, Job, Started
from ingest import JobFolder, UnknownJob, Wish
from knowledge_base.errors import ReleaseDamaged, UnknownRelease
from knowledge_base.release.layout import DataFolder


def routes(doors: Doors, log: StaffLog) -> APIRouter:
    """The doors to jobs."""
    router = APIRouter()

    @router.get("/v1/jobs/{job_id}", responses=documented(NOT_FOUND, INVALID))
    def job(job_id: Name) -> Job:
        """How a job goes, and when it is done what publishing its release would change."""
        return _told(doors.library.data, _found(doors, job_id))

    @router.post("/v1/jobs", status_code=202, responses=documented(BUSY))
    def build_again(request: Request) -> Started:
        """Builds from uploads and withdrawals as they stand, upon what is published now."""
        job_id = only_staff(doors).jobs.start(Wish())
        log.note("build again", job_id, client_of(request))
        return Started(job_id=job_id)

    @router.delete("/v1/jobs/{job_id}", responses=documented(NOT_FOUND, CONFLICT, INVALID))
    def discard(job_id: Name, request: Request) -> Job:
        """Stops a running job, which then has failed; undoes what the newest one did to uploads and withdrawals, unless its release is published."""
        folder = _found(doors, job_id)
        try:
            only_staff(doors).jobs.discard(job_id)
        except UnknownJob as error:
            raise Refused(CONFLICT, f"{error}.") from error
        log.note("discard", job_id, client_of(request))
        return Job.of(folder, None)

    return router


def _found(doors: Doors, job_id: str) -> JobFolder:
    try:
        return only_staff(doors).jobs.find(job_id)
    except UnknownJob as error:
        raise Refused(NOT_FOUND, f"{error}.") from error


def _told(data: DataFolder, folder: JobFolder) -> Job:
    outcome = folder.outcome()
    return Job.of(folder, _diff(data, outcome.parent, outcome.release) if outcome else None)


def _diff(data: DataFolder, before: str | None, after: str | None) -> Compared | None:
    if before is None or after is None:
        return None
    try:
        return compared(data, before, after)
    except (UnknownRelease, ReleaseDamaged):
        return None  # one of them was pruned meanwhile
