"""One turn of tutoring: understand the question, retrieve, judge the evidence, answer or refuse."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge_base.library import Library, Reader
from knowledge_base.types import Filters, Hit
from tutor import texts
from tutor.answering.choose import EXTRACT, Choice, Chooser
from tutor.answering.compose import LinkTo, compose
from tutor.answering.grade import Grade
from tutor.learnt import Learnt, learn
from tutor.ports import Remembers
from tutor.question.follow_up import may_follow, resolve
from tutor.question.topics import Topics
from tutor.question.understand import Understood, small_talk, understand
from tutor.types import Answer, Kind, Question, Suggestion

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


class Tutor:
    """Answers from the published release only; many questions may be asked at once. With a memory, turns of known callers are kept."""

    def __init__(
        self, library: Library, *, link_to: LinkTo = no_link, new_id: Callable[[], str] = random_id, memory: Remembers | None = None
    ) -> None:
        self._library = library
        self._link_to = link_to
        self._new_id = new_id
        self._memory = memory
        self._learnt: Learnt | None = None

    async def ask(self, question: Question) -> Answer:
        """One answer: grounded with citations, or a refusal naming what comes nearest. Raises when there is no release to ask."""
        started = time.perf_counter()
        talk = small_talk(question.text)
        async with self._library.reading() as reader:
            asked = question if talk is not None else await self._resolved(question, self._learnt_from(reader).topics)
            understood = understand(asked.text, asked.language)
            turn = _Turn(asked, understood, reader)
            if talk is not None:
                answer = self._reply(turn, "chat", texts.small_talk(talk, understood.reply_language))
            else:
                answer = await self._answer(turn)
        answer = replace(answer, timings_ms=answer.timings_ms | {"total": _milliseconds(started)})
        if self._memory is not None:
            self._memory.record(question, answer)
        return answer

    async def _resolved(self, question: Question, topics: Topics) -> Question:
        """The question that stands for itself: what a follow-up leaves out is found in what its caller asked before it."""
        caller, conversation_id = question.caller, question.conversation_id
        if self._memory is None or caller is None or conversation_id is None or not may_follow(question.text, topics):
            return question
        resolved = resolve(question.text, await self._memory.recent(caller, conversation_id), topics, language=question.language)
        return replace(question, text=resolved.text, language=resolved.language)

    async def _answer(self, turn: _Turn) -> Answer:
        filters = Filters(course=turn.question.course, lesson=turn.question.lesson)
        learnt, calibration = self._learnt_from(turn.reader), self._library.calibration
        asked = learnt.facts.asked(turn.question.text, turn.understood.reply_language)
        started = time.perf_counter()
        turn = await self._searched(turn, filters, turn.question.text)
        if turn.confidence < calibration.gate.bar and asked.document is not None:
            # By another of its names a mission is found less surely than by the one that the course uses.
            again = await self._searched(turn, filters, f"{asked.document.title} {turn.question.text}")
            turn = max(turn, again, key=lambda one: one.confidence)
        searched = _milliseconds(started)
        chooser = Chooser(turn.reader, learnt, calibration, turn.understood, filters, Grade(turn.question.grade_band))
        choice = await chooser.choose(asked, turn.hits, turn.confidence)
        answer = self._grounded(turn, choice) if choice.sentences else self._refused(turn)
        return replace(answer, timings_ms={"search": searched})

    async def _searched(self, turn: _Turn, filters: Filters, text: str) -> _Turn:
        results = await turn.reader.search(text, k=SEARCHED, filters=filters, language=turn.understood.reply_language)
        return replace(turn, hits=results.hits, confidence=self._library.calibration.gate.confidence(results.hits))

    def _learnt_from(self, reader: Reader) -> Learnt:
        if self._learnt is None or self._learnt.release != reader.release_id:
            self._learnt = learn(reader)
        return self._learnt

    def _grounded(self, turn: _Turn, choice: Choice) -> Answer:
        language = turn.understood.reply_language
        text, citations = compose(choice.sentences, language, self._link_to)
        further = _nearest(turn, without={citation.doc_id for citation in citations})
        answer = self._reply(turn, "grounded", text)
        return replace(answer, citations=citations, suggestions=further, engine=choice.engine, notice=texts.NOTICE[language])

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
            timings_ms={},
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
