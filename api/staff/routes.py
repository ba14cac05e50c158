"""The staff's routes, all behind one guard."""

from fastapi import APIRouter, Depends

from api.doors import Doors
from api.errors import INTERNAL, NOT_READY, TOO_MANY, UNAUTHORIZED, documented
from api.staff import documents, heard, jobs, releases
from api.staff.guard import Guard, SlowDown
from api.staff.log import StaffLog


def routes(doors: Doors) -> APIRouter:
    """The doors for staff; without a staff token nobody gets through them."""
    log = StaffLog(doors.library.data.root / "staff.log")
    guard = Guard(doors.staff.token if doors.staff else None, log, SlowDown())
    errors = documented(UNAUTHORIZED, TOO_MANY, INTERNAL, NOT_READY)
    router = APIRouter(tags=["staff"], dependencies=[Depends(guard)], responses=errors)
    for part in (documents, jobs, releases):
        router.include_router(part.routes(doors, log))
    router.include_router(heard.routes(doors))
    return router
