"""From a question that stands for itself to its answer: searched for, judged, told in the course's words or in a model's that pass the gate."""

import contextlib
import copy
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from functools import partial

from knowledge_base.library import Library, Reader
from knowledge_base.types import Filters
from tutor import texts
from tutor.answering.asked import Asked
from tutor.answering.choose import Choice, Chooser
from tutor.answering.compose import LinkTo, compose
from tutor.answering.extract import Chosen
from tutor.answering.further import Further
from tutor.answering.grade import Grade
from tutor.answering.written import Brief, Written
from tutor.events import UNCOUNTED
from tutor.learnt import Learnt, learn
from tutor.lesson.moment import Moment, spoken, timed
from tutor.lesson.place import Place
from tutor.lesson.pointing import Pointing, pointing
from tutor.ports import Events, Writer
from tutor.question.understand import understand
from tutor.turn import Turn, milliseconds
from tutor.types import Answer, Citation, Delta, Event, Final, Sources, Suggestion

SEARCHED = 24  # hits that the gate sees and that suggestions come from
TERMS = 16  # hits more, of which some are words of the glossary
SUGGESTED = 3


class Answerer:
    """Answers turns from their releases; with a writer, a language model words the answers that no fact gives."""

    def __init__(self, library: Library, link_to: LinkTo, writer: Writer | None, events: Events = UNCOUNTED) -> None:
        self._library = library
        self._link_to = link_to
        self._writer = writer
        self._counted = events
        self._learnt: Learnt | None = None

    def in_the_courses_words(self) -> "Answerer":
        """The same without a language model."""
        plain = copy.copy(self)
        plain._writer = None
        return plain

    def learnt_from(self, reader: Reader) -> Learnt:
        """What a release's documents teach, learnt once a release."""
        if self._learnt is None or self._learnt.release != reader.release_id:
            self._learnt = learn(reader)
        return self._learnt

    async def events(self, turn: Turn) -> AsyncGenerator[Event, None]:
        """The answer as it comes: sources before any text, whole sentences, in the end `Final`, whose answer has no ids yet."""
        place = self.learnt_from(turn.reader).lessons.place(turn.question)
        pointed = pointing(turn.question.text) if place is not None else None
        events = self._answered(turn, place) if place is None or pointed is None else self._pointed(turn, place, pointed)
        async with contextlib.aclosing(events):
            async for event in events:
                yield event

    async def _pointed(self, turn: Turn, place: Place, pointed: Pointing) -> AsyncGenerator[Event, None]:
        """What was said where the question points; where no recording tells it, what the course tells of the topic, if there is one."""
        language = turn.understood.reply_language
        said = await Moment(turn.reader, place, language).told(pointed)
        if said:
            events = self._answered(_with_words(turn, said), place, spoken(said, pointed, language))
        elif pointed.topic is not None:
            events = self._answered(replace(turn, understood=understand(pointed.topic, language)), place)
        else:
            yield Final(_unheard(turn, place))
            return
        async with contextlib.aclosing(events):
            async for event in events:
                yield event

    async def _answered(self, turn: Turn, place: Place | None, said: Choice | None = None) -> AsyncGenerator[Event, None]:
        """With what was `said`, or else with what is found."""
        started = time.perf_counter()
        filters = Filters(course=turn.question.course)
        learnt = self.learnt_from(turn.reader)
        asked = learnt.facts.asked(turn.understood.text, turn.understood.reply_language)
        if said is None:
            turn = await self._found(turn, filters, asked)
            turn = replace(turn, timings={"search": milliseconds(started)})
        searched = time.perf_counter()
        self._counted.took("search", searched - started)
        chooser = Chooser(
            turn.reader,
            learnt,
            self._library.calibration,
            turn.understood,
            filters,
            grade=Grade(turn.question.grade_band),
            hands_on=self._writer is not None,
            place=place,
        )
        choice = said or await chooser.choose(asked, turn.hits, turn.confidence)
        turn = replace(turn, confidence=max(turn.confidence, choice.sure))
        self._counted.took("choose", time.perf_counter() - searched)
        if place is not None:
            choice = replace(choice, sentences=timed(choice.sentences, place))
        brief = Brief(turn.question, turn.understood.reply_language, choice.hits, learnt.missions, partial(chooser.answers, asked))
        further = Further(turn.reader, learnt, filters, asked)
        async with contextlib.aclosing(self._told(turn, choice, brief)) as events:
            async for event in events:
                yield Final(_with_questions(event.answer, further)) if isinstance(event, Final) else event

    async def _found(self, turn: Turn, filters: Filters, asked: Asked) -> Turn:
        turn = await self._searched(turn, filters, turn.understood.text)
        if turn.confidence < self._library.calibration.gate.bar and asked.document is not None:
            # By another of its names a mission is found less surely than by the one that the course uses.
            again = await self._searched(turn, filters, f"{asked.document.title} {turn.understood.text}")
            turn = max(turn, again, key=lambda one: one.confidence)
        return turn

    async def _searched(self, turn: Turn, filters: Filters, text: str) -> Turn:
        """What was found without the glossary's words, which tell what a word means and nothing more: they stand nearest to every question."""
        results = await turn.reader.search(text, k=SEARCHED + TERMS, filters=filters, language=turn.understood.reply_language)
        hits = tuple(hit for hit in results.hits if "term" not in dict(hit.document.metadata))[:SEARCHED]
        return replace(turn, hits=hits, confidence=self._library.calibration.gate.confidence(hits))

    async def _told(self, turn: Turn, choice: Choice, brief: Brief) -> AsyncGenerator[Event, None]:
        """What was chosen, in the model's words where there is a model, it has something to write from, and any of it passes the gate."""
        if choice.hits and self._writer is not None:
            written = Written(brief, self._link_to, self._library.in_thread, self._counted)
            async with contextlib.aclosing(written.events(self._writer)) as events:
                async for event in events:
                    yield event
            if written.text:
                answer = _grounded(turn, written.text, written.citations)
                yield Final(replace(answer, engine=self._writer.name, notice=texts.NOTICE_WRITTEN[brief.language]))
                return
            choice = Choice(meant=choice.meant) if written.absent and not choice.certain else choice
        if not choice.sentences:
            yield Final(_refused(turn, choice.meant))
            return
        pieces, citations = compose(choice.sentences, brief.language, self._link_to)
        yield Sources(citations)
        for piece in pieces:
            yield Delta(piece)
        yield Final(replace(_grounded(turn, "".join(pieces), citations), engine=choice.engine))


def _grounded(turn: Turn, text: str, citations: tuple[Citation, ...]) -> Answer:
    further = _nearest(turn, without={citation.doc_id for citation in citations})
    return replace(turn.reply("grounded", text), citations=citations, suggestions=further)


def _with_questions(answer: Answer, further: Further) -> Answer:
    """A grounded answer suggests questions before lessons."""
    return replace(answer, suggestions=(*further.questions(answer), *answer.suggestions)) if answer.kind == "grounded" else answer


def _refused(turn: Turn, meant: tuple[Suggestion, ...]) -> Answer:
    nearest = _nearest(turn, without=set())
    text = texts.refusal(turn.understood.reply_language, [one.text for one in meant], [one.text for one in nearest])
    return replace(turn.reply("refused", text), suggestions=(*meant, *nearest))


def _unheard(turn: Turn, place: Place) -> Answer:
    """To a question about a moment of which nothing is known: that the thing be named, with the lesson to read."""
    language = turn.understood.reply_language
    text = place.text(language)
    lesson = () if text is None else (Suggestion(text.title, text.doc_id),)
    return replace(turn.reply("refused", texts.UNHEARD[language]), suggestions=lesson, confidence=0.0)


def _with_words(turn: Turn, said: Sequence[Chosen]) -> Turn:
    """The question with what it points at, for whoever is to write an answer."""
    words = " ".join(one.text for one in said if one.hit.document.kind == "transcript")
    return replace(turn, question=replace(turn.question, text=f"{turn.question.text} ({words})"))


def _nearest(turn: Turn, *, without: set[str]) -> tuple[Suggestion, ...]:
    """The lessons in the student's language that the hits come from, nearest first."""
    lessons = {
        hit.document.doc_id: hit.document.title
        for hit in turn.hits
        if hit.document.kind == "lesson" and hit.document.language == turn.understood.reply_language and hit.document.doc_id not in without
    }
    return tuple(Suggestion(title, doc_id) for doc_id, title in list(lessons.items())[:SUGGESTED])
