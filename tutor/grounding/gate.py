"""The sentence gate: of a model's answer, sentence by sentence, only what its cited passages say may be shown."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from knowledge_base.language import Language, detect, has_han
from knowledge_base.words import words
from tutor.grounding.draft import Draft
from tutor.grounding.reading import Missions, Reading, Source, Unit, units
from tutor.grounding.segments import segments
from tutor.grounding.support import Fault, Statement, covered, fault, measures_differ
from tutor.question.everyday import PLAIN

Refusal = (
    Literal["no citation", "unknown citation", "markup", "language", "question", "repeated", "unsupported", "another source", "lost subject"] | Fault
)

COVERED = 0.6  # share of a sentence's words that its sources must hold
NEAR = 0.85  # a source sentence this near to the best one may be the one that is meant
PART_COVERED = 0.4  # and of each statement in it
EVERYDAY = 0.5  # what a word weighs that every other text holds
REPEATED = 0.2  # the share of new words up to which a sentence says the same again
ANOTHER = 0.3  # a passage that is not cited may hold this much more of the sentence, no more
_MARKUP = re.compile(r"https?://|www\.|</?\w|\]\(|[{}|\\]|\[")
_ASKING = re.compile(r"什么|怎样|怎么|如何|为何|哪|多少")
_POINTS_BACK = re.compile(r"(?:it|its|they|their|he|she|his|her|this|these|that)\b|[它其他她该]|这", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """What becomes of one sentence: shown with the passages `cited` and the sentences `support` (passage's n, index), or refused."""

    draft: Draft
    cited: tuple[int, ...] = ()
    support: tuple[tuple[int, int], ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Given:
    """What the model was given: the numbered passages, the question, the language to reply in; and how missions' names are known."""

    sources: Sequence[Source]
    question: str
    language: Language
    missions: Missions

    @cached_property
    def units(self) -> dict[int, list[Unit]]:
        return {source.n: units(source, self.missions) for source in self.sources}

    @cached_property
    def holders(self) -> Counter[str]:
        """In how many sentences each word stands."""
        return Counter(word for found in self.units.values() for unit in found for word in unit.words)

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that stand in small letters somewhere, so that a capital at a sentence's start makes no name of them."""
        texts = [self.question, *(sentence for source in self.sources for sentence in source.sentences)]
        return frozenset(re.findall(r"(?<![\w'])[a-z]+(?![\w'])", "\n".join(texts)))

    def nearness(self, wanted: frozenset[str], unit: Unit) -> float:
        """How much of `wanted` stands in the unit, 0..1; words of many sentences tell little of which one is meant."""
        weights = {word: (EVERYDAY if word in PLAIN else 1) / (1 + math.log(max(1, self.holders[word]))) for word in wanted}
        return sum(weights[word] for word in covered(wanted, unit.words)) / sum(weights.values()) if wanted else 1.0


class Gate:
    """Judges one answer's sentences in their order: what a pronoun stands for hangs on those before."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._asked = given.missions(given.question)
        self._subjects = self._asked
        self._lost = False
        self._told: list[Reading] = []

    def judge(self, draft: Draft) -> Verdict:
        """The verdict on the answer's next sentence."""
        verdict = self._judged(draft)
        named = self._given.missions(Reading(draft.text).undated)
        self._subjects = named or self._subjects
        self._lost = verdict.refusal is not None
        if verdict.refusal is None:
            self._told.append(Reading(draft.text))
        return verdict

    def _judged(self, draft: Draft) -> Verdict:
        given = self._given
        if not draft.cited:
            return Verdict(draft, refusal="no citation")
        if not set(draft.cited) <= given.units.keys():
            return Verdict(draft, refusal="unknown citation")
        if _MARKUP.search(draft.text):
            return Verdict(draft, refusal="markup")
        if draft.text.endswith(("?", "？")) or (_ASKING.search(draft.text) and _repeats(Reading(draft.text), Reading(given.question))):
            return Verdict(draft, refusal="question")
        if any(_repeats(Reading(draft.text), told) for told in self._told):
            return Verdict(draft, refusal="repeated")
        if _in_other_language(draft.text, given.language):
            return Verdict(draft, refusal="language")
        if self._lost and _POINTS_BACK.match(draft.text) and not (self._subjects and self._subjects <= self._asked):
            return Verdict(draft, refusal="lost subject")
        return self._supported(draft)

    def _supported(self, draft: Draft) -> Verdict:
        reading = Reading(draft.text)
        cited = [unit for n in draft.cited for unit in self._given.units[n]]
        chosen: list[Unit] = []
        statements = self._statements(reading)
        for statement in statements:
            found = self._telling(statement, reading, cited)
            if not isinstance(found, Unit):
                return Verdict(draft, refusal=found)
            if _share(statement.reading.words, found.held, statement.exact) < PART_COVERED:
                return Verdict(draft, refusal="unsupported")
            chosen.append(found)
        refusal = self._too_little(reading, statements, chosen)
        if refusal is not None:
            return Verdict(draft, refusal=refusal)
        support = tuple(dict.fromkeys((unit.source.n, unit.index) for unit in chosen))
        return Verdict(draft, tuple(dict.fromkeys(n for n in draft.cited if n in {used for used, _index in support})), support)

    def _statements(self, reading: Reading) -> list[Statement]:
        names = frozenset(word for source in self._given.sources for name in source.names for word in words(name))
        missions = self._given.missions
        named = missions(reading.undated)
        about = self._subjects if not named and _POINTS_BACK.match(reading.text) else frozenset[str]()
        made = []
        for start, end in segments(reading, names):
            part = Reading(reading.text[start:end])
            moments = tuple(moment for moment, (at, _end) in reading.dated if start <= at < end)
            figures = tuple(figure for figure, (at, _end) in reading.counted if start <= at < end)
            made.append(Statement(part, reading.text, moments, figures, missions(part.undated), about, self._given.common))
        return made

    def _telling(self, statement: Statement, whole: Reading, cited: Sequence[Unit]) -> Unit | Refusal:
        """The unit that tells the statement, else what is wrong with it against the likeliest one."""
        near = self._given.nearness
        ranked = sorted(cited, key=lambda unit: (-near(statement.reading.words, unit), -near(whole.words, unit), len(unit.words)))
        enough = near(statement.reading.words, ranked[0]) * NEAR
        if measures_differ(statement, ranked[0]):
            return "figure"
        faults: list[Refusal] = []
        for unit in ranked:
            if near(statement.reading.words, unit) < enough:
                break
            wrong = fault(statement, unit, self._given.missions)
            if wrong is None:
                return unit
            faults.append(wrong)
        return faults[0]

    def _too_little(self, reading: Reading, statements: Sequence[Statement], chosen: Sequence[Unit]) -> Refusal | None:
        held = frozenset[str]().union(*(unit.held for unit in chosen))
        exact = sum(statement.exact for statement in statements)
        here = _share(reading.words, held, exact)
        if here < COVERED:
            return "unsupported"
        used = {unit.source.n for unit in chosen}
        others = [unit for n, found in self._given.units.items() if n not in used for unit in found]
        return "another source" if any(_share(reading.words, unit.held, exact) > here + ANOTHER for unit in others) else None


def _repeats(reading: Reading, told: Reading) -> bool:
    """Whether the sentence tells nothing that was not told before."""
    news = len(reading.words - told.words)
    return news <= REPEATED * len(reading.words) and reading.figures <= told.figures and reading.moments <= told.moments


def _share(wanted: frozenset[str], held: frozenset[str], exact: int) -> float:
    """How much of the words `wanted`, and of `exact` figures that are held, stands in `held`, 0..1. Everyday words may be missing."""
    there = covered(wanted, held)
    whole = exact + len(there) + sum(EVERYDAY if word in PLAIN else 1 for word in wanted - there)
    return (exact + len(there)) / whole if whole else 1.0


def _in_other_language(text: str, language: Language) -> bool:
    return detect(text) != language and (language == "zh" or has_han(text))
