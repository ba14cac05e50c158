"""The application: the doors put together behind one set of error handlers and headers."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI
from starlette.middleware import Middleware

from api import ask, catalogue, chat, completions, embedding, feedback, health, me, metrics, pages, passages, practice, search, staff
from api.document import Documented
from api.doors import Doors
from api.errors import FORBIDDEN_ORIGIN, HANDLERS, TOKEN_NEEDED, TOO_MANY, documented
from api.gate import Gate, cors
from api.middleware import BodyLimit, Frame

logger = logging.getLogger(__name__)


def create_app(doors: Doors) -> FastAPI:
    """The app over `doors`. While it runs it keeps up with newly published releases and writes into the memory."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(doors.library.watch())
        watching.add_done_callback(_tell_if_it_stopped)
        if doors.staff is not None:
            await asyncio.to_thread(doors.staff.jobs.recover)
        try:
            async with (
                doors.memory.running() if doors.memory is not None else nullcontext(),
                doors.limits.running() if doors.limits is not None else nullcontext(),
            ):
                try:
                    yield
                finally:
                    await doors.turns.end()
        finally:
            if doors.staff is not None:
                await asyncio.to_thread(doors.staff.jobs.stop)
            watching.cancel()
            await asyncio.wait([watching])

    app = Documented(
        title="Navigator",
        summary="A tutor for aircraft, rockets and space that answers only from the school's course.",
        version=doors.version,
        lifespan=lifespan,
        middleware=[cors(doors.access), Middleware(Frame), Middleware(Gate, access=doors.access), Middleware(BodyLimit)],
        exception_handlers=HANDLERS,
        redirect_slashes=False,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    for students in (ask, chat, completions, feedback, me, search, passages, catalogue, practice):
        app.include_router(students.routes(doors), responses=documented(TOKEN_NEEDED, FORBIDDEN_ORIGIN, TOO_MANY))
    for others in (health, metrics, staff):
        app.include_router(others.routes(doors))
    pages.add_to(app)
    embedding.add_to(app, doors.access.origins)
    return app


def _tell_if_it_stopped(watching: asyncio.Task[None]) -> None:
    if not watching.cancelled():
        logger.error("new releases are no longer noticed: restart the server", exc_info=watching.exception())
