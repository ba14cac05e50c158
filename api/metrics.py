"""GET /metrics: figures in Prometheus' text format, for whoever brings the staff token; on a loopback server for this machine too."""

from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import client_of
from api.doors import Doors
from api.errors import INTERNAL, TOO_MANY, UNAUTHORIZED, documented
from api.staff.guard import BEARER, Guard, SlowDown
from api.staff.log import StaffLog


def routes(doors: Doors) -> APIRouter:
    """The door for whoever watches the figures; without figures there is none."""
    router = APIRouter(tags=["health"])
    figures = doors.figures
    if figures is None:
        return router
    guard = Guard(doors.staff.token if doors.staff else None, StaffLog(doors.library.data.root / "staff.log"), SlowDown())

    async def may_look(request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]) -> None:
        if not (figures.free_on_loopback and _is_loopback(client_of(request))):
            await guard(request, bearer)

    @router.get(
        "/metrics",
        dependencies=[Depends(may_look)],
        openapi_extra={"security": [{}]} if figures.free_on_loopback else None,  # besides the token: none
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **documented(UNAUTHORIZED, TOO_MANY, INTERNAL)},
    )
    def metrics() -> Response:
        """What was counted since the server started, and how it stands now."""
        return Response(figures.exposition(), media_type=figures.media_type)

    return router


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
