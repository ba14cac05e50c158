"""A course small enough to see through, its player behind a real server, and a stand-in for the tutor's server on another origin."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from player import Course, Embedding, Signer, create_app, open_course

STAND_IN = Path(__file__).with_name("stand_in.js")
KEY_SET = """{"keys": [
  {"kty": "oct", "kid": "old", "alg": "HS256", "tenant": "blue-sky", "k": "c2l4dGVlbiBieXRlcyBvZiBvbGQgYW5kIHNpeHRlZW4gbW9yZQ"},
  {"kty": "oct", "kid": "own", "alg": "HS256", "tenant": "blue-sky", "k": "dGhpcnR5LXR3byBieXRlcyBhdCBsZWFzdCwgYXMgaXQgbXVzdA"},
  {"kty": "OKP", "kid": "theirs", "alg": "EdDSA", "tenant": "red-sky", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
]}"""

COURSE = {
    "course.yaml": "course: space-1\ntitle:\n  en: Space for beginners\n  zh: 航天入门\n",
    "lessons/rockets.en.md": """---
id: rockets.en
lesson: rockets
unit: getting-to-space
order: 1
title: How rockets work
language: en
grade_band: 4-6
goals: [say what pushes a rocket]
---
# How rockets work

A rocket throws gas backwards, and [thrust](concept:rocket-thrust) is the push that it gets. The speed is $v = v_e \\ln\\frac{m_0}{m_1}$ in the end.

## Empty stages

Rockets drop their empty stages because less mass is easier to speed up.

| stage | mass |
|---|---|
| first | 100 t |
""",
    "lessons/rockets.zh.md": """---
id: rockets.zh
lesson: rockets
unit: getting-to-space
order: 1
title: 火箭是怎样飞起来的
language: zh
---
# 火箭是怎样飞起来的

## 空的级

火箭分级，是因为空贮箱只是多余的质量。
""",
    "lessons/orbits.en.md": """---
id: orbits.en
lesson: orbits
unit: getting-to-space
order: 2
title: Orbits <b>up</b> & away
language: en
---
# Orbits up and away

<script>document.title = "taken over"</script> A satellite falls around Earth. [Press](javascript:alert(1)) $\\text{<img src=x>}$ or $x^$.
""",
    "lessons/moon.en.md": """---
id: moon.en
lesson: moon
unit: moon-and-mars
order: 1
title: The Moon up close
language: en
---
The Moon has no air.
""",
    "transcripts/rockets.en.vtt": """WEBVTT

00:00:01.000 --> 00:00:05.000
Good morning,
and welcome to our lesson.

00:00:40.000 --> 00:00:47.500
Rockets drop their empty stages
because less mass is easier to speed up.

00:01:00.000 --> 00:01:04.000
That was <i>all</i>.
""",
    "transcripts/rockets.zh.vtt": "WEBVTT\n\n00:00:30.000 --> 00:00:35.000\n火箭分级，\n是因为空贮箱只是多余的质量。\n",
    "transcripts/moon.en.vtt": "WEBVTT\n\n00:02:00.000 --> 00:02:09.000\nThe Moon keeps one face towards us.\n",
}


def write_course(folder: Path, **more: str) -> Path:
    """The course's files in the new `folder`; `more` are lessons, named without their suffix."""
    for name, text in (COURSE | {f"lessons/{name}.md": text for name, text in more.items()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def course_in(folder: Path) -> Course:
    """The course, read from the new `folder`."""
    return open_course(write_course(folder))[0]


def stand_in() -> Starlette:
    """Where pages get the tutor's script from."""

    async def widget(_request: Request) -> Response:
        return FileResponse(STAND_IN)

    return Starlette(routes=[Route("/widget.js", widget)])


@contextmanager
def listening() -> Iterator[tuple[socket.socket, str]]:
    """A socket on a free port of this machine, and the origin that it will be."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def answering(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """The app on that socket."""
    server = uvicorn.Server(uvicorn.Config(app, loop="asyncio", ws="none", log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def playing(course: Course, api: str, signer: Signer | None = None) -> Iterator[str]:
    """The player's origin, once it answers. A signer signs for that origin."""
    with listening() as (listener, origin):
        app = create_app(course, Embedding(origin, api, signer and Signer(signer.key, signer.tenant, origin, signer.life_s, signer.clock)))
        with answering(app, listener):
            yield origin
