"""Runs one question set against a release: asks the tutor, searches, and judges every statement shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judging.names import MissionNames
from evaluation.judging.statements import Statement, statements
from evaluation.metrics.citation_support import supported
from evaluation.metrics.grounded import Told, told
from evaluation.sets import Item, QuestionSet
from knowledge_base.errors import UnknownPassage
from knowledge_base.golden import contains
from knowledge_base.language import Language
from knowledge_base.library import Library, Reader
from knowledge_base.progress import Progress
from knowledge_base.types import Document, Filters, Passage
from tutor.in_turn import Asked, ask_in_turn
from tutor.types import Answer

DEPTHS = (1, 5, 10)
NEAR = 10  # hits among which search must find the passage that a statement in the other language cites


@dataclass(frozen=True)
class Judged:
    """A statement that was shown: whether its citation bears it out, and what it tells that a source must hold."""

    supported: bool
    told: Told


@dataclass(frozen=True)
class Outcome:
    """What one question gave: the first hit's document, the place of the first right hit (from one, None for none), the same across languages,
    the answer, and its statements judged."""

    item: Item
    first: str | None
    rank: int | None
    rank_other_language: int | None
    answer: Answer
    judged: tuple[Judged, ...]

    @property
    def refused(self) -> bool:
        return self.answer.kind != "grounded"

    @property
    def set_right(self) -> bool:
        """Whether the answer cites what sets the question's false premise right."""
        return any(citation.doc_id in self.item.corrects for citation in self.answer.citations)

    @property
    def right(self) -> bool:
        """A grounded answer that holds what it must; where there is nothing to answer a refusal, or the premise set right."""
        if not self.item.answerable:
            return self.refused or self.set_right
        return not self.refused and contains(self.answer.text, self.item.contains)


async def run(questions: QuestionSet, library: Library, tutor: Asked, *, progress: Progress) -> list[Outcome]:
    """Asks and searches for every question of the set, one after another; `tutor` answers from `library`."""
    async with library.reading() as reader:
        missions = MissionNames(reader.documents.values())
    outcomes: list[Outcome] = []
    for item in questions.items:
        answer = await ask_in_turn(tutor, item.question, after=item.after)  # first, so that its times do not profit from the search below
        async with library.reading() as reader:
            outcomes.append(await _outcome(item, answer, reader, missions))
        progress(f"asking {questions.name}", len(outcomes), len(questions.items))
    return outcomes


async def _outcome(item: Item, answer: Answer, reader: Reader, missions: MissionNames) -> Outcome:
    first = rank = rank_other = None
    if item.answerable:
        found = await _documents(reader, item.question)
        first, rank = next(iter(found), None), _first([item.is_right(doc_id) for doc_id in found])
    if item.docs_other_language:
        other: Language = "zh" if item.language == "en" else "en"
        found = await _documents(reader, item.question, Filters(language=other))
        rank_other = _first([doc_id in item.docs_other_language for doc_id in found])
    return Outcome(item, first, rank, rank_other, answer, tuple([await _judge(one, answer, reader, missions) for one in _shown(answer, reader)]))


async def _documents(reader: Reader, text: str, filters: Filters | None = None) -> list[str]:
    results = await reader.search(text, k=max(DEPTHS), filters=filters)
    return [hit.document.doc_id for hit in results.hits]


def _first(right: Sequence[bool]) -> int | None:
    return right.index(True) + 1 if True in right else None


def _shown(answer: Answer, reader: Reader) -> Sequence[Statement]:
    def look_up(passage_id: str) -> tuple[Passage, Document] | None:
        try:
            return reader.passage(passage_id)
        except UnknownPassage:
            return None

    return tuple(statements(answer, look_up)) if answer.kind == "grounded" else ()


async def _judge(statement: Statement, answer: Answer, reader: Reader, missions: MissionNames) -> Judged:
    things = told(statement, missions)
    return Judged(supported(statement, things, engine=answer.engine, near=await _is_near(statement, reader)), things)


async def _is_near(statement: Statement, reader: Reader) -> bool:
    """Whether search, given a statement, finds what it cites; asked only across languages, where words cannot be compared."""
    languages = {source.language for source in statement.sources}
    if not languages or statement.language in languages:
        return False
    results = await reader.search(statement.text, k=NEAR, filters=Filters(language=min(languages)))
    return bool({hit.passage.passage_id for hit in results.hits} & {source.passage_id for source in statement.sources})
