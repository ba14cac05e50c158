"""What a lesson says stands in its text first: its transcript, which says it again, is ranked behind it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge_base.types import Document, Passage

BEHIND = 1e-6  # of a score
Scores = npt.NDArray[np.float64]
Told = tuple[str | None, str, str]  # lesson, language, sentence


def behind_lessons(found: Sequence[tuple[Passage, Document]], scores: Scores) -> Scores:
    """The scores of what was found, each transcript's passage below every passage of its lesson that holds one of its sentences too."""
    transcripts = [at for at, (_passage, document) in enumerate(found) if document.kind == "transcript" and document.lesson]
    if not transcripts:
        return scores
    heard = {_lesson(found[at][1]) for at in transcripts}
    lowest: dict[Told, float] = {}
    for (passage, document), score in zip(found, scores.tolist(), strict=True):
        if document.kind == "lesson" and _lesson(document) in heard:
            for told in _told(passage, document):
                lowest[told] = min(score, lowest.get(told, score))
    lowered = scores.copy()
    for at in transcripts:
        lowered[at] = min([scores[at], *(lowest[told] - BEHIND for told in _told(*found[at]) if told in lowest)])
    return lowered


def _lesson(document: Document) -> tuple[str | None, str]:
    return document.lesson, document.language


def _told(passage: Passage, document: Document) -> list[Told]:
    return [(*_lesson(document), " ".join(text.split()).casefold()) for text in passage.sentence_texts()]
