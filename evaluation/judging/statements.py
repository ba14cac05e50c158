"""An answer taken apart: each statement with the numbers that stand behind it, and what the release holds under these."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge_base.language import Language
from knowledge_base.types import Document, Passage
from tutor.texts import OTHER_LANGUAGE
from tutor.types import Answer

_MARKS = re.compile(r"(?:\s*\[\d+\])+")
_NUMBER = re.compile(r"\d+")
_REMARKS = re.compile("|".join(map(re.escape, OTHER_LANGUAGE.values())))  # what the tutor says of a quote is no part of it
_LEFT_OVER = re.compile(r"^[\s.,;:!?。，；：！？、]+")  # "... 1,731 g [1]. It ..." leaves the stop behind the mark


@dataclass(frozen=True)
class Source:
    """A cited passage as the release holds it; `about` is its document's title and day, and its headings; `quote` is what the citation quotes."""

    passage_id: str
    doc_id: str
    text: str
    about: str
    language: Language
    quote: str

    @property
    def whole(self) -> str:
        """The passage, and what says what it is about."""
        return f"{self.about}\n{self.text}"


@dataclass(frozen=True)
class Statement:
    """A run of an answer's text up to the marks that end it; without a source where these name none. `language` is the reply's."""

    text: str
    language: Language
    sources: tuple[Source, ...]


def cut(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each run of text with the numbers of the marks behind it; no numbers for what follows the last mark."""
    done = 0
    for match in _MARKS.finditer(text):
        said = _bare(text[done : match.start()])
        if said:
            yield said, tuple(map(int, _NUMBER.findall(match[0])))
        done = match.end()
    rest = _bare(text[done:])
    if rest:
        yield rest, ()


def _bare(text: str) -> str:
    return _LEFT_OVER.sub("", _REMARKS.sub("", text)).strip()


def statements(answer: Answer, look_up: Callable[[str], tuple[Passage, Document] | None]) -> Iterator[Statement]:
    """The statements of a grounded answer. `look_up` gives the release's passage of an id, None for one that it does not hold."""
    cited = {citation.n: citation for citation in answer.citations}
    for text, numbers in cut(answer.text):
        found = [(look_up(cited[n].passage_id), cited[n].quote) for n in numbers if n in cited]
        yield Statement(text, answer.language, tuple(_source(*one, quote) for one, quote in found if one is not None))


def _source(passage: Passage, document: Document, quote: str) -> Source:
    about = "\n".join([document.title, *passage.section, passage.as_of or document.as_of or ""])
    return Source(passage.passage_id, document.doc_id, passage.text, about, document.language, quote)
