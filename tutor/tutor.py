"""The front door: one turn of tutoring, screened, understood from its conversation, answered or refused, and remembered."""

import contextlib
import logging
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import replace

from knowledge_base.library import Library, Reader
from knowledge_base.types import Hit
from tutor import texts
from tutor.answer_cache import AnswerCache
from tutor.answering.answerer import Answerer
from tutor.answering.compose import LinkTo
from tutor.events import UNCOUNTED
from tutor.lesson.checks import hinted
from tutor.lesson.pointing import pointing
from tutor.masking import mask, without_marks
from tutor.ports import Events, Remembers, Writer
from tutor.question.follow_up import may_follow, repeated, resolve
from tutor.question.understand import small_talk, understand
from tutor.recalled import recalled
from tutor.remembered import Exchange
from tutor.safety.screen import Concern, prepare, screen
from tutor.safety.texts import BLOCKED
from tutor.turn import EXTRACT, Turn, milliseconds
from tutor.types import Answer, Begun, Delta, Event, Final, Question, Sources

log = logging.getLogger(__name__)


def no_link(_hit: Hit) -> str | None:
    """Without a course player a citation leads nowhere but to its quote."""
    return None


def random_id() -> str:
    """An id that cannot be guessed."""
    return secrets.token_urlsafe(12)


class Tutor:
    """Answers from the published release only; many questions may be asked at once.

    With a memory, turns of known callers are kept; with a writer, a language model words the answers that no fact gives.
    Beyond the screen of the first line nothing sees a question but masked.
    """

    def __init__(
        self,
        library: Library,
        *,
        link_to: LinkTo = no_link,
        new_id: Callable[[], str] = random_id,
        memory: Remembers | None = None,
        writer: Writer | None = None,
        events: Events = UNCOUNTED,
    ) -> None:
        self._library = library
        self._new_id = new_id
        self._memory = memory
        self._counted = events
        self._answerer = Answerer(library, link_to, writer, events)
        self._writes = writer is not None
        self._cache = AnswerCache()
        prepare()

    @property
    def library(self) -> Library:
        """What it answers from."""
        return self._library

    async def ask(self, question: Question) -> Answer:
        """One answer: grounded with citations, a refusal naming what comes nearest, or calm words. Raises when there is no release to ask."""
        async with contextlib.aclosing(self.stream(question)) as events:
            return [event.answer async for event in events if isinstance(event, Final)][-1]

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """The same answer as it comes: `Begun` at once, sources before any text, whole checked sentences, and in the end `Final`.

        Closing it ends the turn.
        """
        started = time.perf_counter()
        concern = screen(question.text)
        self._counted.took("screen", time.perf_counter() - started)
        question = replace(question, text=mask(question.text))
        async with self._library.reading() as reader:
            begun = Begun(self._conversation(question), reader.release_id)
            yield begun
            if concern is not None:
                # The name of the concern is what is remembered in place of the words.
                answer = self._finished(replace(question, text=concern), _blocked(_turn(question, reader), concern), begun, started)
                self._tell(concern, answer)
                yield Final(answer)
                return
            async with contextlib.aclosing(self._events(replace(question, text=without_marks(question.text)), reader)) as events:
                async for event in events:
                    yield Final(self._finished(question, event.answer, begun, started)) if isinstance(event, Final) else event

    async def _events(self, question: Question, reader: Reader) -> AsyncGenerator[Event, None]:
        talk = small_talk(question.text)
        if talk is not None:
            turn = _turn(question, reader)
            yield Final(turn.reply("chat", texts.small_talk(talk, turn.understood.reply_language)))
            return
        learnt = self._answerer.learnt_from(reader)
        question = learnt.lessons.standing(replace(question, text=learnt.spelling.mended(question.text)))
        place = learnt.lessons.place(question)
        hint = hinted(_turn(question, reader), place) if place is not None else None
        if hint is not None:
            yield Final(hint)
            return
        asked = await self._resolved(question, reader)
        async with contextlib.aclosing(self._written(asked, reader) if self._writes else self._extracted(asked, reader)) as events:
            async for event in events:
                yield event

    async def _resolved(self, question: Question, reader: Reader) -> Question:
        """The question that stands for itself: what a follow-up leaves out is found in what its caller asked before it."""
        topics = self._answerer.learnt_from(reader).topics
        pointed = pointing(question.text) if question.lesson is not None else None
        if pointed is None and not may_follow(question.text, topics):
            return question
        if pointed is not None and pointed.heard:
            return question  # what was said in the lesson is no matter of the conversation
        recent = await self._recent(question, reader)
        if recent is None:
            return question
        resolved = resolve(question.text, recent, topics, language=question.language)
        if pointed is not None and resolved.text == question.text:
            resolved = repeated(question.text, recent, topics, language=question.language) or resolved
        return replace(question, text=resolved.text, language=resolved.language)

    async def _recent(self, question: Question, reader: Reader) -> Sequence[Exchange] | None:
        """What was asked and answered before it: as the question itself brings it, else as the memory has it; None where nobody knows."""
        if question.before:
            return await recalled(question, self._answerer.learnt_from(reader), lambda earlier: self._recalled(earlier, reader))
        if self._memory is None or question.caller is None or question.conversation_id is None:
            return None
        return await self._memory.recent(question.caller, question.conversation_id)

    async def _recalled(self, question: Question, reader: Reader) -> Answer:
        """What an earlier question was answered; where that is not known any more, what the course's words answer: no model is asked again."""
        return self._cache.kept(reader.release_id, question) or await _answered(self._answerer.in_the_courses_words(), _turn(question, reader))

    async def _extracted(self, question: Question, reader: Reader) -> AsyncGenerator[Event, None]:
        """Whoever asks the same at the same time waits for one answer."""
        for event in _told(await self._cache.answer(reader.release_id, question, lambda: self._made(question, reader))):
            yield event

    async def _made(self, question: Question, first: Reader) -> Answer:
        """Holds the release itself: others may wait for the answer when the one who asked first has given up."""
        with first.shared() as reader:
            return await _answered(self._answerer, _turn(question, reader))

    async def _written(self, question: Question, reader: Reader) -> AsyncGenerator[Event, None]:
        """A model's answer is told as it is written; one that had to do without the model, since that failed, is not kept."""
        kept = self._cache.kept(reader.release_id, question)
        if kept is not None:
            for event in _told(kept):
                yield event
            return
        async with contextlib.aclosing(self._answerer.events(_turn(question, reader))) as events:
            async for event in events:
                if isinstance(event, Final) and (event.answer.kind != "grounded" or event.answer.engine != EXTRACT):
                    self._cache.keep(question, event.answer)
                yield event

    def _finished(self, question: Question, answer: Answer, begun: Begun, started: float) -> Answer:
        """With its ids and its time, and remembered."""
        answer = replace(
            answer,
            answer_id=self._new_id(),
            conversation_id=begun.conversation_id,
            timings_ms=answer.timings_ms | {"total": milliseconds(started)},
        )
        self._counted.answered(answer.kind, answer.language, answer.engine)
        self._counted.took("total", time.perf_counter() - started)
        if self._memory is not None:
            self._memory.record(question, answer)
        return answer

    def _tell(self, concern: Concern, answer: Answer) -> None:
        """An event for the operator that holds neither the message nor its author."""
        told = {"concern": concern, "language": answer.language, "release": answer.release, "answer_id": answer.answer_id}
        log.warning("a message was blocked: %s", " ".join(f"{name}={value}" for name, value in told.items()), extra=told)
        self._counted.blocked(concern, answer.language)

    def _conversation(self, question: Question) -> str:
        if self._memory is not None and question.caller is not None:
            return self._memory.conversation(question.caller, question.conversation_id)
        return question.conversation_id or self._new_id()


def _turn(question: Question, reader: Reader) -> Turn:
    return Turn(question, understand(question.text, question.language), reader)


async def _answered(answerer: Answerer, turn: Turn) -> Answer:
    async with contextlib.aclosing(answerer.events(turn)) as events:
        return [event.answer async for event in events if isinstance(event, Final)][-1]


def _blocked(turn: Turn, concern: Concern) -> Answer:
    return turn.reply("blocked", BLOCKED[concern][turn.understood.reply_language])


def _told(answer: Answer) -> Iterator[Event]:
    """The events of an answer that is there as a whole."""
    if answer.citations:
        yield Sources(answer.citations)
        yield Delta(answer.text)
    yield Final(answer)
