"""DELETE /v1/me: nothing of the caller is kept any longer."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.callers import COOKIE, caller_of
from api.doors import Doors
from api.errors import INTERNAL, UNAVAILABLE, documented
from api.standing import Caller


def routes(doors: Doors) -> APIRouter:
    """The door out."""
    router = APIRouter(tags=["tutor"])

    @router.delete("/v1/me", status_code=204, responses=documented(INTERNAL, UNAVAILABLE))
    async def me(caller: Annotated[Caller, Depends(caller_of(doors))]) -> Response:
        """Erases the caller's conversations, answers and feedback, and the cookie; 204 also when there is nothing."""
        if doors.memory is not None and caller.pseudonym is not None:
            await doors.memory.erase(caller.pseudonym)
        response = Response(status_code=204)
        if doors.access.tokens is None:
            response.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return response

    return router
