"""GET /v1/passages/{id}: what an answer cited."""

from fastapi import APIRouter, Depends

from api.callers import caller_of
from api.doors import Doors
from api.errors import INTERNAL, INVALID, NOT_FOUND, NOT_READY, WITHDRAWN, Refused, documented
from api.fields import Name
from api.wire import CitedPassage
from knowledge_base.errors import PassageWithdrawn, UnknownPassage


def routes(doors: Doors) -> APIRouter:
    """The door to single passages."""
    router = APIRouter(tags=["knowledge"])

    errors = documented(NOT_FOUND, WITHDRAWN, INVALID, INTERNAL, NOT_READY)

    @router.get("/v1/passages/{passage_id}", dependencies=[Depends(caller_of(doors))], responses=errors)
    async def passage(passage_id: Name) -> CitedPassage:
        """A passage as it was cited, also one that a changed document replaced; 410 when its document is no longer part of the course."""
        async with doors.library.reading() as reader:
            try:
                cited = await reader.cited(passage_id)
            except UnknownPassage as error:
                raise Refused(NOT_FOUND, "No release ever held this passage. Ask again for an answer that cites one.") from error
            except PassageWithdrawn as withdrawn:
                raise Refused(WITHDRAWN, _farewell(withdrawn.title), title=withdrawn.title) from withdrawn
        return CitedPassage.of(cited.passage, cited.document, cited.release)

    return router


def _farewell(title: str | None) -> str | None:
    return None if title is None else f"This passage of {title!r} is no longer part of the course."
