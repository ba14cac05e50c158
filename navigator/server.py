"""Runs the web server: loopback unless told otherwise, one line when it cannot."""

import asyncio
import gc
import importlib.metadata
import signal
import socket
import threading
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from api import Access, Doors, create_app, request_fields
from api.turns import Turns
from ingest import IngestError, Order
from knowledge_base.errors import KnowledgeError, OperatorError
from knowledge_base.library import Library
from knowledge_base.release import publish
from navigator import entry, wiring
from navigator.console import ShownProgress, messages
from navigator.presence import serving
from navigator.reports import plan_table, tell_problems
from navigator.settings import Settings
from navigator.watching.logs import log_to_stderr
from navigator.watching.states import watch_jobs, watch_limits, watch_memory, watch_release, watch_turns
from navigator.watching.watching import watching

TRY = "How much lunar soil did Chang'e-5 bring back?  ·  嫦娥五号带回了多少月壤？"

# Longer than proxies keep theirs: after uvicorn's 5 s it would close just when a student who asks every five seconds asks again on it.
KEEP_ALIVE_S = 75
STOPPED_WITHIN_S = 10  # after this whatever is still open is cut off
LAST_TURNS_S = 5.0  # after this turns are ended, and their streams say so
# Python's own thresholds but for the last: to look through all that a release keeps in memory holds every answer up for a quarter of a second.
COLLECTING = (700, 10, 100)


class CannotServe(OperatorError):
    """The operator's: the address is taken, or not one that may be served without tokens, or the bot behind it or the students have none."""


def serve(settings: Settings, course: Path | None) -> None:
    """Serves until stopped. With `course`, ingests it first when nothing is published, else tells what changed in it."""
    log_to_stderr(settings, request_fields)
    gc.set_threshold(*COLLECTING)
    check_access(settings)
    if settings.bot_webhook_url is not None and settings.telegram_token is None:
        raise CannotServe("NAVIGATOR_BOT_WEBHOOK_URL is set and no bot's token: set NAVIGATOR_TELEGRAM_TOKEN to the one from @BotFather, or unset it")
    access = entry.access(settings)
    listening = listen(settings.host, settings.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C does: what is open is closed on the way out
    with listening, serving(wiring.data_folder(settings)):
        first = course is not None and publish.current_id(wiring.data_folder(settings)) is None
        if course is not None and first:
            with ShownProgress() as progress:
                tell_problems(wiring.ingestion(settings, progress).run(Order([course])))
        messages.print("Opening the published release ...")
        library = wiring.library(settings)
        try:
            _open(library)
            if course is not None and not first:
                threading.Thread(target=_tell_changes, args=(settings, course), daemon=True).start()
            _answer(settings, library, listening, access)
        except KeyboardInterrupt:
            messages.print("Stopped.")
        finally:
            library.close()


def check_access(settings: Settings) -> None:
    """Everybody may ask a server that this machine alone can reach; others only who can show who they are, and its staff likewise."""
    missing = [f"NAVIGATOR_{name}" for name, is_set in _guards(settings) if not is_set]
    if missing and not settings.on_loopback:
        raise CannotServe(f"{settings.host!r} is not this machine alone: set {', '.join(missing)} (docs/tokens.md), or NAVIGATOR_HOST=127.0.0.1")
    if settings.auth == "token" and settings.token_keys is None:
        raise CannotServe("NAVIGATOR_AUTH=token needs keys: navigator tokens new-key --tenant SCHOOL --into FILE, then NAVIGATOR_TOKEN_KEYS=FILE")


def _guards(settings: Settings) -> tuple[tuple[str, bool], ...]:
    return (
        ("AUTH=token", settings.auth == "token"),
        ("TOKEN_KEYS", settings.token_keys is not None),
        ("STAFF_TOKEN", settings.staff_token is not None),
    )


def _answer(settings: Settings, library: Library, listening: socket.socket, access: Access) -> None:
    """Serves on the socket until SIGINT or SIGTERM, which uvicorn hands on when it has stopped."""
    watched = watching(settings)
    memory, staff, limits = wiring.memory(settings, library), wiring.staff(settings), entry.limits(settings)
    tutor, version = wiring.tutor(settings, library, memory, watched.metrics), importlib.metadata.version("navigator-tutor")
    watch_release(watched.metrics, library)
    watch_memory(watched.metrics, memory)
    if staff is not None:
        watch_jobs(watched.metrics, staff.jobs)
    if limits is not None:
        watch_limits(watched.metrics, limits)
    doors = Doors(
        tutor,
        library,
        version,
        wiring.catalogue(settings, library),
        wiring.practice(settings, library),
        staff=staff,
        memory=memory,
        access=access,
        limits=limits,
        figures=watched.metrics,
    )
    watch_turns(watched.metrics, doors.turns)
    served = watched.around(wiring.behind_webhook(settings, create_app(doors), tutor, memory))
    address = address_of(settings.host, listening.getsockname()[1])
    messages.print(f"Navigator is at {address}/demo (Ctrl-C stops it). A question to try:\n  {TRY}")
    try:
        asyncio.run(_Server(config_of(settings, served), doors.turns).serve(sockets=[listening]))
    finally:
        watched.close()


class _Server(uvicorn.Server):
    """When it stops, turns under way have some seconds to come to their end; the server itself would cut off the streams of those that have not."""

    def __init__(self, config: uvicorn.Config, turns: Turns) -> None:
        super().__init__(config)
        self._turns = turns

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        ending = asyncio.create_task(self._end_turns())
        await super().shutdown(sockets)
        ending.cancel()

    async def _end_turns(self) -> None:
        await asyncio.sleep(LAST_TURNS_S)
        await self._turns.end()


def config_of(settings: Settings, served: ASGIApp) -> uvicorn.Config:
    """How uvicorn serves. Left to itself it would believe anyone on this machine who says where a request comes from."""
    proxies = settings.trusted_proxies
    return uvicorn.Config(
        served,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=STOPPED_WITHIN_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        proxy_headers=proxies is not None,
        forwarded_allow_ips=proxies or "",
    )


def address_of(host: str, port: int) -> str:
    """What a browser opens; an IPv6 address stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def listen(host: str, port: int) -> socket.socket:
    """The socket that a server answers on; CannotServe when the address is taken or is none of this machine's."""
    # With the protocol named asyncio sends each answer at once; else its second packet waits 40 ms for the client to acknowledge the first.
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # at once, so that a second server is told that the port is taken while this one still prepares
    except OSError as error:
        listening.close()
        raise CannotServe(f"{host}:{port} cannot be listened on ({error.strerror}): stop what listens there, or give another --port") from error
    return listening


def _open(library: Library) -> None:
    """Without a release the server still runs: it answers 503 with the command to run, and serves the first one published."""
    try:
        library.open()
    except KnowledgeError as error:
        messages.print(f"navigator: {error}")


def _tell_changes(settings: Settings, course: Path) -> None:
    """Beside the server, so that it answers at once."""
    try:
        report = wiring.ingestion(settings, lambda *_step: None).run(Order([course], dry_run=True))
    except (KnowledgeError, IngestError) as error:
        messages.print(f"navigator: {error}")
        return
    tell_problems(report)
    if not report.plan.empty:
        messages.print(f"{course} has changed since it was published:")
        messages.print(plan_table(report.plan))
        messages.print(f"To publish: .venv/bin/navigator ingest {course}")
