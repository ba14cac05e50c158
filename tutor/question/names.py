"""The course's own names in a question: which missions it asks about."""

from collections.abc import Iterable, Sequence

from knowledge_base.types import Document
from knowledge_base.words import words


class Names:
    """Every title and alias of the missions' documents. Of names that overlap in a text the longest counts."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._subjects: dict[tuple[str, ...], set[str]] = {}
        for document in documents:
            if document.facts and document.kind == "fact":
                for name in (document.title, *document.aliases, subject_of(document).replace("-", " ")):
                    self._learn(tuple(words(name)), subject_of(document))
        self._longest = max(map(len, self._subjects), default=0)

    def __len__(self) -> int:
        return len(self._subjects)

    def _learn(self, name: tuple[str, ...], subject: str) -> None:
        if len("".join(name)) > 1:  # 天和 without its function word would be 天, which is in every other sentence
            self._subjects.setdefault(name, set()).add(subject)

    def named(self, text: str) -> frozenset[str]:
        """The subjects named in `text`; a name that several share names them all."""
        tokens, found, at = words(text), set[str](), 0
        while at < len(tokens):
            length = self._length_at(tokens, at)
            found |= self._subjects.get(tuple(tokens[at : at + length]), set())
            at += max(1, length)
        return frozenset(found)

    def _length_at(self, tokens: Sequence[str], at: int) -> int:
        lengths = range(min(self._longest, len(tokens) - at), 0, -1)
        return next((length for length in lengths if tuple(tokens[at : at + length]) in self._subjects), 0)


def subject_of(document: Document) -> str:
    """What both languages' documents are about: ``change-5`` for ``change-5.en``."""
    return document.doc_id.removesuffix(f".{document.language}")
