"""What the tests of the event stream stand on: a tutor that goes as far as it is let, and a reader of streams."""

import asyncio
import datetime as dt
import json
import threading
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI
from small_course import doors_over

from api import Asks, create_app
from api.turns import Turns
from knowledge_base.library import Library
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor
from tutor.types import Answer, Begun, Delta, Event, Final, Question

WITHIN_S = 10.0


@dataclass
class Gated:
    """A tutor that says `said` and then waits until it is `let` go on; it tells how often it was asked, and sets `left` when it was ended before."""

    said: tuple[str, ...] = ("First.",)
    fails: Exception | None = None
    begins: bool = True
    let: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)
    asked: list[Question] = field(default_factory=list)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        self.asked.append(question)
        number = len(self.asked)
        try:
            if self.begins:
                yield Begun(f"c{number}", "r1")
            for text in self.said:
                yield Delta(text)
            while not self.let.is_set():  # noqa: ASYNC110  # it is let go on from another thread
                await asyncio.sleep(0.01)
            if self.fails is not None:
                raise self.fails
            yield Final(Answer(f"a{number}", f"c{number}", "chat", "".join(self.said), "en", (), 1.0, (), "extract", "r1", {"total": 0.1}, None))
        except (asyncio.CancelledError, GeneratorExit):
            self.left.set()
            raise


def remembering(library: Library, path: Path, *, tutor: Asks | None = None, turns: Turns | None = None) -> FastAPI:
    """The app as wiring makes it, with a memory in the file, or with another tutor."""
    memory = Memory(SqlStore(sqlite(path)), Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
    return create_app(doors_over(library, tutor or Tutor(library, memory=memory), memory=memory, turns=turns or Turns()))


@contextmanager
def browser(address: str, *, cookie: str = "b" * 43) -> Iterator[httpx2.Client]:
    """A browser that keeps its cookies, and has one of ours from the beginning."""
    cookies = {"navigator_caller": cookie} if cookie else {}
    with httpx2.Client(base_url=address, trust_env=False, timeout=WITHIN_S, cookies=cookies) as client:
        yield client


@dataclass(frozen=True)
class Seen:
    """One event as it was received."""

    id: int
    name: str
    data: dict[str, Any]


def events_in(lines: Iterable[str]) -> Iterator[Seen]:
    """The events in the lines of a stream, as they come; comments are left out."""
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _colon, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield Seen(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}


@contextmanager
def open_chat(client: httpx2.Client, question: str = "Why?", *, after: int | None = None, **more: object) -> Iterator[Iterator[Seen]]:
    """The events of a turn as they come; the connection is closed at the end."""
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    with client.stream("POST", "/v1/chat", json={"question": question, **more}, headers=headers) as response:
        assert response.status_code == 200, response.read()
        yield events_in(response.iter_lines())


def chat(client: httpx2.Client, question: str = "Why?", *, after: int | None = None, **more: object) -> list[Seen]:
    """All events of a turn."""
    with open_chat(client, question, after=after, **more) as events:
        return list(events)
