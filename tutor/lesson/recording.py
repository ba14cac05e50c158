"""A lesson's recording, by its transcript: which sentence is spoken at which second."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.language import Language
from knowledge_base.types import Document, Passage

PACE_S: dict[Language, float] = {"en": 0.09, "zh": 0.25}  # seconds that a character takes to say, in the course's own recordings
PAUSE = 1.5  # times as long as its text takes to say: a passage that lasts longer ends in a pause


@dataclass(frozen=True)
class Sentence:
    """The sentence at `index` of a passage, and the second at which it begins, told by its share of the passage's text."""

    passage: Passage
    index: int
    start_s: float

    @property
    def text(self) -> str:
        return self.passage.sentence_texts()[self.index]


@dataclass(frozen=True)
class Recording:
    """A transcript's sentences in the order spoken; there is one at least. `ends` tells each passage's last second, `starts` its first."""

    document: Document
    sentences: tuple[Sentence, ...]
    starts: dict[str, float]
    ends: dict[str, float]

    @property
    def end_s(self) -> float:
        """About where the last word is spoken."""
        return max(self.ends.values())

    def distance_s(self, passage_id: str, position_s: float) -> float:
        """Seconds between a moment and a passage of the recording, 0 within it."""
        return max(0.0, self.starts[passage_id] - position_s, position_s - self.ends[passage_id])

    def start_of(self, passage_id: str, index: int) -> float | None:
        """About the second at which the sentence at `index` of a passage begins; None for what is no part of the recording."""
        return next((one.start_s for one in self.sentences if one.passage.passage_id == passage_id and one.index == index), None)

    def before(self, position_s: float, reach_s: float) -> tuple[Sentence, ...]:
        """The sentences begun within so many seconds up to a moment, in order; the first one when none is begun yet."""
        begun = [one for one in self.sentences if position_s - reach_s < one.start_s <= position_s]
        last = [one for one in self.sentences if one.start_s <= position_s][-1:]
        return tuple(begun or last or self.sentences[:1])


def recording_of(document: Document, passages: Sequence[Passage]) -> Recording | None:
    """The recording that a transcript tells of; None for one without times."""
    spoken = [(one, one.position_s) for one in passages if one.position_s is not None and one.sentences]
    if not spoken:
        return None
    spoken.sort(key=lambda one: one[1])
    starts = [start for _passage, start in spoken]
    lengths = [PACE_S[document.language] * len(passage.text) for passage, _start in spoken]
    ends = [min(later, start + PAUSE * length) for start, later, length in zip(starts, starts[1:], lengths, strict=False)]
    ends.append(starts[-1] + lengths[-1])
    sentences = [
        Sentence(passage, index, start + (end - start) * first / max(1, len(passage.text)))
        for (passage, start), end in zip(spoken, ends, strict=True)
        for index, (first, _last) in enumerate(passage.sentences)
    ]
    ids = [passage.passage_id for passage, _start in spoken]
    return Recording(document, tuple(sentences), dict(zip(ids, starts, strict=True)), dict(zip(ids, ends, strict=True)))
