"""Runs the web server: loopback unless told otherwise, one line when it cannot."""

import asyncio
import importlib.metadata
import socket
import threading
from pathlib import Path

import uvicorn

from api import Doors, create_app
from ingest import IngestError, Order, Report
from knowledge_base.errors import KnowledgeError, OperatorError
from knowledge_base.library import Library
from knowledge_base.release import publish
from navigator import wiring
from navigator.console import ShownProgress, messages
from navigator.reports import plan_table
from navigator.settings import Settings

TRY = "How much lunar soil did Chang'e-5 bring back?  ·  嫦娥五号带回了多少月壤？"


class CannotServe(OperatorError):
    """The operator's: the address is taken, or not one that may be served without tokens."""


def serve(settings: Settings, course: Path | None) -> None:
    """Serves until stopped. With `course`, ingests it first when nothing is published, else tells what changed in it."""
    if not settings.on_loopback:
        raise CannotServe(f"without tokens only this machine may be served, not {settings.host!r}: set NAVIGATOR_HOST=127.0.0.1")
    listening = _listen(settings.host, settings.port)
    with listening:
        wiring.data_folder(settings).ensure_writable()
        first = course is not None and publish.current_id(wiring.data_folder(settings)) is None
        if course is not None and first:
            with ShownProgress() as progress:
                _tell_problems(wiring.ingestion(settings, progress).run(Order([course])))
        messages.print("Opening the published release ...")
        library = wiring.library(settings)
        _open(library)
        app = create_app(Doors(wiring.tutor(settings, library), library, importlib.metadata.version("navigator-tutor")))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=10))
        address = f"http://{settings.host}:{listening.getsockname()[1]}"
        messages.print(f"Navigator is at {address}/demo (Ctrl-C stops it). A question to try:\n  {TRY}", markup=False)
        if course is not None and not first:
            threading.Thread(target=_tell_changes, args=(settings, course), daemon=True).start()
        try:
            asyncio.run(server.serve(sockets=[listening]))
        except KeyboardInterrupt:
            messages.print("Stopped.")
        finally:
            library.close()


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CannotServe(f"{host}:{port} cannot be listened on ({error.strerror}): stop what listens there, or give another --port") from error
    return listening


def _open(library: Library) -> None:
    """Without a release the server still runs: it answers 503 with the command to run, and serves the first one published."""
    try:
        library.open()
    except KnowledgeError as error:
        messages.print(f"navigator: {error}", markup=False)


def _tell_problems(report: Report) -> None:
    for problem in report.problems:
        messages.print(f"{problem.path}:{problem.line}: {problem.what}", markup=False)


def _tell_changes(settings: Settings, course: Path) -> None:
    """Beside the server, so that it answers at once."""
    try:
        report = wiring.ingestion(settings, lambda *_step: None).run(Order([course], dry_run=True))
    except (KnowledgeError, IngestError) as error:
        messages.print(f"navigator: {error}", markup=False)
        return
    _tell_problems(report)
    if not report.plan.empty:
        messages.print(f"{course} has changed since it was published:")
        messages.print(plan_table(report.plan))
        messages.print(f"To publish: .venv/bin/navigator ingest {course}", markup=False)
