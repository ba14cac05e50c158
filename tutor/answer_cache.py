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

    def kept(self, release: str, question: Question) -> Answer | None:
        """What was answered before; without ids, and with the stage ``cache`` alone in its timings."""
        started, key = time.perf_counter(), _key(question)
        kept = self._of(release).get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return _again(kept, started)

    def keep(self, question: Question, answer: Answer) -> None:
        """Keeps it for the next who asks, unless it is of another release by now or of a kind that does not last."""
        if self._keeps(answer) and answer.release == self._release:
            self._kept[_key(question)] = replace(answer, answer_id="", conversation_id="")
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    async def answer(self, release: str, question: Question, make: Make) -> Answer:
        """What was answered before, else what `make` answers.

        `make` runs as a task of its own: whoever gives up waiting takes nothing from the others, the last one ends it.
        """
        kept = self.kept(release, question)
        if kept is not None:
            await asyncio.sleep(0)  # who asks in a loop must not keep the others from their turn
            return kept
        started, place = time.perf_counter(), (release, _key(question))
        flight = self._flights.get(place)
        if flight is not None:
            return _again(await self._landed(place, flight), started)
        flight = self._flights[place] = _Flight(asyncio.create_task(self._made(question, make)))
        return await self._landed(place, flight)

    async def _made(self, question: Question, make: Make) -> Answer:
        answer = await make()
        self.keep(question, answer)
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
    asked = replace(question, text=question.text.strip(), conversation_id=None, caller=None, before=())
    return hashlib.blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _again(answer: Answer, started: float) -> Answer:
    waited = round((time.perf_counter() - started) * 1000, 1)
    return replace(answer, answer_id="", conversation_id="", timings_ms={CACHE: waited})
