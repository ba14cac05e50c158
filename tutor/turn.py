"""One question on its way to an answer, and the answer that it gets in the end."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge_base.library import Reader
from knowledge_base.types import Hit
from tutor import texts
from tutor.question.understand import Understood
from tutor.types import Answer, Kind, Question

EXTRACT = "extract"


@dataclass(frozen=True)
class Turn:
    """A question, with the release that it is answered from and what has been found of it so far; `timings` are in milliseconds by stage."""

    question: Question
    understood: Understood
    reader: Reader
    hits: tuple[Hit, ...] = ()
    confidence: float = 1.0
    timings: Mapping[str, float] = field(default_factory=dict)

    def reply(self, kind: Kind, text: str) -> Answer:
        """An answer to it, whose ids are given to it when it is told."""
        return Answer(
            answer_id="",
            conversation_id="",
            kind=kind,
            text=text,
            language=self.understood.reply_language,
            citations=(),
            confidence=round(self.confidence, 4),
            suggestions=(),
            engine=EXTRACT,
            release=self.reader.release_id,
            timings_ms=dict(self.timings),
            notice=texts.notice(kind, self.understood.reply_language),
        )


def milliseconds(since: float) -> float:
    """From a moment of `time.perf_counter` until now."""
    return round((time.perf_counter() - since) * 1000, 1)
