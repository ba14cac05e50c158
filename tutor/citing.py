"""Passages that no search found, as hits and citations: those that a check question or a card stands on."""

from knowledge_base.types import Document, Evidence, Hit, Passage
from tutor.answering.compose import LinkTo, citation
from tutor.types import Citation

_SURE = Evidence(passage_cosine=1.0, sentence_cosine=1.0, lexical=1.0, coverage=1.0, unknown=0.0)


def as_hit(passage: Passage, document: Document) -> Hit:
    """The passage as a hit that is certain."""
    return Hit(passage, document, 1.0, _SURE, ())


def cited(passage: Passage, document: Document, quote: str, link_to: LinkTo) -> Citation:
    """The words of a passage as the only citation, number 1."""
    return citation(as_hit(passage, document), 1, quote, link_to)
