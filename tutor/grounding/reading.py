"""What a piece of text says, as far as code can check it: its words, figures, moments, names and denials."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.language import Language, fold
from knowledge_base.words import words
from tutor.grounding.figures import Figure, blanked, figures
from tutor.grounding.moments import Moment, moments
from tutor.grounding.numerals import ORDINALS, SCALES
from tutor.grounding.polarity import parted

Missions = Callable[[str], frozenset[str]]  # the missions that a text names, by any of their names
# A pronoun early in the sentence; a later one seldom stands for what other sentences name.
_ANAPHOR = re.compile(r"\W*(?:\w+ ){0,2}(?:it|its|they|their|them|he|she|his|her|this|these|both)\b|\W*.{0,3}(?:[它其该他她](?!他)|这[次个些种一]|两者)", re.IGNORECASE)
_PART = re.compile(r"(?<=[;；])\s*|,\s(?=(?:while|but|whereas|and)\s)|，(?=[而但])")
_FILLERS = frozenset(words(" ".join([*ORDINALS, *SCALES, "one two three four five six seven eight nine ten about around roughly nearly almost approximately also just only very because since while also although 因为 所以 由于 因此 约 大约 约为 左右 还 并 共 都 就 又 则"])))


@dataclass(frozen=True)
class Source:
    """A passage that the model was given as `n`; `names` are its document's title and aliases."""

    n: int
    names: tuple[str, ...]
    headings: tuple[str, ...]
    language: Language
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One text, read lazily and once."""

    text: str

    @cached_property
    def dated(self) -> list[tuple[Moment, tuple[int, int]]]:
        return moments(self.text)

    @cached_property
    def counted(self) -> list[tuple[Figure, tuple[int, int]]]:
        return figures(self.text, [span for _moment, span in self.dated])

    @cached_property
    def moments(self) -> frozenset[Moment]:
        return frozenset(moment for moment, _span in self.dated)

    @cached_property
    def figures(self) -> frozenset[Figure]:
        return frozenset(figure for figure, _span in self.counted)

    @cached_property
    def words(self) -> frozenset[str]:
        """Content words; figures, their units and dates are none."""
        text = blanked(self.text, [span for _item, span in [*self.dated, *self.counted]])
        return frozenset(word for word in words(text) if not word[0].isdigit() and word not in _FILLERS)

    @cached_property
    def undated(self) -> str:
        """Without dates and times, whose numbers belong to no name."""
        return blanked(self.text, [span for _moment, span in self.dated])

    @cached_property
    def all_words(self) -> frozenset[str]:
        return frozenset(words(self.text))

    @cached_property
    def affirmed(self) -> "Reading":
        return Reading(parted(self.text)[0])

    @cached_property
    def denied(self) -> "Reading":
        return Reading(parted(self.text)[1])

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def refers_back(self) -> bool:
        """Whether a pronoun stands for something named elsewhere."""
        return _ANAPHOR.match(self.text) is not None


@dataclass(frozen=True)
class Unit(Reading):
    """A source's sentence, or the part of one up to a semicolon. `context` is what names its subject: headings, titles, sentences before it."""

    source: Source
    index: int
    context: Reading

    @cached_property
    def held(self) -> frozenset[str]:
        """Its words and those of its context."""
        return self.words | self.context.words


def units(source: Source, missions: Missions) -> list[Unit]:
    """The source's sentences as the gate compares them: two statements of two missions apart."""
    about = "\n".join([*source.names, *source.headings])
    made = []
    for index, sentence in enumerate(source.sentences):
        before = source.sentences[max(0, index - 2) : index] if Reading(sentence).refers_back else ()
        context = Reading("\n".join([about, *before]))
        made += [Unit(part, source, index, context) for part in _parts(sentence, missions)]
    return made


def _parts(sentence: str, missions: Missions) -> list[str]:
    parts = [part for part in _PART.split(sentence) if part.strip()]
    named = [missions(part) for part in parts]
    return parts if all(named) and len(set(named)) > 1 else [sentence]
