"""Whether a reply tells an idea: in its words, however spelt and ordered, and not denied."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import OSA

from knowledge_base.figures import numerals
from knowledge_base.language import fold, has_han
from knowledge_base.words import words
from tutor.grounding.polarity import parted

Known = Callable[[str], bool]  # whether the course uses a word, so that it is another word and no misspelling of one
DENIED = "not "  # before a word that a text denies

_BARE_NOT = re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|ca|could|would|should|wo|need)nt\b")
# Pupils leave commas out: a new subject begins a new clause, and ends what a "not" before it denies.
_CLAUSE = re.compile(r"(?<!because) (?<!that )(?<!when )(?<!if )(?<!as )(?<!than )(?=(?:it|they|he|she|we|you|i|instead|so|then|cuz|cause|coz)\b)")
_COUNT = re.compile(rf"(?!(?:one)\b){numerals.WORDS}")
_LONG, _SHORT = 8, 4  # letters; a shorter word must be spelt right


@dataclass(frozen=True)
class Told:
    """A reply or one of an answer's alternatives, read once."""

    text: str

    @cached_property
    def _plain(self) -> str:
        text = _BARE_NOT.sub(r"\1n't", fold(self.text))
        return _COUNT.sub(lambda count: f"{numerals.english(count[0]):f}", _CLAUSE.sub(", ", text))

    @cached_property
    def _parts(self) -> tuple[str, str]:
        return parted(self._plain)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Its content words, those that it denies marked so; of Latin text also each two neighbours as one."""
        affirmed, denied = (words(part) for part in self._parts)
        return frozenset([*affirmed, *_joined(affirmed), *(DENIED + word for word in [*denied, *_joined(denied)])])

    @cached_property
    def own(self) -> dict[str, str]:
        """Its content words alone, each with how it is written there."""
        affirmed, denied = map(_spelt, self._parts)
        return affirmed | {DENIED + word: DENIED + written for word, written in denied.items()}

    @cached_property
    def run_together(self) -> str:
        """What it affirms, or everything where it denies something, without spaces and marks."""
        return _squeezed(self._plain if self._parts[1].strip() else self._parts[0])

    def runs_through(self, reply: "Told") -> bool:
        """Whether it stands in the reply as it is written; a Latin word as a whole one."""
        if not self.run_together:
            return False
        within = reply._plain if self._parts[1].strip() else reply._parts[0]
        if has_han(self.text):
            return self.run_together in _squeezed(within)
        return re.search(rf"(?<!\w){re.escape(self._plain.strip())}(?!\w)", within) is not None


def holds(reply: Told, alternatives: Iterable[str], known: Known) -> bool:
    """Whether the reply tells one of the alternatives."""
    return any(_holds(reply, Told(alternative), known) for alternative in alternatives)


def shared(reply: Told, other: Told, known: Known, *, without: Collection[str] = ()) -> int:
    """How many of the other's words the reply has; not counting some."""
    wanted = [(word, written) for word, written in other.own.items() if word not in without]
    return sum(word in reply.tokens or any(_misspelt(one, written, known) for one in reply.own.values()) for word, written in wanted)


def _holds(reply: Told, alternative: Told, known: Known) -> bool:
    if alternative.runs_through(reply):
        return True
    return bool(alternative.own) and (alternative.run_together in reply.tokens or shared(reply, alternative, known) == len(alternative.own))


def _misspelt(token: str, word: str, known: Known) -> bool:
    """Whether the token is the word with a letter or, in a long one, two letters wrong; both denied or neither."""
    if token.startswith(DENIED) != word.startswith(DENIED):
        return False
    token, word = token.removeprefix(DENIED), word.removeprefix(DENIED)
    if token == f"{word}es":  # goes, which the stemmer leaves apart from go
        return True
    if min(len(token), len(word)) < _SHORT or token[0] != word[0] or not (token + word).isalpha():
        return False
    near = OSA.distance(token, word, score_cutoff=2) <= (2 if len(word) >= _LONG else 1)
    return near and not any(known(stem) for stem in words(token))


def _spelt(text: str) -> dict[str, str]:
    """The words as they are counted, and as they are written: a stem and its word, a Han word twice."""
    found = words(text)
    written = {stem: word for word in re.findall("[a-z]+", text) for stem in words(word)}
    return {word: written.get(word, word) for word in found}


def _joined(parts: list[str]) -> list[str]:
    return [one + other for one, other in pairwise(parts) if one.isascii() and other.isascii()]


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
