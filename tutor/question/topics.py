"""What a conversation can be about: the course's missions and concepts, where a text names them, and what they are called in each language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.language import HAN, fold
from knowledge_base.types import Document
from knowledge_base.words import words
from tutor.question.names import subject_of
from tutor.types import Language

Span = tuple[int, int]

_PIECE = re.compile(rf"[{HAN}]|[^\W{HAN}]+(?:['’.-][^\W{HAN}]+)*")
_ADDED = re.compile(r"\s*(?:[(（/]|与(?=[^与]+$)|\band\b).*$")  # "Chang'e-4 and Yutu-2", "微重力（失重）"
_LONGEST = 400  # characters of a question in which names are looked for
_LATER = 14  # pieces of a name at most: characters of Han text, or Latin words


@dataclass(frozen=True)
class Mention:
    """Where a text names one topic; `mission` tells a mission from a concept."""

    topic: str
    start: int
    end: int
    mission: bool


class Topics:
    """Missions and concepts by all their names; a name that several share names none of them.

    With `terms` the glossary's words are topics too: to be explained, not to be what a conversation is about, as rocket and module would be.
    """

    def __init__(self, documents: Mapping[str, Document], *, terms: bool = False) -> None:
        documents = {doc_id: one for doc_id, one in documents.items() if terms or "term" not in dict(one.metadata)}
        self._documents = {subject_of(one): one for one in documents.values() if one.kind in ("fact", "glossary") and one.facts}
        self._titles = {one.doc_id: one.title for one in documents.values()}
        self._topics: dict[tuple[str, ...], str | None] = {}
        self._exact: dict[str, str] = {}
        self._initials: set[str] = set()
        for kind in ("fact", "glossary"):  # a mission keeps a name that a concept has too
            for one in documents.values():
                if one.kind == kind and one.facts:
                    self._learn(one)

    def is_mission(self, topic: str) -> bool:
        """Whether the topic is a mission."""
        return self._documents[topic].kind == "fact"

    def of_document(self, doc_id: str) -> str | None:
        """The topic that the document is about, None for a lesson or a file."""
        topic = doc_id.rpartition(".")[0]
        return topic if topic in self._documents else None

    def called(self, topic: str, language: Language) -> str:
        """The topic's name in a language, without what its title adds in brackets."""
        title = self._titles.get(f"{topic}.{language}", self._documents[topic].title)
        short = _ADDED.sub("", title)
        return short if self._topics.get(tuple(words(short))) == topic else title

    def whole(self, text: str) -> str | None:
        """The topic that the whole text is a name of, letter by letter or else word by word: an orbiter is no orbit."""
        return self._exact.get(fold(text)) or self._topics.get(tuple(words(text)))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every place that names a topic, the longest name at each, in order."""
        return tuple(self._mentions(text[:_LONGEST]))

    def _mentions(self, text: str) -> Iterator[Mention]:
        pieces = [piece.span() for piece in _PIECE.finditer(text)]
        at = 0
        while at < len(pieces):
            length, topic = self._longest(text, pieces[at : at + _LATER])
            if topic is not None:
                yield Mention(topic, *_trimmed(text, pieces[at : at + length]), self.is_mission(topic))
            at += length

    def _longest(self, text: str, pieces: Sequence[Span]) -> tuple[int, str | None]:
        """How many pieces the longest name that begins here has, and its topic."""
        if fold(text[pieces[0][0]])[:1] not in self._initials:
            return 1, None
        for length in range(len(pieces), 0, -1):
            topic = self._topics.get(tuple(words(text[pieces[0][0] : pieces[length - 1][1]])))
            if topic is not None:
                return length, topic
        return 1, None

    def _learn(self, document: Document) -> None:
        topic = subject_of(document)
        for name in _names(document, topic):
            tokens = tuple(words(name))
            self._exact.setdefault(fold(name), topic)
            if len("".join(tokens)) > 1:
                self._initials.add(fold(name)[:1])
                known = self._topics.get(tokens, topic)
                shared = known != topic and (known is None or self.is_mission(known) == self.is_mission(topic))
                self._topics[tokens] = None if shared else known


def _names(document: Document, topic: str) -> Iterable[str]:
    title = document.title
    return (title, _ADDED.sub("", title), *document.aliases, *(_ADDED.sub("", one) for one in document.aliases), topic.replace("-", " "))


def _trimmed(text: str, pieces: Sequence[Span]) -> Span:
    """The least of the pieces that have the same words: without the function words around a name."""
    start, end = pieces[0][0], pieces[-1][1]
    wanted = words(text[start:end])
    end = next(piece[1] for piece in pieces if words(text[start : piece[1]]) == wanted)
    start = next(piece[0] for piece in reversed(pieces) if piece[0] < end and words(text[piece[0] : end]) == wanted)
    return start, end
