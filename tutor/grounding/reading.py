"""What a piece of text says, as far as code can check it: its words, figures, moments, names and denials."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.figures.figures import Figure, blanked, figures
from knowledge_base.figures.moments import Moment, moments
from knowledge_base.figures.numerals import ORDINALS, SCALES
from knowledge_base.language import Language, fold, has_han
from knowledge_base.words import words
from tutor.grounding.polarity import parted

Missions = Callable[[str], frozenset[str]]  # the missions that a text names, by any of their names
# A pronoun early in the sentence; a later one seldom stands for what other sentences name.
_ANAPHOR = re.compile(
    r"\W*(?:\w+ ){0,2}(?:it|its|they|their|them|he|she|his|her|this|these|both)\b|"
    r"\W*.{0,3}(?:[它其该她]|他(?!们?国)|这[次个些种一]|两者)",
    re.IGNORECASE,
)
_SIDES = re.compile(r"(?<=[;；])\s*(?=\S)")
_HEAD = {"en": 48, "zh": 14}  # characters within which a subject is named
# A clause that may begin with a subject of its own: with a name, not with a verb or what joins it to the one before.
_SUBJECT = re.compile(
    r"\s*(?:(?:while|but|and|whereas|or)\s+)?(?:[Tt]he\s)?[A-Z]|"
    r"(?!并|还|也|由|从|为|把|将|被|向|与|和|携带|搭载|带|用|是|以|在|到|随|[而但]?不)[\u4e00-\u9fff]"
)
_CLAUSES = re.compile(r"(?:(?<=，)|(?<=,)(?!\d))(?![^(（]*[)）])")
_EMPTY = (
    "one two three four five six seven eight nine ten about around roughly nearly almost approximately also just only very "
    "because since while although 因为 所以 由于 因此 约 大约 约为 左右 还 并 共 都 就 又 则"
)
_FILLERS = frozenset(words(" ".join([*ORDINALS, *SCALES, _EMPTY])))


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
    def beside(self) -> list[tuple[Figure, str]]:
        """Every figure with the content word that stands next behind it."""
        starts = sorted(start for _item, (start, _end) in [*self.dated, *self.counted])
        bare = blanked(self.text, [span for _item, span in [*self.dated, *self.counted]])
        found: list[tuple[Figure, str]] = []
        for figure, (_start, end) in self.counted:
            stop = min([end + 24, *(start for start in starts if start > end + 1)])  # 五号遥八 are two figures of one thing
            found += [(figure, word) for word in words(bare[end:stop]) if word not in _FILLERS][:1]
        return found

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
    def clauses(self) -> list[Reading]:
        return [Reading(clause) for clause in _CLAUSES.split(self.text) if clause.strip()]

    @cached_property
    def held(self) -> frozenset[str]:
        """Its words and those of its context."""
        return self.words | self.context.words


def units(source: Source, missions: Missions) -> list[Unit]:
    """The source's sentences as the gate compares them: what stands on two sides of a semicolon, or is said of two missions, apart."""
    about = "\n".join([*source.names, *source.headings])
    made = []
    for index, sentence in enumerate(source.sentences):
        before = source.sentences[max(0, index - 2) : index] if Reading(sentence).refers_back else ()
        for side in _SIDES.split(sentence):
            parts = _parts(side, missions)
            made += [Unit(part, source, index, Reading("\n".join([about, *before]))) for part in parts]
            before = (*before, side)
    return made


def _parts(text: str, missions: Missions) -> list[str]:
    """Cut where another mission becomes the subject: ``A orbits the Earth, B the Moon``."""
    parts = [""]
    for piece in _CLAUSES.split(text):
        ours = missions(Reading(parts[-1]).undated)
        theirs = missions(Reading(piece[: _HEAD["zh" if has_han(piece) else "en"]]).undated) if _SUBJECT.match(piece) else frozenset[str]()
        own = Reading(piece).words - Reading(" ".join(re.findall(r"[A-Z][\w'-]*", piece))).words
        if ours and theirs and not ours & theirs and len(own) >= 2:
            parts.append(piece)
        else:
            parts[-1] += piece
    return [part for part in parts if part.strip()]
