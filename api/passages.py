"""GET /v1/passages/{id}: what an answer cited."""

from fastapi import APIRouter

from api.doors import Doors
from api.errors import INTERNAL, INVALID, NOT_FOUND, NOT_READY, WITHDRAWN, Refused, documented
from api.fields import Name
from api.wire import CitedPassage
from knowledge_base.errors import UnknownPassage


def routes(doors: Doors) -> APIRouter:
    """The door to single passages."""
    router = APIRouter(tags=["knowledge"])

    @router.get("/v1/passages/{passage_id}", responses=documented(NOT_FOUND, WITHDRAWN, INVALID, INTERNAL, NOT_READY))
    async def passage(passage_id: Name) -> CitedPassage:
        """A passage of the published release; 410 with its document's title when only an earlier release held it."""
        async with doors.library.reading() as reader:
            try:
                return CitedPassage.of(*reader.passage(passage_id), reader.release_id)
            except UnknownPassage:
                title = await doors.library.withdrawn(passage_id)
        if title is None:
            raise Refused(NOT_FOUND, "No release on disk holds this passage. Ask again for an answer that cites one.")
        raise Refused(WITHDRAWN, f"This passage of {title!r} is no longer part of the course.", title=title)

    return router
