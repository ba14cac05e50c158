"""Turns under way and those just done, told to any number of readers: a lost stream is taken up again, a question sent twice is asked once."""

import asyncio
import contextlib
import hashlib
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass

from api.errors import CONFLICT, UNAVAILABLE, Refused
from api.events import Told
from api.standing import Caller
from api.wire import Asked
from tutor.types import Answer

logger = logging.getLogger(__name__)

KEPT_S = 600.0  # from its beginning a turn is told again
GRACE_S = 5.0  # a reader who has lost the connection may come back
MOST = 1_000  # turns that are done, of some ten kilobytes each
MOST_BYTES = 32 * 2**20


class Turn:
    """One turn, which goes on by itself, keeps what it tells, and is ended once nobody has read it for `grace_s` seconds."""

    def __init__(self, telling: AsyncGenerator[Told, None], grace_s: float) -> None:
        self.told: list[Told] = []
        self.ending = False
        self._grace_s = grace_s
        self._readers = 0
        self._more = asyncio.Event()
        self.task = asyncio.create_task(self._go_on(telling))
        self.task.add_done_callback(self._ended)

    @contextlib.contextmanager
    def read(self) -> Iterator[None]:
        """Held by a reader: the turn goes on at least that long."""
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            if self._grace_s and not self.task.done():
                asyncio.get_running_loop().call_later(self._grace_s, self._end_unread)
            else:
                self._end_unread()

    async def beyond(self, count: int) -> bool:
        """Waits until more than `count` events are told; False when there will not be."""
        while len(self.told) <= count and not self.task.done():
            await self._more.wait()
        return len(self.told) > count

    def check(self) -> None:
        """Raises what a turn that is done ended with, if not well."""
        if self.task.cancelled():
            raise Refused(UNAVAILABLE, "This turn was ended before it was done. Ask again in a moment.")
        self.task.result()

    async def answer(self) -> Answer:
        """The whole answer, once the turn is done; raises what the turn ended with if it did not come to one."""
        while await self.beyond(len(self.told)):
            pass
        self.check()
        return next(one.answer for one in reversed(self.told) if one.answer is not None)

    def end(self) -> None:
        """Ends the turn, and with it the model's request; nothing to one that is done."""
        self.ending = self.task.cancel() or self.ending

    async def _go_on(self, telling: AsyncGenerator[Told, None]) -> None:
        async with contextlib.aclosing(telling):
            async for told in telling:
                self.told.append(told)
                self._tell()

    def _tell(self) -> None:
        self._more.set()
        self._more = asyncio.Event()

    def _end_unread(self) -> None:
        if not self._readers:
            self.end()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tell()
        if not task.cancelled() and task.exception() is not None and self.told:
            logger.error("a turn failed after %d events", len(self.told), exc_info=task.exception())


@dataclass(frozen=True)
class _Kept:
    """A turn, a hash of the request that it answers, and what forgets both in time."""

    turn: Turn
    asked: bytes
    timer: asyncio.TimerHandle


_Name = tuple[str | None, object]  # a caller's pseudonym, and the caller's own id of the message, or one that nobody else has


class Turns:
    """Every turn under way, and for ten minutes those done that their callers gave an id of their own; the oldest go when they are too many."""

    def __init__(self, *, kept_s: float = KEPT_S, grace_s: float = GRACE_S, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self.replayed = 0  # turns asked for again
        self._kept_s = kept_s
        self._grace_s = grace_s
        self._most = most
        self._most_bytes = most_bytes
        self._turns: dict[_Name, _Kept] = {}
        self._done: OrderedDict[_Name, int] = OrderedDict()  # bytes, oldest first

    def of(self, asked: Asked, caller: Caller, tell: Callable[[], AsyncGenerator[Told, None]]) -> Turn:
        """The turn that the caller asked for by the same message id, else one that is begun now. Refused when the id was another question's."""
        name, asks = _name(asked, caller), _hash(asked)
        kept = self._turns.get(name)
        if kept is None or kept.turn.ending:
            return self._begin(name, asks, Turn(tell(), self._grace_s if isinstance(name[1], str) else 0.0))
        if kept.asked != asks:
            raise Refused(
                CONFLICT,
                "You sent another question with this client_message_id a moment ago. Give each question an id of its own.",
                field="client_message_id",
            )
        self.replayed += 1
        return kept.turn

    def has(self, asked: Asked, caller: Caller) -> bool:
        """Whether this is asked again, so that `of` begins no turn."""
        kept = self._turns.get(_name(asked, caller))
        return kept is not None and not kept.turn.ending and kept.asked == _hash(asked)

    def forget(self, caller: str) -> None:
        """Ends the caller's turns and forgets those that are done."""
        for name in [name for name in self._turns if name[0] == caller]:
            self._turns[name].turn.end()
            self._drop(name)

    async def end(self) -> None:
        """Ends all turns; once it returns none is under way."""
        tasks = [kept.turn.task for kept in self._turns.values()]
        for name in list(self._turns):
            self._turns[name].turn.end()
            self._drop(name)
        if tasks:
            await asyncio.wait(tasks)

    def _begin(self, name: _Name, asked: bytes, turn: Turn) -> Turn:
        self._drop(name)
        timer = asyncio.get_running_loop().call_later(self._kept_s, self._drop, name)
        self._turns[name] = _Kept(turn, asked, timer)
        turn.task.add_done_callback(lambda _task: self._ended(name, turn))
        return turn

    def _ended(self, name: _Name, turn: Turn) -> None:
        """Keeps what has an answer and may be asked for again."""
        kept = self._turns.get(name)
        if kept is None or kept.turn is not turn:
            return
        if turn.task.cancelled() or turn.task.exception() is not None or not isinstance(name[1], str):
            self._drop(name)
            return
        self._done[name] = sum(len(one.frame) for one in turn.told)
        while len(self._done) > self._most or sum(self._done.values()) > self._most_bytes:
            self._drop(next(iter(self._done)))

    def _drop(self, name: _Name) -> None:
        kept = self._turns.pop(name, None)
        self._done.pop(name, None)
        if kept is not None:
            kept.timer.cancel()


def _name(asked: Asked, caller: Caller) -> _Name:
    """Who has no pseudonym cannot be told from others: the id counts for nothing."""
    named = caller.pseudonym is not None and asked.client_message_id is not None
    return (caller.pseudonym, asked.client_message_id if named else object())


def _hash(asked: Asked) -> bytes:
    return hashlib.blake2b(asked.model_dump_json().encode(), digest_size=16).digest()
