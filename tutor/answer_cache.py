"""Questions asked again of one release get the answer found before; those asked at the same time wait for one search."""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from tutor.types import Answer, Question

MOST = 1_000  # answers, of some kilobytes each
CACHE = "cache"  # the stage in the timings of an answer that was not made for the one who gets it
Make = Callable[[], Coroutine[Any, Any, Answer]]


def lasting(answer: Answer) -> bool:
    """Whether the same question would be answered so again: what was blocked or only talked about is looked at anew each time."""
    return answer.kind in ("grounded", "refused")


@dataclass
class _Flight:
    """An answer on its way, and how many wait for it."""

    task: "asyncio.Task[Answer]"
    waiting: int = 0


class AnswerCache:
    """Keeps the last `most` answers of one release for which `keeps` holds; neither questions nor who asked them are kept."""

    def __init__(self, *, most: int = MOST, keeps: Callable[[Answer], bool] = lasting) -> None:
        self._most = most
        self._keeps = keeps
        self._release = ""
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()
        self._flights: dict[tuple[str, bytes], _Flight] = {}

    async def answer(self, release: str, question: Question, make: Make) -> Answer:
        """What `make` answers, or answered before; then without ids, and with the stage ``cache`` alone in its timings.

        `make` runs as a task of its own: whoever gives up waiting takes nothing from the others, the last one ends it.
        """
        started, key = time.perf_counter(), _key(question)
        kept = self._of(release).get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            await asyncio.sleep(0)  # who asks in a loop must not keep the others from their turn
            return _again(kept, started)
        flight = self._flights.get((release, key))
        if flight is not None:
            return _again(await self._landed((release, key), flight), started)
        flight = self._flights[release, key] = _Flight(asyncio.create_task(self._made(key, make)))
        return await self._landed((release, key), flight)

    async def _made(self, key: bytes, make: Make) -> Answer:
        answer = await make()
        if self._keeps(answer) and answer.release == self._release:
            self._kept[key] = replace(answer, answer_id="", conversation_id="")
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer

    async def _landed(self, place: tuple[str, bytes], flight: _Flight) -> Answer:
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting:
                if self._flights.get(place) is flight:
                    del self._flights[place]
                flight.task.cancel()  # nothing to one that has landed

    def _of(self, release: str) -> OrderedDict[bytes, Answer]:
        """The answers of this release; those of another go."""
        if release != self._release:
            self._release = release
            self._kept.clear()
        return self._kept


def _key(question: Question) -> bytes:
    """Everything that an answer depends on, but not who asks where; as a hash, so that no student's words stay."""
    asked = replace(question, text=question.text.strip(), conversation_id=None, caller=None)
    return hashlib.blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _again(answer: Answer, started: float) -> Answer:
    waited = round((time.perf_counter() - started) * 1000, 1)
    return replace(answer, answer_id="", conversation_id="", timings_ms={CACHE: waited})
