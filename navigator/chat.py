"""A conversation at the terminal, with everything that students can do, from a person or from a pipe."""

import contextlib
import logging
import sys
from collections.abc import Iterator

from anyio.from_thread import start_blocking_portal

from bot.desk import FrontDesk
from bot.terminal import WELCOME, Terminal, lines
from navigator import wiring
from navigator.console import messages, results
from navigator.presence import serving
from navigator.settings import Settings

CALLER = ("local", "terminal")
UNLIMITED = {"questions_per_minute": 0, "questions_per_day": 0}  # who sits here runs the school's tutor, or tries it out


def chat(settings: Settings) -> None:
    """Talks until the input ends. What is asked is kept like every other caller's, under a pseudonym of this terminal's own."""
    settings = settings.model_copy(update=UNLIMITED)
    knowledge = wiring.published_library(settings)
    tenant, subject = CALLER
    try:
        memory, learners = wiring.memory(settings, knowledge), wiring.learners(settings)
        desk = FrontDesk(wiring.rooms(settings, wiring.tutor(settings, knowledge, memory), memory, learners), tenant=tenant)
        terminal = Terminal(desk, results, subject=subject)
        with serving(wiring.data_folder(settings)), _without_events(), start_blocking_portal() as portal:
            watching = portal.start_task_soon(knowledge.watch)
            with portal.wrap_async_context_manager(memory.running()), portal.wrap_async_context_manager(learners.running()):
                if sys.stdin.isatty():
                    messages.print(WELCOME)
                for line in lines():
                    portal.call(terminal.hear, line)
            watching.cancel()
    finally:
        knowledge.close()


@contextlib.contextmanager
def _without_events() -> Iterator[None]:
    """Events are for a server's operator, not for the one who types."""
    told = logging.getLogger("tutor")
    level = told.level
    told.setLevel(logging.ERROR)
    try:
        yield
    finally:
        told.setLevel(level)
