"""Which of the course's missions a text names, by whatever name, and which of its people."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge_base.language import HAN
from knowledge_base.types import Document
from knowledge_base.words import words

Named = tuple[str, str]  # a name, and the subject that it stands for

_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_LATIN_NAME = re.compile(r"\b(?!The\b)[A-Z][a-z]+(?: [A-Z][a-z]+)+\b(?!-)")
_HAN_BETWEEN = re.compile(r"[、，。：和是的]|指令长|驾驶员|任务专家|航天员")
_HAN_NAME = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]+(?:·[{HAN}]+)+")
KEPT = 20_000  # texts whose names are remembered
_SURNAME = 5  # letters: a shorter last word may be anybody's, or a Chinese given name


class Names:
    """Names and what they stand for. Of names that overlap in a text the longest counts."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._subjects: dict[tuple[str, ...], set[str]] = {}
        for name, subject in named:
            self._learn(tuple(words(name)), subject)
        self._longest = max(map(len, self._subjects), default=0)
        self._openings = {name[0] for name in self._subjects}
        self._known = functools.lru_cache(KEPT)(self._named)  # a passage's sentences are looked at again for every question that finds it

    def __len__(self) -> int:
        return len(self._subjects)

    def _learn(self, name: tuple[str, ...], subject: str) -> None:
        if len("".join(name)) > 1:  # 天和 without its function word would be 天, which is in every other sentence
            self._subjects.setdefault(name, set()).add(subject)

    def named(self, text: str) -> frozenset[str]:
        """The subjects named in `text`; a name that several share names them all."""
        return self._known(text)

    def _named(self, text: str) -> frozenset[str]:
        tokens = words(text)
        if self._openings.isdisjoint(tokens):
            return frozenset()
        found = (self._subjects.get(name, set()) for name, _length in self._read(tokens))
        return frozenset[str]().union(*found)

    def beside(self, text: str) -> frozenset[str]:
        """The words of `text` that belong to no name."""
        return frozenset(word for piece, length in self._read(words(text)) if not length for word in piece)

    def _read(self, tokens: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
        """The text in pieces: a name and how many words it has, or a word that is none and 0."""
        at = 0
        while at < len(tokens):
            length = self._length_at(tokens, at)
            yield tuple(tokens[at : at + max(1, length)]), length
            at += max(1, length)

    def _length_at(self, tokens: Sequence[str], at: int) -> int:
        if tokens[at] not in self._openings:
            return 0
        lengths = range(min(self._longest, len(tokens) - at), 0, -1)
        return next((length for length in lengths if tuple(tokens[at : at + length]) in self._subjects), 0)


def missions_of(documents: Iterable[Document]) -> Names:
    """Every title and alias of the missions' documents."""
    return Names(
        (name, subject_of(document))
        for document in documents
        if document.facts and document.kind == "fact"
        for name in (document.title, *document.aliases, subject_of(document).replace("-", " "))
    )


def people_of(documents: Iterable[Document], missions: Names) -> Names:
    """Everybody whom a fact names as one of a mission's crew, by full name and, where it is long enough to be one, by surname."""
    return Names((name, subject) for name, subject in crews(documents) if not missions.named(name))


def crews(documents: Iterable[Document]) -> Iterator[Named]:
    """Everybody whom a fact names as one of a mission's crew."""
    for document in documents:
        for fact in document.facts:
            if fact.field == "crew":
                yield from ((name, subject_of(document)) for name in _people(fact.sentence))


def _people(sentence: str) -> Iterator[str]:
    told = _REMARK.sub("", sentence)
    for name in _LATIN_NAME.findall(told):
        yield name
        surname = name.split()[-1]
        if len(surname) >= _SURNAME:
            yield surname
    for name in filter(_HAN_NAME.fullmatch, _HAN_BETWEEN.split(told)):
        yield name
        if "·" in name:
            yield name.split("·")[-1]


def subject_of(document: Document) -> str:
    """What both languages' documents are about: ``change-5`` for ``change-5.en``."""
    return document.doc_id.removesuffix(f".{document.language}")
