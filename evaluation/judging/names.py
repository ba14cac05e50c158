"""Which missions a text names, by any of the course's names in either language, or by a number that the course's families lack."""

import re
import unicodedata
from collections.abc import Iterable

from evaluation.judging.figures import figures
from evaluation.judging.stems import stem
from knowledge_base.types import Document

_SHORTEST = 2
_NUMBER = r"(?:\d+|[一二三四五六七八九十]+)"
_VARIANT = r"(?:[a-z]\d?)?"  # Long March 3B
_NUMBERED = re.compile(rf"(?P<family>.*?[^\W\d]) ?{_NUMBER}号?{_VARIANT}")
_SUBJECT = re.compile(r"(?P<family>.*\D)\d+")


class MissionNames:
    """Titles and aliases of a release's mission documents. Of names that overlap the longest counts; case, width and hyphens do not.

    Chang'e-9, where the course has Chang'e-5 and 嫦娥五号, is the subject ``change-9``, by either name.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._subjects: dict[str, set[str]] = {}
        self._families: dict[str, str] = {}
        for document in documents:
            if document.kind == "fact":
                for name in (document.title, *document.aliases):
                    self._learn(_plain(name), stem(document.doc_id))
        families = [f"{_whole(family)} ?{_NUMBER}号?{_VARIANT}(?![a-z0-9])" for family in sorted(self._families, key=len, reverse=True)]
        names = sorted((name for name in self._subjects if len(name) >= _SHORTEST), key=len, reverse=True)
        self._pattern = re.compile("|".join([*(_whole(name) + _end(name) for name in names), *families])) if names else None

    def _learn(self, name: str, subject: str) -> None:
        self._subjects.setdefault(name, set()).add(subject)
        numbered, family = _NUMBERED.fullmatch(name), _SUBJECT.fullmatch(subject)
        if numbered and family and len(numbered["family"]) >= _SHORTEST:
            self._families[numbered["family"]] = family["family"]

    def named(self, text: str) -> tuple[list[frozenset[str]], str]:
        """For each name in `text` the subjects that it may mean, and the text without the names."""
        if self._pattern is None:
            return [], text
        plain = _plain(text)
        found = [frozenset(self._subjects.get(match[0]) or {self._unheard_of(match[0])}) for match in self._pattern.finditer(plain)]
        return found, self._pattern.sub(" ; ", plain) if found else text

    def _unheard_of(self, name: str) -> str:
        numbered = _NUMBERED.fullmatch(name)
        assert numbered is not None
        (number, *_rest) = figures(name[numbered.end("family") :], lenient=True)
        return f"{self._families[numbered['family']]}{number.value:g}"


def _plain(text: str) -> str:
    """NFKC without case; every apostrophe and hyphen the same, so that ``Chang’e 5`` is ``Chang'e-5``."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").casefold()
    return re.sub(r"(?<=\w)[-‐‑–\s]+(?=\w)", " ", folded)


def _whole(name: str) -> str:
    """A Latin name begins no later than a word; in Chinese words are not parted."""
    return (r"(?<![a-z0-9])" if name[0].isascii() else "") + re.escape(name)


def _end(name: str) -> str:
    return r"(?![a-z0-9])" if name[-1].isascii() else ""
