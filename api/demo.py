"""GET /demo: one page to ask questions on, and the files it is made of."""

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
    """Adds the page, its files below it, and the way to it from `/`."""
    files = _Files(directory=FOLDER)

    @app.get("/", include_in_schema=False)
    async def root() -> RedirectResponse:
        return RedirectResponse("/demo")

    @app.api_route("/demo", methods=["GET", "HEAD"], include_in_schema=False)
    async def demo(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    app.mount("/demo", files)
