"""A page that is looked at, in a browser that minds what it should not have to."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

DESKTOP, PHONE = (1280, 900), (390, 844)
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Visit:
    """A page that is looked at, and all that the browser minded."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        self.page.goto(self.origin + address)

    def now(self) -> float:
        """The second at which the video stands."""
        return float(self.page.evaluate("document.querySelector('video').currentTime"))

    def stands_at(self, second: float) -> None:
        """Waits until the video is there, at most two seconds on."""
        self.page.wait_for_function(
            "at => { const now = document.querySelector('video').currentTime; return now >= at && now < at + 2.5 }", arg=second
        )

    def told(self, kind: str) -> list[Any]:
        """What the tutor was told of a kind, so far."""
        return [given for name, *given in self.page.evaluate("document.querySelector('navigator-tutor').told") if name == kind]

    def violations(self) -> list[Any]:
        """What axe finds against WCAG 2.2 AA in the page as it stands."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("levels => axe.run({ runOnly: levels })", LEVELS)
        return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]

    def source(self, doc: str, **place: Any) -> None:
        """The tutor says that one of its sources was tapped."""
        detail = {"doc": doc, "anchor": None, "position_s": None} | place
        self.page.evaluate("detail => document.querySelector('navigator-tutor').say('navigator:source_click', detail)", detail)


Visits = Callable[..., Visit]


@contextmanager
def visiting(browser: Browser, origin: str, size: tuple[int, int] = DESKTOP, *, expected: str = "$^", **options: Any) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE, **({"locale": "en-US"} | options))
    visit = Visit(context.new_page(), origin)
    visit.page.on("console", lambda message: visit.complaints.append(message.text) if minds(message, expected) else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()
    assert visit.complaints == []


def minds(message: ConsoleMessage, expected: str) -> bool:
    return message.type in ("error", "warning") and re.search(expected, message.text) is None
