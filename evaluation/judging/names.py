"""Which of the course's missions a text names, by any name in either language."""

import re
import unicodedata
from collections.abc import Iterable

from evaluation.judging.stems import stem
from knowledge_base.types import Document

_SHORTEST = 2


class MissionNames:
    """Titles and aliases of a release's mission documents. Of names that overlap the longest counts; case, width and hyphens do not."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._subjects: dict[str, set[str]] = {}
        for document in documents:
            if document.kind == "fact":
                for name in (document.title, *document.aliases):
                    self._subjects.setdefault(_plain(name), set()).add(stem(document.doc_id))
        names = sorted((name for name in self._subjects if len(name) >= _SHORTEST), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_whole, names))) if names else None

    def named(self, text: str) -> tuple[list[frozenset[str]], str]:
        """For each name in `text` the subjects that it may mean, and the text without the names."""
        if self._pattern is None:
            return [], text
        plain = _plain(text)
        found = [frozenset(self._subjects[match[0]]) for match in self._pattern.finditer(plain)]
        return found, self._pattern.sub(" ; ", plain) if found else text


def _plain(text: str) -> str:
    """NFKC without case; every apostrophe and hyphen the same, so that ``Chang’e 5`` is ``Chang'e-5``."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").casefold()
    return re.sub(r"(?<=\w)[-‐‑–\s]+(?=\w)", " ", folded)


def _whole(name: str) -> str:
    """A Latin name stands for itself, not within a word; in Chinese words are not parted."""
    start = r"(?<![a-z0-9])" if name[0].isascii() else ""
    end = r"(?![a-z0-9])" if name[-1].isascii() else ""
    return f"{start}{re.escape(name)}{end}"
