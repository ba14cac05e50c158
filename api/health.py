"""GET /healthz and /readyz: whether the process lives, and whether it can answer."""

from fastapi import APIRouter

from api.doors import Doors
from api.errors import INTERNAL, NOT_READY, documented
from api.wire import Alive, Ready


def routes(doors: Doors) -> APIRouter:
    """The doors for whoever watches the server."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> Alive:
        """200 while the process lives."""
        return Alive()

    @router.get("/readyz", responses=documented(INTERNAL, NOT_READY))
    async def readyz() -> Ready:
        """200 once a release is open and warm."""
        async with doors.library.reading() as reader:
            return Ready(release=reader.release_id)

    return router
