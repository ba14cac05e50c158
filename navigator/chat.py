"""A conversation with the tutor in the terminal: questions and commands line by line, from a person or from a pipe."""

import contextlib
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

import typer
from anyio.from_thread import BlockingPortal, start_blocking_portal

from knowledge_base.errors import KnowledgeError
from navigator import wiring
from navigator.console import messages, one_line, results
from navigator.presence import serving
from navigator.questions import checked
from navigator.reports import show_answer
from navigator.settings import Settings
from tutor.memory import Memory
from tutor.tutor import Tutor
from tutor.types import Answer, GradeBand, Language

with suppress(ImportError):  # with it a line can be edited as it is typed; Windows has none, and edits without
    import readline  # noqa: F401

T = TypeVar("T")
CALLER = ("local", "terminal")
HELP = (
    "Write a question; the next one may lean on it. /language en, zh or auto; /band 1-3, 4-6, 7-9, 10-12 or none; "
    "/new begins another conversation, /forget erases all that is kept of this terminal, /quit or Ctrl-D ends."
)
HEADINGS: dict[Language, str] = {"en": "You could look at:", "zh": "你可以看看："}
LANGUAGES: dict[str, Language | None] = {"en": "en", "zh": "zh", "auto": None}
NO_BAND: dict[str, GradeBand | None] = {"none": None}
BANDS = NO_BAND | {band: band for band in get_args(GradeBand)}


def chat(settings: Settings) -> None:
    """Talks until the input ends. What is asked is kept like every other caller's, under a pseudonym of this terminal's own."""
    knowledge = wiring.published_library(settings)
    try:
        memory = wiring.memory(settings, knowledge)
        with serving(wiring.data_folder(settings)), _without_events(), start_blocking_portal() as portal:
            watching = portal.start_task_soon(knowledge.watch)
            with portal.wrap_async_context_manager(memory.running()):
                Conversation(portal, wiring.tutor(settings, knowledge, memory), memory).hold()
            watching.cancel()
    finally:
        knowledge.close()


@dataclass
class Conversation:
    """One conversation, its language and its band; the tutor and its memory live in the portal's event loop."""

    portal: BlockingPortal
    tutor: Tutor
    memory: Memory
    conversation_id: str | None = None
    language: Language | None = None
    band: GradeBand | None = None

    def hold(self) -> None:
        """Answers line by line; what is wrong with one line is told, and the next is read."""
        for line in _lines():
            if line == "/quit":
                break
            try:
                self._heed(line)
            except typer.BadParameter as error:
                messages.print(f"This cannot be asked: {error.message}")
            except KnowledgeError as error:
                messages.print(one_line(error))

    def _heed(self, line: str) -> None:
        command, _, argument = line.partition(" ")
        if not command.startswith("/"):
            self._ask(line)
        elif command == "/language":
            self.language = _chosen(LANGUAGES, argument, self.language)
        elif command == "/band":
            self.band = _chosen(BANDS, argument, self.band)
        elif command in ("/new", "/forget") and not argument:
            if command == "/forget":
                self.portal.call(self.memory.erase, self._caller)
                messages.print("All that was kept of this terminal is erased.")
            self.conversation_id = None
        else:
            messages.print(HELP if command == "/help" else f"There is no command {line!r}. {HELP}")

    @property
    def _caller(self) -> str:
        return self.memory.caller(*CALLER)

    def _ask(self, line: str) -> None:
        question = replace(checked(line), language=self.language, grade_band=self.band, conversation_id=self.conversation_id, caller=self._caller)
        answer = self.portal.call(self.tutor.ask, question)
        self.conversation_id = answer.conversation_id
        _show(answer)


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


def _chosen(choices: dict[str, T], wanted: str, now: T) -> T:
    if wanted.strip() not in choices:
        messages.print(f"Choose one of {', '.join(choices)}: {wanted!r} is none of them.")
        return now
    return choices[wanted.strip()]


def _show(answer: Answer) -> None:
    show_answer(answer)
    if answer.suggestions:
        results.print()
        results.print(HEADINGS[answer.language])
    for suggestion in answer.suggestions:
        results.print(f"  {suggestion.text}")
    results.print()


def _lines() -> Iterator[str]:
    """What is typed or piped in, without blank lines; Ctrl-C ends it like Ctrl-D."""
    typed = sys.stdin.isatty()
    if typed:
        messages.print(HELP)
    else:
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]  # then the line is refused, and not the rest with it
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            line = (input("> ") if typed else _piped()).strip()
            if line:
                yield line


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
