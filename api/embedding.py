"""GET /widget.js, /widget/* and /embed: the tutor inside other people's pages."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
SCRIPT = "text/javascript; charset=utf-8"

# Any page may load the script: what it may ask of the API is another matter.
PUBLIC = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-cache"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; frame-ancestors 'self' {origins}"
)


class _Files(StaticFiles):
    def __init__(self, folder: Path, headers: dict[str, str]) -> None:
        super().__init__(directory=folder)
        self._headers = headers

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if path.endswith(".js"):
            response.headers["Content-Type"] = SCRIPT  # what the machine's own tables say of .js differs
        response.headers.update(self._headers)
        return response


def add_to(app: FastAPI, origins: Sequence[str]) -> None:
    """Adds the widget's script and modules, for pages anywhere, and its page for frames in pages of `origins`."""
    script, framed = _Files(FOLDER, PUBLIC), _Files(FOLDER / "embed", {"Content-Security-Policy": POLICY.format(origins=" ".join(origins)).strip()})

    @app.api_route("/widget.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def widget(request: Request) -> Response:
        return await script.get_response("widget.js", request.scope)

    @app.api_route("/embed", methods=["GET", "HEAD"], include_in_schema=False)
    async def embed(request: Request) -> Response:
        response = await framed.get_response("index.html", request.scope)
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.mount("/widget", GZipMiddleware(_Files(FOLDER / "widget", PUBLIC)))
    app.mount("/embed", framed)
