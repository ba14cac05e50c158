"""One turn of tutoring: understand the question, retrieve, judge the evidence, answer or refuse."""

import contextlib
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from knowledge_base.library import Library, Reader
from knowledge_base.types import Filters, Hit
from tutor import texts
from tutor.answering.asked import Asked
from tutor.answering.choose import EXTRACT, Choice, Chooser
from tutor.answering.compose import LinkTo, composed
from tutor.answering.written import Brief, Written
from tutor.learnt import Learnt, learn
from tutor.ports import Remembers, Writer
from tutor.question.follow_up import may_follow, resolve
from tutor.question.topics import Topics
from tutor.question.understand import Understood, small_talk, understand
from tutor.types import Answer, Citation, Delta, Event, Final, Kind, Question, Sources, Suggestion

SEARCHED = 24  # hits that the gate sees and that suggestions come from
SUGGESTED = 3


def no_link(_hit: Hit) -> str | None:
    """Without a course player a citation leads nowhere but to its quote."""
    return None


def random_id() -> str:
    """An id that cannot be guessed."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class _Turn:
    """One question on its way to an answer, with the release that it is answered from."""

    question: Question
    understood: Understood
    reader: Reader
    hits: tuple[Hit, ...] = ()
    confidence: float = 1.0
    timings: Mapping[str, float] = field(default_factory=dict)


class Tutor:
    """Answers from the published release only; many questions may be asked at once.

    With a memory, turns of known callers are kept; with a writer, a language model words the answers that no fact gives.
    """

    def __init__(
        self,
        library: Library,
        *,
        link_to: LinkTo = no_link,
        new_id: Callable[[], str] = random_id,
        memory: Remembers | None = None,
        writer: Writer | None = None,
    ) -> None:
        self._library = library
        self._link_to = link_to
        self._new_id = new_id
        self._memory = memory
        self._writer = writer
        self._learnt: Learnt | None = None

    async def ask(self, question: Question) -> Answer:
        """One answer: grounded with citations, or a refusal naming what comes nearest. Raises when there is no release to ask."""
        async with contextlib.aclosing(self.stream(question)) as events:
            return [event.answer async for event in events if isinstance(event, Final)][-1]

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """The same answer as it comes: sources before any text, whole checked sentences, and in the end `Final`. Closing it ends the turn."""
        started = time.perf_counter()
        async with self._library.reading() as reader:
            asked = await self._resolved(question, self._learnt_from(reader).topics)
            turn = _Turn(asked, understand(asked.text, asked.language), reader)
            async with contextlib.aclosing(self._events(turn)) as events:
                async for event in events:
                    yield self._finished(question, event, started) if isinstance(event, Final) else event

    async def _resolved(self, question: Question, topics: Topics) -> Question:
        """The question that stands for itself: what a follow-up leaves out is found in what its caller asked before it."""
        caller, conversation_id = question.caller, question.conversation_id
        if self._memory is None or caller is None or conversation_id is None:
            return question
        if small_talk(question.text) is not None or not may_follow(question.text, topics):
            return question
        resolved = resolve(question.text, await self._memory.recent(caller, conversation_id), topics, language=question.language)
        return replace(question, text=resolved.text, language=resolved.language)

    def _finished(self, question: Question, final: Final, started: float) -> Final:
        answer = replace(final.answer, timings_ms=final.answer.timings_ms | {"total": _milliseconds(started)})
        if self._memory is not None:
            self._memory.record(question, answer)
        return Final(answer)

    async def _events(self, turn: _Turn) -> AsyncGenerator[Event, None]:
        talk = small_talk(turn.question.text)
        if talk is not None:
            yield Final(self._reply(turn, "chat", texts.small_talk(talk, turn.understood.reply_language)))
            return
        started = time.perf_counter()
        filters = Filters(course=turn.question.course, lesson=turn.question.lesson)
        learnt, calibration = self._learnt_from(turn.reader), self._library.calibration
        asked = learnt.facts.asked(turn.question.text, turn.understood.reply_language)
        turn = await self._found(turn, filters, asked)
        turn = replace(turn, timings={"search": _milliseconds(started)})
        chooser = Chooser(turn.reader, learnt, calibration, turn.understood, filters)
        choice = await chooser.choose(asked, turn.hits, turn.confidence)
        brief = Brief(turn.question, turn.understood.reply_language, choice.hits, learnt.missions, partial(chooser.answers, asked))
        async with contextlib.aclosing(self._told(turn, choice, brief)) as events:
            async for event in events:
                yield event

    async def _found(self, turn: _Turn, filters: Filters, asked: Asked) -> _Turn:
        turn = await self._searched(turn, filters, turn.question.text)
        if turn.confidence < self._library.calibration.gate.bar and asked.document is not None:
            # By another of its names a mission is found less surely than by the one that the course uses.
            again = await self._searched(turn, filters, f"{asked.document.title} {turn.question.text}")
            turn = max(turn, again, key=lambda one: one.confidence)
        return turn

    async def _told(self, turn: _Turn, choice: Choice, brief: Brief) -> AsyncGenerator[Event, None]:
        """What was chosen, in the model's words where there is a model, it has something to write from, and any of it passes the gate."""
        if choice.sentences and choice.hits and self._writer is not None:
            written = Written(brief, self._link_to, self._library.in_thread)
            async with contextlib.aclosing(written.events(self._writer)) as events:
                async for event in events:
                    yield event
            if written.text:
                yield Final(
                    replace(
                        self._grounded(turn, written.text, written.citations), engine=self._writer.name, notice=texts.NOTICE_WRITTEN[brief.language]
                    )
                )
                return
            choice = Choice() if written.absent else choice
        if not choice.sentences:
            yield Final(self._refused(turn))
            return
        pieces, citations = composed(choice.sentences, brief.language, self._link_to)
        yield Sources(citations)
        for piece in pieces:
            yield Delta(piece)
        yield Final(replace(self._grounded(turn, "".join(pieces), citations), engine=choice.engine))

    async def _searched(self, turn: _Turn, filters: Filters, text: str) -> _Turn:
        results = await turn.reader.search(text, k=SEARCHED, filters=filters, language=turn.understood.reply_language)
        return replace(turn, hits=results.hits, confidence=self._library.calibration.gate.confidence(results.hits))

    def _learnt_from(self, reader: Reader) -> Learnt:
        if self._learnt is None or self._learnt.release != reader.release_id:
            self._learnt = learn(reader)
        return self._learnt

    def _grounded(self, turn: _Turn, text: str, citations: tuple[Citation, ...]) -> Answer:
        further = _nearest(turn, without={citation.doc_id for citation in citations})
        notice = texts.NOTICE[turn.understood.reply_language]
        return replace(self._reply(turn, "grounded", text), citations=citations, suggestions=further, notice=notice)

    def _refused(self, turn: _Turn) -> Answer:
        nearest = _nearest(turn, without=set())
        text = texts.refusal(turn.understood.reply_language, [suggestion.text for suggestion in nearest])
        return replace(self._reply(turn, "refused", text), suggestions=nearest)

    def _conversation(self, question: Question) -> str:
        if self._memory is not None and question.caller is not None:
            return self._memory.conversation(question.caller, question.conversation_id)
        return question.conversation_id or self._new_id()

    def _reply(self, turn: _Turn, kind: Kind, text: str) -> Answer:
        return Answer(
            answer_id=self._new_id(),
            conversation_id=self._conversation(turn.question),
            kind=kind,
            text=text,
            language=turn.understood.reply_language,
            citations=(),
            confidence=round(turn.confidence, 4),
            suggestions=(),
            engine=EXTRACT,
            release=turn.reader.release_id,
            timings_ms=dict(turn.timings),
            notice=None,
        )


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 1)


def _nearest(turn: _Turn, *, without: set[str]) -> tuple[Suggestion, ...]:
    """The lessons in the student's language that the hits come from, nearest first."""
    lessons = {
        hit.document.doc_id: hit.document.title
        for hit in turn.hits
        if hit.document.kind == "lesson" and hit.document.language == turn.understood.reply_language and hit.document.doc_id not in without
    }
    return tuple(Suggestion(title, doc_id) for doc_id, title in list(lessons.items())[:SUGGESTED])
