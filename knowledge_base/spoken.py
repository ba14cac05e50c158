"""What a lesson says stands in its text first: its transcript, which says it again, is ranked behind it."""

import functools
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from knowledge_base.types import Document, Passage

BEHIND = 1e-6  # of a score
Scores = npt.NDArray[np.float64]
Told = tuple[str | None, str, str]  # lesson, language, sentence


def behind_lessons(documents: Sequence[Document], passage: Callable[[int], Passage], scores: Scores) -> Scores:
    """The scores of what was found, each transcript's passage below every passage of its lesson that holds one of its sentences too.

    `passage` gives that of each document in `documents`, by its place there: few of them are looked at.
    """
    transcripts = [at for at, document in enumerate(documents) if document.kind == "transcript" and document.lesson]
    if not transcripts:
        return scores
    heard = {_lesson(documents[at]) for at in transcripts}
    lowest: dict[Told, float] = {}
    for at, document in enumerate(documents):
        if document.kind == "lesson" and _lesson(document) in heard:
            for told in _told(passage(at), document):
                lowest[told] = min(scores[at], lowest.get(told, scores[at]))
    lowered = scores.copy()
    for at in transcripts:
        lowered[at] = min([scores[at], *(lowest[told] - BEHIND for told in _told(passage(at), documents[at]) if told in lowest)])
    return lowered


def _lesson(document: Document) -> tuple[str | None, str]:
    return document.lesson, document.language


def _told(passage: Passage, document: Document) -> list[Told]:
    return [(*_lesson(document), _plain(text)) for text in passage.sentence_texts()]


@functools.lru_cache(maxsize=20_000)  # of a course's lessons and transcripts
def _plain(sentence: str) -> str:
    return " ".join(sentence.split()).casefold()
