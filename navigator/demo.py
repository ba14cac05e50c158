"""``navigator demo``: runs the small course player, on another origin than the API that it takes the tutor from."""

import asyncio
import signal
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from navigator.console import Failed, messages
from navigator.entry import token_keys
from navigator.server import address_of, listen
from navigator.settings import Settings
from player import BadCourse, BadKey, Course, Embedding, Signer, create_app, open_course, signer_of


@dataclass(frozen=True)
class Demo:
    """What the command was asked for: `api` is the tutor's origin, `life_s` how many seconds a token lives."""

    course: Path
    host: str
    port: int
    api: str
    life_s: int


def demo(settings: Settings, asked: Demo) -> None:
    """Serves the player until stopped; Failed when it cannot."""
    if _is_every_address(asked.host):
        raise Failed(f"browsers cannot open {asked.host!r}: give --host the one address by which they reach this machine")
    course = _course(asked.course)
    with listen(asked.host, asked.port) as listening:
        origin = address_of(asked.host, listening.getsockname()[1])
        app = create_app(course, Embedding(origin, asked.api, signer(settings, origin, asked.life_s)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=3))
        messages.print(f"The course player is at {origin} (Ctrl-C stops it), with the tutor of {asked.api}")
        if origin not in settings.origins:
            messages.print(f"The tutor must know its pages: start navigator serve with NAVIGATOR_ALLOWED_ORIGINS={origin}")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            asyncio.run(server.serve(sockets=[listening]))
        except KeyboardInterrupt:
            messages.print("Stopped.")


def _is_every_address(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _course(folder: Path) -> Course:
    try:
        course, unread = open_course(folder)
    except BadCourse as error:
        raise Failed(str(error)) from error
    for one in unread:
        messages.print(f"navigator: {str(one.path)!r} {one.why}: this lesson is not shown")
    return course


def signer(settings: Settings, origin: str, life_s: int) -> Signer | None:
    """What signs for the pupils of that origin, None where the tutor asks for no token; Failed without a key."""
    if settings.auth == "open":
        return None
    keys = token_keys(settings)
    if not keys:
        raise Failed(
            "with NAVIGATOR_AUTH=token pupils are signed for: navigator tokens new-key --tenant SCHOOL --into FILE, then NAVIGATOR_TOKEN_KEYS=FILE"
        )
    try:
        return signer_of(keys if "{" in keys else Path(keys).read_text(encoding="utf-8"), origin=origin, life_s=life_s, clock=time.time)
    except OSError as error:
        raise Failed(f"the token keys {keys!r} cannot be read ({error.strerror}): navigator tokens new-key --into {keys!r} makes them") from error
    except BadKey as error:
        raise Failed(str(error)) from error
