"""Turns chosen sentences into an answer's text and its numbered citations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge_base.language import HAN
from knowledge_base.types import Hit
from tutor import texts
from tutor.answering.extract import Chosen
from tutor.types import Citation, Language

_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}。！？；：，、”’）》])\s+(?=[{HAN}“‘（《])")
_ITEM = re.compile(r"\n\s*[-*•]\s+")  # the mark before a list's next item
_NOTE = re.compile(r"(?:\[([^\[\]\n]*[^\[\]\n\d][^\[\]\n]*)\])?\[\d{1,3}\]")  # a footnote's number, or the text and the number of a link by reference
LinkTo = Callable[[Hit], str | None]


@dataclass
class _Quote:
    """A run of neighbouring sentences of one passage: one statement, one number."""

    hit: Hit
    start: int
    end: int
    last: int

    @property
    def text(self) -> str:
        return self.hit.passage.text[self.start : self.end]


def compose(chosen: Sequence[Chosen], language: Language, link_to: LinkTo) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """The answer's text in pieces, each a statement followed by its ``[n]``, and the citations that the numbers stand for."""
    quotes = _quotes(chosen)
    gap = "" if language == "zh" else " "
    pieces = tuple((gap if n > 1 else "") + _told(quote, n, language) for n, quote in enumerate(quotes, 1))
    return pieces, tuple(citation(quote.hit, n, quote.text, link_to) for n, quote in enumerate(quotes, 1))


def _quotes(chosen: Sequence[Chosen]) -> list[_Quote]:
    quotes: list[_Quote] = []
    for one in chosen:
        start, end = one.span
        last = quotes[-1] if quotes else None
        if last is not None and last.hit.passage.passage_id == one.hit.passage.passage_id and last.last + 1 == one.index:
            last.end, last.last = end, one.index
        else:
            quotes.append(_Quote(one.hit, start, end, one.index))
    return quotes


def _told(quote: _Quote, n: int, language: Language) -> str:
    mark = "" if quote.hit.document.language == language else texts.OTHER_LANGUAGE[language]
    gap = "" if language == "zh" else " "
    return gap.join(part for part in (flowing(quote.text), mark, f"[{n}]") if part)


def flowing(text: str) -> str:
    """Paragraphs and items run together: by a space, and by none between Chinese sentences. A source's own ``[3]`` would pass for one of ours."""
    return " ".join(_BETWEEN_HAN.sub("", _NOTE.sub(r"\1", _ITEM.sub("\n", text))).split())


def citation(hit: Hit, n: int, quote: str, link_to: LinkTo) -> Citation:
    """The citation `n` of a hit, with the words of its passage that are quoted."""
    passage, document = hit.passage, hit.document
    return Citation(
        n=n,
        passage_id=passage.passage_id,
        doc_id=document.doc_id,
        title=document.title,
        section=" / ".join(passage.headings(document)) or None,
        page=passage.page,
        position_s=passage.position_s,
        url=link_to(hit),
        quote=quote,
        language=document.language,
        as_of=passage.as_of or document.as_of,
        score=round(hit.score, 4),
    )
