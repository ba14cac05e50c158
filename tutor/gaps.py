"""What students asked and the course has no answer to: refused questions put together by likeness."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from knowledge_base.embedding.base import Vectors
from knowledge_base.library import Library
from knowledge_base.words import words
from tutor.remembered import Gap, RefusedQuestion

CALLERS_FOR_WORDING = 3
EMBEDDED_AT_ONCE = 16  # so that students' questions come between


@dataclass(frozen=True)
class Bars:
    """The cosines from which two questions are alike: of one language, and of two, which every model puts further apart."""

    same: float
    other: float


# Fitted on 72 questions of 21 meanings in both languages. With the packaged model three of four pairs that mean one thing pass in one
# language, and one of four across languages; of the pairs that mean different things 1 in 1,000, and none across languages.
BARS = {"multilingual-e5-small": Bars(0.94, 0.855), "hashing": Bars(0.6, 0.6)}
BARS_ELSE = Bars(0.92, 0.9)


class GapFinder:
    """Groups refused questions. The vectors of those last seen are kept, and of no others."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._vectors: dict[str, Vectors] = {}

    async def find(self, refused: Sequence[RefusedQuestion], titles: Mapping[str, str]) -> tuple[Gap, ...]:
        """The groups of `refused`, which come newest first; so do the groups. `titles` are those of the documents by id."""
        if not refused:
            return ()
        vectors = await self._embedded(refused)
        bars = BARS.get(self._library.embedder.stamp.name, BARS_ELSE)
        groups = await self._library.in_thread(partial(grouped, refused, vectors, bars))
        return tuple(_gap([refused[at] for at in group], vectors[group], titles) for group in groups)

    async def _embedded(self, refused: Sequence[RefusedQuestion]) -> Vectors:
        """The vectors of the questions, one a row."""
        known = {one.answer_id: self._vectors[one.answer_id] for one in refused if one.answer_id in self._vectors}
        texts = list(dict.fromkeys(one.question for one in refused if one.answer_id not in known))
        fresh: dict[str, Vectors] = {}
        for start in range(0, len(texts), EMBEDDED_AT_ONCE):
            some = texts[start : start + EMBEDDED_AT_ONCE]
            fresh.update(zip(some, await self._library.in_thread(partial(self._library.embedder.embed_queries, some)), strict=True))
        self._vectors = {one.answer_id: known[one.answer_id] if one.answer_id in known else fresh[one.question] for one in refused}
        return np.stack(list(self._vectors.values()))


def grouped(refused: Sequence[RefusedQuestion], vectors: Vectors, bars: Bars) -> list[list[int]]:
    """Rows of questions alike: each question joins the row to which its mean cosine is furthest above the bar, or begins one of its own.

    Two that name different figures (Chang'e-8, Chang'e-9) are never alike, however near their vectors.
    """
    languages = np.array([one.language for one in refused])
    figures = np.array([_figures(one.question) for one in refused])
    leads = vectors @ vectors.T - np.where(languages[:, None] == languages, bars.same, bars.other)
    sums = np.zeros_like(leads)  # of the leads over each row's questions
    groups: list[list[int]] = []
    for at in range(len(refused)):
        firsts, sizes = [group[0] for group in groups], np.array([len(group) for group in groups])
        means = np.where(figures[firsts] == figures[at], sums[: len(groups), at] / sizes, -1) if groups else np.array([-1.0])
        nearest = int(means.argmax())
        if means[nearest] < 0:
            nearest = len(groups)
            groups.append([])
        groups[nearest].append(at)
        sums[nearest] += leads[at]
    return groups


def _figures(question: str) -> str:
    return " ".join(sorted({word for word in words(question) if word[0].isdigit()}))


def _gap(questions: Sequence[RefusedQuestion], vectors: Vectors, titles: Mapping[str, str]) -> Gap:
    """What staff see of questions alike, which come newest first."""
    callers = len({question.caller for question in questions})
    topics = Counter(question.topic for question in questions if question.topic in titles)
    doc_id = topics.most_common(1)[0][0] if topics else None
    typical = int((vectors @ vectors.sum(axis=0)).argmax())  # nearest to all the others: the least of one student's own stands in it
    return Gap(
        doc_id=doc_id,
        topic=titles.get(doc_id or ""),
        count=len(questions),
        callers=callers,
        newest=questions[0].asked_at,
        languages=tuple(sorted({question.language for question in questions})),
        wording=questions[typical].question if callers >= CALLERS_FOR_WORDING else None,
    )
