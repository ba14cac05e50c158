"""What will students notice? The golden questions asked of a candidate and of the published release, and what differs."""

import asyncio
from collections.abc import Iterator, Sequence

from knowledge_base.golden import contains
from knowledge_base.library import Library
from knowledge_base.progress import Progress
from knowledge_base.review import AnswerChange, Aspect, CitedQuote, GoldenAnswer, GoldenQuestion, Review
from tutor.in_turn import Notepad, ask_in_turn
from tutor.tutor import Tutor
from tutor.types import Answer

ASKING = "asking golden questions"


async def review(candidate: Library, published: Library | None, questions: Sequence[GoldenQuestion], *, progress: Progress) -> Review:
    """Asks every question of both libraries, which must hold different releases; `published` is None where there is none to compare with."""
    candidates, before_it = Tutor(candidate, memory=Notepad()), Tutor(published, memory=Notepad()) if published else None
    after: list[GoldenAnswer] = []
    before: list[GoldenAnswer] = []
    for question in questions:
        asked = [_ask(tutor, question) for tutor in (candidates, before_it) if tutor is not None]
        answer, *others = await asyncio.gather(*asked)
        after.append(answer)
        before.extend(others)
        progress(ASKING, len(after), len(questions))
    return Review(
        before=await _release(published) if published else None,
        after=await _release(candidate),
        questions=len(questions),
        right_before=sum(answer.right for answer in before) if published else None,
        right=sum(answer.right for answer in after),
        failing=tuple(question.question_id for question, answer in zip(questions, after, strict=True) if not answer.right),
        changes=tuple(_changes(questions, before if published else [None] * len(after), after)),
    )


async def _release(library: Library) -> str:
    async with library.reading() as reader:
        return reader.release_id


async def _ask(tutor: Tutor, question: GoldenQuestion) -> GoldenAnswer:
    answer = await ask_in_turn(tutor, question.question, after=question.after)
    citations = tuple(CitedQuote(one.doc_id, one.title, one.quote) for one in answer.citations)
    return GoldenAnswer(answer.kind, answer.text, citations, _right(answer, question))


def _right(answer: Answer, question: GoldenQuestion) -> bool:
    """A grounded answer that holds what it must; where there is nothing to answer anything but one, or one that sets the premise right."""
    grounded = answer.kind == "grounded"
    if question.refuse:
        return not grounded or any(one.doc_id in {f"{source}.en", f"{source}.zh"} for one in answer.citations for source in question.corrects)
    return grounded and contains(answer.text, question.contains)


def _changes(questions: Sequence[GoldenQuestion], before: Sequence[GoldenAnswer | None], after: Sequence[GoldenAnswer]) -> Iterator[AnswerChange]:
    for question, old, new in zip(questions, before, after, strict=True):
        differs = tuple(_differs(old, new))
        if differs:
            yield AnswerChange(question, old, new, differs)


def _differs(before: GoldenAnswer | None, after: GoldenAnswer) -> Iterator[Aspect]:
    if before is None or before.kind != after.kind:
        yield "kind"
    if before is None or before.answer != after.answer:
        yield "answer"
    if before is None or _cited(before) != _cited(after):
        yield "citations"


def _cited(answer: GoldenAnswer) -> list[tuple[str, str]]:
    return [(citation.doc_id, citation.quote) for citation in answer.citations]
