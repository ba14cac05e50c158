"""Answers with a model: what it writes goes through the sentence gate, sentence by sentence, and is told with its citations."""

import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from knowledge_base.types import Hit
from tutor.answering.compose import LinkTo, citation
from tutor.answering.prompting import ABSENT, prompt, source_of
from tutor.errors import ModelUnavailable
from tutor.events import UNCOUNTED
from tutor.grounding.draft import Draft, Drafts
from tutor.grounding.gate import Gate, Given, Verdict
from tutor.grounding.reading import Missions
from tutor.ports import Events, Writer
from tutor.types import Citation, Delta, Language, Question, Sources

logger = logging.getLogger(__name__)

InThread = Callable[[Callable[[], Verdict]], Awaitable[Verdict]]


@dataclass(frozen=True)
class Brief:
    """What is to be written: from these hits, in this language. `fits` says whether a sentence answers the question; one at least must."""

    question: Question
    language: Language
    hits: Sequence[Hit]
    missions: Missions
    fits: Callable[[Hit, str], bool]


class Written:
    """One answer as it is written. Its numbers are given by first use, so that they stay; the gate, which thinks, works in a thread."""

    def __init__(self, brief: Brief, link_to: LinkTo, in_thread: InThread, events: Events = UNCOUNTED) -> None:
        self.text = ""  # what has been told
        self.absent = False  # whether the model found no answer in the passages
        self._brief = brief
        self._link_to = link_to
        self._in_thread = in_thread
        self._counted = events
        self._support: dict[int, set[int]] = {}  # the passages used, by their place in the prompt, in order of first use: their sentences

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Of all that has been told."""
        return tuple(self._citation(n, place) for n, place in enumerate(self._support, 1))

    async def events(self, writer: Writer) -> AsyncGenerator[Sources | Delta, None]:
        """Tells every sentence that passes the gate, once one of them answers. None when the model fails before."""
        held: list[Verdict] = []
        answered = False
        async with contextlib.aclosing(self._passing(writer)) as passing:
            async for verdict in passing:
                held.append(verdict)
                answered = answered or any(self._brief.fits(self._brief.hits[place - 1], verdict.draft.text) for place in verdict.cited)
                if answered:
                    for event in (event for one in held for event in self._told(one)):
                        yield event
                    held = []

    async def _passing(self, writer: Writer) -> AsyncGenerator[Verdict, None]:
        brief = self._brief
        sources = [source_of(n, hit) for n, hit in enumerate(brief.hits, 1)]
        gate = Gate(Given(sources, brief.question.text, brief.language, brief.missions))
        async with contextlib.aclosing(self._drafts(writer)) as drafts:
            async for draft in drafts:
                if ABSENT in draft.text.upper():
                    self.absent = not self.text
                    return
                begun = time.perf_counter()
                verdict = await self._in_thread(partial(gate.judge, draft))
                self._counted.took("ground", time.perf_counter() - begun)
                if verdict.refusal is None:
                    yield verdict
                else:
                    logger.info("a sentence of %s was refused: %s", writer.name, verdict.refusal)

    async def _drafts(self, writer: Writer) -> AsyncGenerator[Draft, None]:
        """Whole sentences; when the model fails or is cut off, those that it had ended."""
        reader, brief, begun = Drafts(), self._brief, time.perf_counter()
        try:
            async with contextlib.aclosing(writer.write(prompt(brief.question, brief.language, brief.hits))) as pieces:
                async for piece in pieces:
                    for draft in reader.feed(piece):
                        yield draft
        except ModelUnavailable as error:
            self._counted.model_failed(error.reason)
            return
        finally:
            self._counted.took("model", time.perf_counter() - begun)
        for draft in reader.finish():
            yield draft

    def _told(self, verdict: Verdict) -> Iterator[Sources | Delta]:
        """The sentence with its numbers; before a number is first used all citations so far are told."""
        known = len(self._support)
        for place, index in verdict.support:
            self._support.setdefault(place, set()).add(index)
        if len(self._support) > known:
            yield Sources(self.citations)
        numbers = {place: n for n, place in enumerate(self._support, 1)}
        marks = "".join(f"[{n}]" for n in sorted(numbers[place] for place in verdict.cited))
        gap = "" if self._brief.language == "zh" else " "
        delta = f"{gap if self.text else ''}{verdict.draft.text}{gap}{marks}"
        self.text += delta
        yield Delta(delta)

    def _citation(self, n: int, place: int) -> Citation:
        hit = self._brief.hits[place - 1]
        return citation(hit, n, _quote(hit, sorted(self._support[place])), self._link_to)


def _quote(hit: Hit, indexes: Sequence[int]) -> str:
    """The sentences of the passage, as they stand where they are neighbours."""
    spans: list[tuple[int, int]] = []
    for at, index in enumerate(indexes):
        start, end = hit.passage.sentences[index]
        if at and indexes[at - 1] == index - 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return " … ".join(hit.passage.text[start:end] for start, end in spans)
