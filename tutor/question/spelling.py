"""Slips of the pen: a Latin word that the course does not hold is read as the one word of it that is a slip away, a name by its sound."""

import re
from collections.abc import Iterable, Iterator

from knowledge_base.words import words
from tutor.question.homophones import Homophones

_WORD = re.compile(r"[A-Za-z]+")
# A shorter word is soon another one, as "quite" and "quiet", and so is one with a wrong letter, as "eclipses" and "ellipses".
FEWEST = 6  # letters of a word in which two neighbours may have changed places: "wieght"
MANY = 9  # and of one that may lack a letter or have one too many: "navigaton"
MOST = 30  # and of any: what is longer is no word
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Spelling:
    """The Latin words of a release's texts, as they are written there, and what its names sound like in Chinese."""

    def __init__(self, texts: Iterable[str], homophones: Homophones | None = None) -> None:
        self._homophones = homophones
        self._written: set[str] = {word for text in texts for word in _WORD.findall(text.lower()) if len(word) >= FEWEST}
        self._stems = {stem for word in self._written for stem in words(word)}

    def mended(self, question: str) -> str:
        """The question with its slips set right; itself where there are none, or where it is not clear what was meant."""
        mended = _WORD.sub(lambda match: self._mended(match[0]), question)
        return mended if self._homophones is None else self._homophones.mended(mended)

    def _mended(self, word: str) -> str:
        lower = word.lower()
        if not FEWEST <= len(lower) <= MOST or lower in self._written or not self._stems.isdisjoint(words(lower)):
            return word
        meant = self._written & set(_turned(lower)) or (self._written & set(_slipped(lower)) if len(lower) >= MANY else set())
        if len({tuple(words(one)) for one in meant}) != 1:
            return word
        return min(meant).capitalize() if word[0].isupper() else min(meant)


def _turned(word: str) -> Iterator[str]:
    """With two neighbouring letters turned round; the first letter is seldom wrong."""
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))


def _slipped(word: str) -> Iterator[str]:
    """With one letter left out or put in behind the first."""
    for at in range(1, len(word) + 1):
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at:] for letter in _LETTERS)
