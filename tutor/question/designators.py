"""Numbered names, learnt from the course's own titles: ``Chang'e-5``, ``神舟十五号``, ``Long March 5``."""

import functools
import re
from collections.abc import Iterable, Sequence

from knowledge_base.types import Document
from knowledge_base.words import words

Family = tuple[str, ...]  # a name's words: ("long", "march")
Designator = tuple[Family, str]  # with its number, or number and letter: (("long", "march"), "5b")

KEPT = 20_000  # texts whose designators are remembered
_VARIANT = re.compile(r"[a-z]\d?")  # after 号: 长征五号B, 嫦娥五号T1
_LETTERS = str.maketrans("甲乙丙丁", "abcd")


class Designators:
    """Families of names that differ by a number. A number that the course does not have is still recognised as one of the family.

    Names to which one document gives the same number are of one family: ``Chang'e-5``, ``CE-5`` and ``嫦娥五号``.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._families: dict[Family, Family] = {}  # every name's words, and those that its whole family goes by
        for document in documents:
            numbered: dict[str, list[Family]] = {}
            for name in (document.title, *document.aliases):
                tokens = words(name)
                at = next((i for i, token in enumerate(tokens) if token[0].isdigit()), 0)
                if at and len(tokens) - at <= 2:
                    numbered.setdefault(tokens[at], []).append(tuple(tokens[:at]))
            for names in numbered.values():
                self._join(names)
        self._longest = max(map(len, self._families), default=0)
        self._known = functools.lru_cache(KEPT)(self._named)  # a passage's sentences are looked at again for every question that finds it

    def named(self, text: str) -> frozenset[Designator]:
        """Every known name with the number that follows it in `text`, whether or not the course has that number."""
        return self._known(text)

    def _named(self, text: str) -> frozenset[Designator]:
        tokens = words(text)
        found: set[Designator] = set()
        for at, token in enumerate(tokens):
            if token[0].isdigit():
                number = token + _variant(tokens[at + 1 :])
                before = (tuple(tokens[start:at]) for start in range(max(0, at - self._longest), at))
                found.update((self._families[name], number) for name in before if name in self._families)
        return frozenset(found)

    def _join(self, names: Sequence[Family]) -> None:
        joined = {self._families.get(name, name) for name in names}
        relatives = [name for name, family in self._families.items() if family in joined]
        self._families.update(dict.fromkeys([*relatives, *names], min(joined)))


def _variant(following: Sequence[str]) -> str:
    """The letter that Chinese puts behind 号 and English joins to the number."""
    if following[:1] != ["号"] or len(following) < 2:
        return ""
    letter = following[1].translate(_LETTERS)
    return letter if _VARIANT.fullmatch(letter) else ""
