"""The tutor's memory: turns are kept beside the answering, masked, under pseudonyms, for some days, and shown to staff in groups."""

import asyncio
import datetime as dt
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from knowledge_base.errors import OperatorError
from knowledge_base.library import Library
from tutor.errors import MemoryUnavailable
from tutor.gaps import GapFinder
from tutor.masking import mask
from tutor.ports import Store
from tutor.pseudonyms import Pseudonyms
from tutor.remembered import Comment, Exchange, Feedback, Gap, JudgedAnswer, Judgement, KeptAnswer, Tally, Turn
from tutor.types import Answer, Citation, Question

log = logging.getLogger(__name__)

LONGEST_LINE = 2_000  # turns that wait to be written: a database that stands still must not fill the computer
AT_ONCE = 100  # turns a transaction
LISTED = 500  # of the newest refused questions and judgements, for staff
RECENT = 6  # turns that a follow-up may lead back to
RECENT_FOR = dt.timedelta(minutes=30)
RECENT_WITHIN_S = 0.3  # that long an answer waits for them
SWEEP_EVERY_S = 24 * 3600.0
SWEEP_AGED_EVERY_S = 300.0  # what is kept for an hour at most is deleted within these five minutes of it
SWEEP_AGAIN_S = 60.0  # after one that failed


def now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.UTC)


class Memory:
    """Keeps turns and judgements for `retention`; a database in trouble is logged and never stops an answer."""

    def __init__(
        self, store: Store, pseudonyms: Pseudonyms, library: Library, *, retention: dt.timedelta, clock: Callable[[], dt.datetime] = now
    ) -> None:
        self._store = store
        self._pseudonyms = pseudonyms
        self._library = library
        self._gaps = GapFinder(library)
        self._retention = retention
        self._clock = clock
        self._waiting: deque[Turn] = deque()
        self._batch: list[Turn] = []  # on its way into the database
        self._reading: set[asyncio.Task[tuple[Exchange, ...]]] = set()
        self._late: set[asyncio.Task[tuple[Exchange, ...]]] = set()  # of these, those that answers no longer wait for
        self._some = asyncio.Event()
        self._writing = asyncio.Lock()
        self._told: set[str] = set()
        self.lost = 0  # turns that could not be kept, since the start

    def caller(self, tenant: str, subject: str) -> str:
        """The pseudonym of one person of one tenant."""
        return self._pseudonyms.caller(tenant, subject)

    def conversation(self, caller: str, wanted: str | None) -> str:
        """The id of the caller's conversation: `wanted`, unless it was made for another caller, else a new one."""
        return self._pseudonyms.conversation(caller, wanted)

    def record(self, question: Question, answer: Answer) -> None:
        """Keeps one turn of the question's caller, as soon as the database lets it; nobody waits for that, and nobody's is not kept."""
        if question.caller is None:
            return
        if len(self._waiting) >= LONGEST_LINE:
            self.lost += 1
            self._tell("turns are answered faster than they can be kept: some are not")
            return
        self._waiting.append(
            Turn(
                caller=question.caller,
                conversation=self._pseudonyms.conversation_key(question.caller, answer.conversation_id),
                asked_at=self._clock(),
                question=mask(question.text),
                lesson=mask(question.lesson) if question.lesson else None,
                grade_band=question.grade_band,
                answer=answer,
            )
        )
        self._some.set()

    async def recent(self, caller: str, conversation_id: str) -> tuple[Exchange, ...]:
        """The caller's last turns in this conversation, newest last, also those not yet written.

        What the database does not tell in time is left out.
        """
        key, since = self._pseudonyms.conversation_key(caller, conversation_id), self._clock() - RECENT_FOR
        fresh = [turn.exchange for turn in self._unwritten() if turn.conversation == key and turn.asked_at >= since]
        kept = await self._kept(key, since) if len(fresh) < RECENT else ()
        known = {exchange.answer_id for exchange in fresh}
        return tuple([*(exchange for exchange in kept if exchange.answer_id not in known), *fresh][-RECENT:])

    async def last_answer(self, caller: str, conversation_id: str) -> KeptAnswer | None:
        """The caller's newest answer in this conversation that is no small talk, also one not yet written. MemoryUnavailable soon, or never."""
        key = self._pseudonyms.conversation_key(caller, conversation_id)
        fresh = [turn for turn in self._unwritten() if turn.conversation == key and turn.answer.kind != "chat"]
        return _kept_answer(fresh[-1]) if fresh else await self._store.last_answer(key)

    async def citation(self, caller: str, answer_id: str, n: int) -> Citation | None:
        """What the caller's answer cites as `n`; None for another's answer, an erased one, a withdrawn passage. MemoryUnavailable soon, or never."""
        fresh = [turn for turn in self._unwritten() if turn.caller == caller and turn.answer.answer_id == answer_id]
        answer = _kept_answer(fresh[-1]) if fresh else await self._store.answer(caller, answer_id)
        return answer.citation(n) if answer is not None else None

    async def settle(self) -> None:
        """Once it returns, what was recorded so far is written, or lost and the log says so."""
        await self._write()

    async def judge(self, caller: str, answer_id: str, *, helpful: bool, comment: str | None = None) -> bool:
        """Keeps what the caller thinks of an answer, in place of what was thought before; False when the caller has no such answer."""
        await self._write()
        return await self._store.judge(caller, Judgement(answer_id, helpful, mask(comment) if comment else None, self._clock()))

    async def erase(self, caller: str) -> None:
        """Deletes everything of one caller; once it returns nothing of it is left, not even in the database's files."""
        await self._write()
        await self._store.erase(caller)

    async def gaps(self) -> tuple[Gap, ...]:
        """What students asked and the course has no answer to, grouped by likeness, newest first; of the newest 500 refusals."""
        await self._write()
        return await self._gaps.find(await self._store.refused(LISTED), await self._titles())

    async def feedback(self) -> Feedback:
        """What callers thought of the answers kept; of the newest 500 judgements each, of all the tallies."""
        titles = await self._titles()
        tallies = [Tally(doc_id, titles.get(doc_id or ""), *counts) for doc_id, counts in (await self._store.tallies()).items()]
        judged = await self._store.judged(LISTED)
        return Feedback(
            tuple(sorted(tallies, key=lambda tally: (-tally.unhelpful, -tally.helpful, tally.doc_id or ""))),
            tuple(_comment(one, titles) for one in judged),
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Writes what is recorded and deletes what is too old, learners and notes too, while this is held; what then still waits is written."""
        old = self._keep_sweeping(lambda: self._store.forget_before(self._clock() - self._retention), SWEEP_EVERY_S)
        aged = self._keep_sweeping(lambda: self._store.forget_aged(self._clock()), SWEEP_AGED_EVERY_S)
        tasks = [asyncio.create_task(work) for work in (self._keep_writing(), old, aged)]
        for task in tasks:
            task.add_done_callback(_tell_if_it_stopped)
        try:
            yield
        finally:
            await self._write()
            async with self._writing:  # no task is in the middle of a batch or a sweep
                for task in tasks:
                    task.cancel()
            await asyncio.wait([*tasks, *self._reading])
            await self._store.close()

    @property
    def waiting(self) -> int:
        """How many turns are yet to be written."""
        return len(self._unwritten())

    def _unwritten(self) -> tuple[Turn, ...]:
        return (*self._batch, *self._waiting)

    async def _keep_writing(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            await self._write()

    async def _write(self) -> None:
        """Writes everything recorded so far; what the database does not take is lost, and the log says so."""
        async with self._writing:
            while self._waiting:
                self._batch = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
                try:
                    await self._store.add(self._batch)
                    self._told.clear()
                except MemoryUnavailable as error:
                    self.lost += len(self._batch)
                    self._tell(str(error))
                finally:
                    self._batch = []

    async def _kept(self, conversation: str, since: dt.datetime) -> tuple[Exchange, ...]:
        """What the database tells within the time that an answer can wait; while it owes an answer it is not asked again."""
        if self._late:
            return ()
        reading = asyncio.create_task(self._store.recent(conversation, since, RECENT))
        self._reading.add(reading)
        reading.add_done_callback(self._read)
        # It is not cancelled when it is late: a connection given up in mid-work is lost.
        done, _late = await asyncio.wait([reading], timeout=RECENT_WITHIN_S)
        if not done:
            self._tell("the database does not tell in time what was asked before: follow-ups are not understood")
            self._late.add(reading)
            return ()
        try:
            return reading.result()
        except MemoryUnavailable as error:
            self._tell(str(error))
            return ()

    def _read(self, reading: asyncio.Task[tuple[Exchange, ...]]) -> None:
        """Looks at what may have come too late, lest the event loop complain that nobody did; that the database is in trouble is told already."""
        self._reading.discard(reading)
        self._late.discard(reading)
        if not reading.cancelled():
            reading.exception()

    async def _keep_sweeping(self, sweep: Callable[[], Awaitable[object]], every_s: float) -> None:
        pause = 0.0
        while True:
            await asyncio.sleep(pause)
            pause = every_s if await self._swept(sweep) else SWEEP_AGAIN_S

    async def _swept(self, sweep: Callable[[], Awaitable[object]]) -> bool:
        try:
            async with self._writing:  # so that the end waits for it: a connection given up in mid-work outlives the event loop
                await sweep()
        except MemoryUnavailable as error:
            self._tell(str(error))
            return False
        return True

    async def _titles(self) -> dict[str, str]:
        try:
            async with self._library.reading() as reader:
                return {doc_id: document.title for doc_id, document in reader.documents.items()}
        except OperatorError:  # no release to read from: staff see what there is without titles
            return {}

    def _tell(self, what: str) -> None:
        """Once a kind, until something is kept again."""
        if what not in self._told:
            self._told.add(what)
            log.error("conversations are not kept: %s", what)


def _kept_answer(turn: Turn) -> KeptAnswer:
    answer = turn.answer
    return KeptAnswer(answer.answer_id, turn.asked_at, answer.kind, answer.language, answer.text, answer.citations)


def _comment(one: JudgedAnswer, titles: dict[str, str]) -> Comment:
    judgement = one.judgement
    title = titles.get(one.topic or "")
    return Comment(judgement.at, judgement.helpful, judgement.comment, one.kind, one.language, doc_id=one.topic, topic=title)


def _tell_if_it_stopped(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("the memory no longer keeps or sweeps: restart the server", exc_info=task.exception())
