"""The course's own name for what a question calls otherwise, learnt from a release's documents: CE-5 is Chang'e-5, slingshot is gravity assist."""

from collections.abc import Iterable, Iterator, Sequence

from knowledge_base.language import Language
from knowledge_base.types import Document
from knowledge_base.words import words

Name = tuple[str, ...]  # a name's words, as `words` gives them
NAMED = ("fact", "glossary")  # a lesson's title is a heading and no name


class Widening:
    """Every mission's and term's title and aliases in both languages. Of names that overlap in a question the longest counts."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._subjects: dict[Name, set[str]] = {}
        self._titles: dict[tuple[str, Language], str] = {}
        for document in documents:
            if document.kind in NAMED:
                self._learn(document, document.doc_id.removesuffix(f".{document.language}"))
        self._longest = max(map(len, self._subjects), default=0)

    def widened(self, text: str, language: Language) -> str:
        """The question, and behind it in `language` the title of each thing that it names otherwise; itself where there is nothing to add.

        A name that shares a word with the title (升力 with 升力与阻力) finds what the title would, and the rest of it would lead away.
        """
        tokens = words(text)
        titles = (self._titles.get((subject, language)) for subject in self._named(tokens))
        known = {token for token in tokens if not token[0].isdigit()}
        added = [title for title in dict.fromkeys(filter(None, titles)) if not known & set(words(title))]
        return f"{text} ({', '.join(added)})" if added else text

    def named(self, text: str) -> frozenset[str]:
        """The things that a text names, by any name that no other thing has: ``change-5``."""
        return frozenset(self._named(words(text)))

    def _learn(self, document: Document, subject: str) -> None:
        self._titles[subject, document.language] = document.title
        for title in (document.title, *document.aliases):
            name = tuple(words(title))
            if len("".join(name)) > 1:  # 天和 without its function word would be 天, which is in every other sentence
                self._subjects.setdefault(name, set()).add(subject)

    def _named(self, tokens: Sequence[str]) -> Iterator[str]:
        """The subjects named, in order; none for a name that several share."""
        at = 0
        while at < len(tokens):
            lengths = range(min(self._longest, len(tokens) - at), 0, -1)
            length = next((length for length in lengths if tuple(tokens[at : at + length]) in self._subjects), 0)
            subjects = self._subjects.get(tuple(tokens[at : at + length]), set())
            if len(subjects) == 1:
                yield from subjects
            at += max(1, length)
