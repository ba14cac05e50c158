"""Whether a lesson's figures and dates are those of the facts: the same quantity of the same thing has one value, up to rounding."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.course.lessons import ReadLesson
from ingest.types import Material, Problem
from knowledge_base.figures.figures import Figure, figures
from knowledge_base.figures.moments import Moment, moments
from knowledge_base.figures.sizes import size
from knowledge_base.sentences import sentences
from knowledge_base.types import Document
from knowledge_base.widening import Widening
from knowledge_base.words import words

_HEDGE = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|over|more than|less than|up to|close to|just under|just over|at least)\b|"
    "大约|约|将近|接近|近|左右|上下|超过|多|不到|至少|以上"
)


@dataclass(frozen=True)
class _Quantity:
    """A measured figure: what it measures, its value in that dimension's own units, and how far another may lie off and be the same."""

    dimension: str
    value: float
    slack: float
    written: str
    digits: str
    start: int

    def agrees(self, other: "_Quantity") -> bool:
        return self.rounds(other) or other.rounds(self)

    def rounds(self, other: "_Quantity") -> bool:
        """Whether this is the other, perhaps rounded."""
        return abs(self.value - other.value) <= self.slack * 1.0001


_WORKED_OUT = re.compile(r"[÷×=≈√²³]|\d\s*[+−*/]\s*\d|\bln\b|\bmultipl|\bdivid|除以|乘以|换算|相当于|\bequals?\b")
_LIKENESS = 0.4  # of a fact's sentence that is about a mission which the lesson's sentence names
_LIKENESS_CONCEPT = 0.6  # of one that is about a concept of the lesson, whose facts are of many things
_LIKENESS_DATED = 0.4  # of a fact that gives a date
_LIKENESS_SLIP = 0.1  # where the two numbers differ as by a slip of the pen
_AS_OF = re.compile(r"(?:\b(?:as of|by|until|since|from|between)|截至|截止到?|到|自|从|按|据)(?: mid| late| early| the end of)?\s*$", re.IGNORECASE)
_FAR = 4.0  # times


@dataclass(frozen=True)
class _Told:
    """A sentence, what it is about, and what it measures and dates."""

    text: str
    subjects: frozenset[str]

    @cached_property
    def dates(self) -> list[tuple[Moment, tuple[int, int]]]:
        """Days with their year, but not those to which something is known."""
        return [
            (moment, span) for moment, span in moments(self.text) if None not in (moment.year, moment.day) and not _AS_OF.search(self.text[: span[0]])
        ]

    @cached_property
    def quantities(self) -> list[_Quantity]:
        spans = [span for _moment, span in moments(self.text)]
        found = (_measured(self.text, figure, span) for figure, span in figures(self.text, spans) if figure.kind == "count")
        return [one for one in found if one is not None]

    def quantities_of(self, quantity: _Quantity) -> list[_Quantity]:
        """Those that measure the same."""
        return [one for one in self.quantities if one.dimension == quantity.dimension]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its content words, without numbers."""
        return frozenset(word for word in words(self.text) if not any(character.isdigit() for character in word))


def _measured(text: str, figure: Figure, span: tuple[int, int]) -> _Quantity | None:
    measured = size(float(figure.value), figure.unit) if figure.unit else None
    if measured is None or text[span[1] : span[1] + 1] in ("/", "每"):  # a rate that is not read
        return None
    written, digits = text[span[0] : span[1]], "".join(map(str, figure.value.normalize().as_tuple().digits))
    per_unit = abs(measured[1] / float(figure.value)) if figure.value else 1.0
    hedged = _HEDGE.search(text[max(0, span[0] - 14) : span[1] + 2])
    return _Quantity(measured[0], measured[1], _last_place(figure) * per_unit * (1.0 if hedged else 0.5), written, digits, span[0])


def _last_place(figure: Figure) -> float:
    """The worth of the last digit that counts: 1,000 of 385,000, a tenth of 1.7."""
    _sign, _digits, exponent = figure.value.normalize().as_tuple()
    return 10.0 ** int(exponent)


def disagreeing(lessons: Sequence[ReadLesson], materials: Sequence[Material]) -> Iterator[Problem]:
    """Figures and dates of lessons that the facts among the materials tell otherwise, each with its line."""
    facts = Facts(materials)
    documents = {one.document.path: one.document for one in materials if one.document.kind == "lesson"}
    for one in lessons:
        for block in one.blocks:
            for start, end in sentences(block.text):
                sentence = block.text[start:end]
                for what in facts.differing(documents[one.path], sentence):
                    yield Problem(one.path, one.line_of_text(sentence), what)


class Facts:
    """What missions and concepts tell in sentences, by what they are about and language."""

    def __init__(self, materials: Iterable[Material]) -> None:
        known = {one.document: one.blocks for one in materials if one.document.kind in ("fact", "glossary") and one.document.facts}
        self._names = Widening(known)
        self._told: dict[tuple[str, str], list[_Told]] = defaultdict(list)
        self._missions = {_subject(one) for one in known if one.kind == "fact"}
        counts, self._count = Counter[str](), 0
        for document, blocks in known.items():
            for sentence in (block.text[start:end] for block in blocks for start, end in sentences(block.text)):
                told = _Told(sentence, self._names.named(sentence) | {_subject(document)})
                self._told[_subject(document), document.language].append(told)
                self._count += 1
                counts.update(told.words)
        self._counts = counts

    def differing(self, lesson: Document, sentence: str) -> Iterator[str]:
        """What is wrong with a lesson's sentence, as far as the facts tell: each with the fact that tells it otherwise."""
        told = _Told(sentence, self._names.named(sentence))
        for quantity in told.quantities:
            fact = self._measured_otherwise(told, lesson, quantity)
            if fact is not None:
                yield f"{quantity.written!r} stands against the fact {fact!r}: {sentence!r}"
        for moment, (start, end) in told.dates:
            fact = self._dated_otherwise(told, lesson, moment)
            if fact is not None:
                yield f"{sentence[start:end]!r} stands against the fact {fact!r}: {sentence!r}"

    def confirming(self, lesson: Document, sentence: str) -> Iterator[tuple[int, int]]:
        """Where in a lesson's sentence figures and dates stand that also stand in a fact whose sentence is like it: slips of these are found."""
        told = _Told(sentence, self._names.named(sentence))
        if _WORKED_OUT.search(sentence):
            return
        for quantity in told.quantities:
            if any(
                self._likeness(told, fact) >= least and any(map(quantity.agrees, fact.quantities_of(quantity)))
                for fact, least in self._about(told, lesson)
            ):
                yield quantity.start, quantity.start + len(quantity.written)
        for moment, span in told.dates:
            facts = (fact for fact, _least in self._about(told, lesson) if fact.subjects & told.subjects & self._missions)
            if any(self._likeness(told, fact) >= _LIKENESS_DATED and any(_compatible(moment, other) for other, _at in fact.dates) for fact in facts):
                yield span

    def _measured_otherwise(self, told: _Told, lesson: Document, quantity: _Quantity) -> str | None:
        rivals = [(fact, least, other) for fact, least in self._about(told, lesson) for other in fact.quantities_of(quantity)]
        if any(quantity.agrees(other) for _fact, _least, other in rivals):
            return None
        worked_out, close = bool(_WORKED_OUT.search(told.text)), []
        for fact, least, other in rivals:
            likeness = self._likeness(told, fact)
            slip = _slipped(quantity, other) and likeness >= (_LIKENESS_SLIP if len(other.digits) > 2 and fact.subjects & told.subjects else least)
            meant = not worked_out and likeness >= least + _farness(quantity.value, other.value)
            if (slip or meant) and not any(one.rounds(other) for one in told.quantities):
                close.append((likeness, fact.text))
        return max(close)[1] if close else None

    def _dated_otherwise(self, told: _Told, lesson: Document, moment: Moment) -> str | None:
        """A date of a mission that none of its facts gives, though one of them tells the same with another date."""
        facts = [fact for fact, _least in self._about(told, lesson) if fact.subjects & told.subjects & self._missions]
        if any(_compatible(moment, other) for fact in facts for other, _span in moments(fact.text) if other.day is not None):
            return None
        close = [
            (self._likeness(told, fact), fact.text)
            for fact in facts
            if fact.dates and not any(_compatible(one, other) for one, _span in told.dates for other, _at in fact.dates)
        ]
        likeness, text = max(close, default=(0.0, ""))
        return text if likeness >= _LIKENESS_DATED else None

    def _about(self, told: _Told, lesson: Document) -> Iterator[tuple[_Told, float]]:
        """Facts that may speak of the same, and how like them the sentence must be to be taken for it."""
        listed = {value for key, value in lesson.metadata if key == "concept"}
        missions = told.subjects & self._missions
        for subject in sorted(told.subjects | (listed if not missions else set())):
            for fact in self._told[subject, lesson.language]:
                if missions and fact.subjects & self._missions and not missions & fact.subjects:
                    continue  # a concept's figure of another mission
                yield fact, _LIKENESS if subject in told.subjects & self._missions else _LIKENESS_CONCEPT

    def _likeness(self, one: _Told, other: _Told) -> float:
        """The share of two sentences' words (0..1) that both have, weighed by their rarity among the facts: the cosine of their words."""
        return self._weight(one.words & other.words) / max(1e-9, math.sqrt(self._weight(one.words) * self._weight(other.words)))

    def _weight(self, found: Iterable[str]) -> float:
        return sum(math.log1p(self._count / (1 + self._counts[word])) for word in found)


def _slipped(one: _Quantity, other: _Quantity) -> bool:
    """Whether one digit is another, two neighbours have changed places, or the point has moved."""
    ours, theirs = one.digits, other.digits
    if ours == theirs or len(theirs) < 2:
        return ours == theirs
    apart = [at for at, (mine, its) in enumerate(zip(ours, theirs, strict=False)) if mine != its]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and ours[apart[0]] == theirs[apart[1]] and ours[apart[1]] == theirs[apart[0]]
    return len(ours) == len(theirs) and (len(apart) == 1 or swapped)


def _compatible(one: Moment, other: Moment) -> bool:
    """Whether two dates are the same as far as both are told."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    shared = [mine == its for mine, its in pairs if None not in (mine, its)]
    return bool(shared) and all(shared)


def _farness(value: float, other: float) -> float:
    """How much more like the sentences must be for figures that lie far apart, which are seldom meant for the same."""
    if value * other <= 0:
        return math.inf
    times = max(value / other, other / value)
    return 0.0 if times <= _FAR else 0.2 if times <= 3 * _FAR else math.inf


def _subject(document: Document) -> str:
    return document.doc_id.removesuffix(f".{document.language}")
