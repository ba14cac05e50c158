"""What the widget's tests stand on: a course page on another origin under a strict policy, the real API, and one browser."""

import asyncio
import datetime as dt
import secrets
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from loopback import serving
from playwright.sync_api import Browser, Page
from practice_course import lesson
from small_course import doors_over, library_over, publish
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from token_desk import SCHOOL, Clock, halves

from api import Access, Asks, create_app
from api.tokens import KeyRing, Tokens
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor
from tutor.types import Answer, Begun, Citation, Delta, Event, Final, Language, Question, Sources, Suggestion

DESKTOP = (1280, 860)
PHONE = (390, 844)
SMALL = (320, 640)

MARKUP = "<img src=x onerror=alert(1)>"
WHY = "Why do rockets drop their empty stages?"
HEARD = "How many bolts hold the adapter ring?"
OUTSIDE = "Who painted the famous sunflowers?"
TALK = """WEBVTT

00:01:05.000 --> 00:01:09.000
Twenty-four bolts hold the adapter ring in place.
"""
ESCAPED = MARKUP.replace("<", "&lt;")
HOSTILE = (
    lesson("hostile", "en", 2).replace("hostile en", f"Gyroscopes {MARKUP}")
    + f"\n## Spin {ESCAPED}\n\nA gyroscope keeps its axis because it spins {ESCAPED} fast.\n"
)
SPINS = "Why does a gyroscope keep its axis?"
LISTED = f"""- asked: ["{WHY}"]
  answer: Rockets drop empty stages because less mass is easier to speed up.
- asked: [how strong, "How strong is its push?"]
  answer: Its thrust is 300,000 N.
"""
LISTED_ZH = """- asked: [推力多大]
  answer: 推力是300,000牛。
"""
LISTED_HOSTILE = f"""- asked: ["Is {MARKUP} a toy?"]
  answer: A gyroscope keeps its axis because it spins {MARKUP} fast.
"""


def write_widget_course(folder: Path) -> Path:
    """A lesson in two languages with check questions and what students ask, its talk, and a lesson full of markup."""
    files = {
        "course.yaml": "course: space\n",
        "lessons/staging.en.md": lesson("staging", "en", 1),
        "lessons/staging.zh.md": lesson("staging", "zh", 1),
        "transcripts/staging.en.vtt": TALK,
        "lessons/hostile.en.md": HOSTILE,
        "faq/staging.en.yaml": LISTED,
        "faq/staging.zh.yaml": LISTED_ZH,
        "faq/hostile.en.yaml": LISTED_HOSTILE,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextmanager
def widget_library(folder: Path) -> Iterator[Library]:
    """The course, published."""
    data = DataFolder(folder / "data")
    publish(data, write_widget_course(folder / "course"))
    with library_over(data) as library:
        yield library


@dataclass
class Host:
    """A site of course pages. Each page is sent with a policy that allows the API at `api` and no inline script or style."""

    pages: dict[str, str] = field(default_factory=dict)
    address: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._page(Request(scope))(scope, receive, send)

    def _page(self, request: Request) -> Response:
        body = self.pages.get(request.url.path)
        if body is None:
            return Response(status_code=204)
        if request.url.path.endswith(".js"):
            return Response(body, media_type="text/javascript")
        api = request.query_params.get("api", "")
        policy = (
            f"default-src 'none'; script-src 'self' {api}; connect-src {api}; frame-src {api}; require-trusted-types-for 'script'; base-uri 'none'"
        )
        return HTMLResponse(
            f"<!doctype html><html lang='en'><meta charset='utf-8'>{MOBILE}{body}</html>", headers={"Content-Security-Policy": policy}
        )


MOBILE = "<meta name='viewport' content='width=device-width, initial-scale=1'><title>A lesson</title>"


def script_tag(api: str, **data: str) -> str:
    """The one tag; `position_s` is its data-position-s."""
    attributes = "".join(f' data-{name.replace("_", "-")}="{value}"' for name, value in {"api": api, **data}.items())
    return f'<script src="{api}/widget.js"{attributes}></script>'


@contextmanager
def hosted() -> Iterator[Host]:
    host = Host()
    with serving(host) as address:
        host.address = address
        yield host


def app_for(library: Library, host: Host, tutor: Asks | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The real app with a memory of its own, which pages of the host may ask; with a clock only those who bring a school's token."""
    store = SqlStore(sqlite(library.data.root / f"{secrets.token_hex(4)}.db"))
    memory = Memory(store, Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
    tokens = Tokens(KeyRing(halves(SCHOOL)), clock) if clock is not None else None
    answers = tutor or Tutor(library, memory=memory)
    return create_app(doors_over(library, answers, memory=memory, access=Access(tokens=tokens, origins=(host.address,))))


@dataclass
class Visit:
    """A browser on a course page with the tutor. `complaints` are the console's and of broken policies; `heard` the tutor's events, in order."""

    page: Page
    host: Host
    api: str
    complaints: list[str] = field(default_factory=list)

    def go(self, body: str, *, path: str = "/lesson") -> None:
        """Opens a page with this body; the tutor's events are noted from the beginning."""
        self.host.pages |= {path: f"<script src='/heard.js'></script>{body}", "/heard.js": LISTENING}
        self.page.goto(f"{self.host.address}{path}?api={self.api}")

    def open(self, **data: str) -> None:
        """A page with the script tag, its panel opened."""
        self.go(f"<main><h1>Staging</h1><button>Play</button></main>{script_tag(self.api, **data)}")
        self.page.locator(".launcher").click()

    def ask(self, question: str) -> None:
        self.page.locator("#question").fill(question)
        self.page.locator("#question").press("Enter")

    def until(self, holds: str) -> None:
        """Waits until an expression holds in the page; Playwright's own way of waiting would need the policy to allow eval."""
        for _ in range(100):
            if self.page.evaluate(holds):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(holds)

    def heard(self, name: str) -> list[dict[str, Any]]:
        """The details of the events of this name."""
        return [detail for heard, detail in self.page.evaluate("window.heard") if heard == f"navigator:{name}"]


LISTENING = """
window.heard = [];
for (const name of ["ready", "open", "close", "message", "source_click", "error"]) {
  document.addEventListener(`navigator:${name}`, ({ type, detail }) => window.heard.push([type, detail]));
}
document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@contextmanager
def visiting(browser: Browser, host: Host, api: str, *, size: tuple[int, int] = DESKTOP, **context: Any) -> Iterator[Visit]:
    """A visit that fails in the end if the console complained, of anything but an answer that is no 2xx or did not come."""
    width, height = size
    opened = browser.new_context(viewport={"width": width, "height": height}, has_touch=width < 700, is_mobile=width < 700, locale="en-US", **context)
    opened.set_default_timeout(10_000)
    visit = Visit(opened.new_page(), host, api)
    visit.page.on("console", lambda message: visit.complaints.append(message.text) if message.type in ("error", "warning") else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    try:
        yield visit
    finally:
        opened.close()  # else the server would wait for it
    assert [complaint for complaint in visit.complaints if not complaint.startswith("Failed to load resource")] == []


@dataclass
class Writing:
    """A tutor that writes its answer piece by piece, each when it is let."""

    pieces: tuple[str, ...] = ("Rockets drop ", "their stages. [1]", " Less mass", " is easier to speed up. [1]")
    language: Language = "en"
    let: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    asked: list[Question] = field(default_factory=list)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        self.asked.append(question)
        yield Begun("c1", "r1")
        yield Sources((CITATION,))
        for piece in self.pieces:
            while not self.let.acquire(blocking=False):  # noqa: ASYNC110  # it is let from another thread
                await asyncio.sleep(0.01)
            yield Delta(piece)
        text = "".join(self.pieces)
        yield Final(Answer("a1", "c1", "grounded", text, self.language, (CITATION,), 1.0, (), "extract", "r1", {"total": 1.0}, "Made by a machine."))


@dataclass
class Refusing:
    """A tutor that has no answer, and asks back whether `meant` was."""

    meant: str
    asked: list[Question] = field(default_factory=list)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        self.asked.append(question)
        yield Begun("c1", "r1")
        text = f"I could not find that. Did you mean: {self.meant} These lessons come closest: How stages work."
        suggestions = (Suggestion(self.meant, "staging.en"), Suggestion("How stages work", "staging.en"))
        yield Final(Answer("a1", "c1", "refused", text, "en", (), 0.2, suggestions, "extract", "r1", {"total": 1.0}, "Said by a machine."))


CITATION = Citation(1, "p1", "staging.en", "How stages work", "Stages", 3, 65.0, None, "Rockets drop their stages.", "en", "2026-05-24", 1.0)
