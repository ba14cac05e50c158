"""What was said at the moment that a question points at, with what the lesson's own text tells of the same matter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.library import Reader
from knowledge_base.types import Filters
from knowledge_base.words import words
from tutor.answering.choose import Choice
from tutor.answering.extract import Chosen, same
from tutor.answering.quotable import quotable
from tutor.citing import as_hit
from tutor.lesson.place import Place
from tutor.lesson.pointing import Pointing, subject_words
from tutor.lesson.recording import Recording, Sentence
from tutor.types import Language

JUST_S = 20.0  # before the moment: what was just said
MOST = 3  # sentences of it
LATELY_S = 180.0  # before the moment, within which something named was "just" spoken of
AHEAD_S = 30.0  # after it: a student's clock and the recording's may differ
SEARCHED = 5  # passages of the lesson's text
SHARED = 3  # content words in common, from which a sentence of the text speaks of what was said


@dataclass(frozen=True)
class Moment:
    """The recording where a student stands, who reads `language`."""

    reader: Reader
    place: Place
    language: Language

    async def told(self, pointing: Pointing) -> tuple[Chosen, ...]:
        """What was said, then what the text says of it where more is wanted; empty where no recording tells what is meant."""
        recording = self.place.recording
        if recording is None:
            return ()
        said = self._said(recording) if pointing.topic is None else self._named(recording, pointing.topic)
        chosen = tuple(Chosen(as_hit(one.passage, recording.document), one.index, 1.0) for one in said)
        if not chosen or pointing.wants == "said":
            return chosen
        return (*chosen, *await self._explaining(chosen))

    def _said(self, recording: Recording) -> tuple[Sentence, ...]:
        return () if self.place.position_s is None else recording.before(self.place.position_s, JUST_S)[-MOST:]

    def _named(self, recording: Recording, topic: str) -> tuple[Sentence, ...]:
        """Where the topic was named last, between the sentences beside it; empty where no sentence names it, word for word."""
        wanted, at = set(subject_words(topic)), self.place.position_s
        sentences = recording.sentences
        naming = [n for n, one in enumerate(sentences) if wanted and wanted <= set(words(one.text)) and _lately(one, at)]
        if not naming:
            return ()
        heard = [n for n in naming if at is not None and sentences[n].start_s <= at] or naming[:1]
        first = heard[-2] if heard[-2:-1] == [heard[-1] - 1] else heard[-1]  # "This is called staging. Staging has a lesson of its own."
        return sentences[max(0, first - 1) : first + 2]

    async def _explaining(self, said: Sequence[Chosen]) -> tuple[Chosen, ...]:
        """The sentence of the lesson's own text nearest to what was said, in the student's language; none where none speaks of the same."""
        spoken = " ".join(one.text for one in said)
        filters = Filters(language=self.language, lesson=self.place.lesson)
        found = await self.reader.search(spoken, k=SEARCHED, filters=filters, language=self.language)
        told = (
            Chosen(hit, index, cosine)
            for hit in found.hits
            if hit.document.kind != "transcript"
            for index, cosine in enumerate(hit.sentence_cosines[: len(hit.passage.sentences)])
        )
        fitting = [one for one in told if quotable(one.text) and not any(same(one.text, other.text) for other in said)]
        fitting = [
            one for one in fitting if said[0].hit.document.language != self.language or len(set(words(one.text)) & set(words(spoken))) >= SHARED
        ]
        return (max(fitting, key=lambda one: one.score),) if fitting else ()


def spoken(said: tuple[Chosen, ...], pointed: Pointing, language: Language) -> Choice:
    """What was said as an answer. A model may say it in other words in the same language, where more is asked for than what was said."""
    hits = {one.hit.passage.passage_id: one.hit for one in said if one.hit.document.language == language}
    return Choice(said, hits=() if pointed.wants == "said" else tuple(hits.values()), certain=True)


def timed(chosen: Sequence[Chosen], place: Place) -> tuple[Chosen, ...]:
    """The sentences, those of the open recording with the second at which they are spoken, where their passage tells its first sentence's."""
    return tuple(_timed(one, place.recording) for one in chosen) if place.recording is not None else tuple(chosen)


def _timed(one: Chosen, recording: Recording) -> Chosen:
    start_s = recording.start_of(one.hit.passage.passage_id, one.index)
    if start_s is None:
        return one
    return replace(one, hit=replace(one.hit, passage=replace(one.hit.passage, position_s=round(start_s, 1))))


def _lately(sentence: Sentence, position_s: float | None) -> bool:
    return position_s is None or -AHEAD_S <= position_s - sentence.start_s <= LATELY_S
