"""GET /v1/search: the passages nearest to a question."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.callers import caller_of
from api.doors import Doors
from api.errors import INTERNAL, INVALID, NOT_READY, documented
from api.wire import SearchFor, SearchResults
from knowledge_base.types import Filters
from tutor.masking import mask, without_marks


def routes(doors: Doors) -> APIRouter:
    """The door to the search."""
    router = APIRouter(tags=["knowledge"])

    @router.get("/v1/search", dependencies=[Depends(caller_of(doors))], responses=documented(INVALID, INTERNAL, NOT_READY))
    async def search(wanted: Annotated[SearchFor, Query()]) -> SearchResults:
        """The best `k` passages, best first; none is an empty list. What could tell of a person is masked before the search."""
        filters = Filters(wanted.language, wanted.course, wanted.lesson)
        async with doors.library.reading() as reader:
            return SearchResults.of(await reader.search(without_marks(mask(wanted.q)), k=wanted.k, filters=filters))

    return router
