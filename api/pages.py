"""GET /demo and /staff: pages for students and for staff, and the files they are made of."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"

# The page's own files and nothing else; Trusted Types make the browser refuse innerHTML.
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'",
    "Cache-Control": "no-cache",
}


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response


def add_to(app: FastAPI) -> None:
    """Adds both pages, their files below them, and the way to the students' from `/`."""

    @app.get("/", include_in_schema=False)
    async def root() -> RedirectResponse:
        return RedirectResponse("/demo")

    _add_page(app, "/demo", FOLDER / "demo")
    _add_page(app, "/staff", FOLDER / "staff")


def _add_page(app: FastAPI, address: str, folder: Path) -> None:
    files = _Files(directory=folder)

    @app.api_route(address, methods=["GET", "HEAD"], include_in_schema=False)
    async def page(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    app.mount(address, files)
