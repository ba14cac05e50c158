"""Numbered names, learnt from the course's own titles: ``Chang'e-5``, ``神舟十五号``, ``Long March 5``."""

from collections.abc import Iterable

from knowledge_base.types import Document
from knowledge_base.words import words

Designator = tuple[tuple[str, ...], str]  # the name's words and the number: (("long", "march"), "5")


class Designators:
    """Families of names that differ by a number. A number that the course does not have is still recognised as one of the family."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._families: set[tuple[str, ...]] = set()
        for document in documents:
            for name in (document.title, *document.aliases):
                tokens = words(name)
                at = next((i for i, token in enumerate(tokens) if token.isdigit()), 0)
                if at and len(tokens) - at <= 2:
                    self._families.add(tuple(tokens[:at]))

    def named(self, text: str) -> frozenset[Designator]:
        """Every known name with the number that follows it in `text`, whether or not the course has that number."""
        tokens = words(text)
        found: set[Designator] = set()
        for at, token in enumerate(tokens):
            if token.isdigit():
                found.update((family, token) for family in self._families if tuple(tokens[max(0, at - len(family)) : at]) == family)
        return frozenset(found)
