"""Hits made by hand, so that a test says itself what each sentence is worth."""

from collections.abc import Sequence

from knowledge_base.calibration import SentenceWeights
from knowledge_base.language import Language
from knowledge_base.sentences import sentences
from knowledge_base.types import Document, Evidence, Hit, Passage
from tutor.answering.extract import Extractor
from tutor.question.designators import Designators
from tutor.question.understand import understand

COSINE_ONLY = SentenceWeights(lag=0, cosine=1, coverage=0, fit=0)


def document(doc_id: str, title: str = "A title", *, language: Language = "en", aliases: tuple[str, ...] = (), as_of: str | None = None) -> Document:
    """A document that says nothing but its names."""
    return Document(doc_id, title, language, "lesson", "course", f"{doc_id}.md", "", as_of=as_of, aliases=aliases)


def hit(of: Document, text: str, *, cosines: Sequence[float] = (), start: int = 0, score: float = 1.0, section: tuple[str, ...] = ()) -> Hit:
    """A passage of `of` that begins at `start`; its sentences have these cosines, or all the same."""
    spans = sentences(text)
    worth = tuple(cosines) or (0.5,) * len(spans)
    assert len(worth) == len(spans), f"{text!r} has {len(spans)} sentences"
    passage = Passage(f"{of.doc_id}:{start}", of.doc_id, section, text, start, spans)
    return Hit(passage, of, score, Evidence(0.5, 0.5, 0.5, 0.5, 0.0), worth)


def extractor(question: str, *, names: Sequence[str] = (), weights: SentenceWeights = COSINE_ONLY) -> Extractor:
    """For a course whose documents have these `names`, each with its aliases behind slashes; every word of the question weighs the same."""
    known = Designators([document(f"d{n}", name, aliases=tuple(aliases)) for n, (name, *aliases) in enumerate(one.split(" / ") for one in names)])
    understood = understand(question, None)
    return Extractor(weights, understood, dict.fromkeys(understood.words, 1.0), known, known.named(question))


def told(question: str, hits: Sequence[Hit], *, names: Sequence[str] = (), weights: SentenceWeights = COSINE_ONLY) -> list[str]:
    """The sentences that answer the question, as text."""
    return [chosen.text for chosen in extractor(question, names=names, weights=weights).extract(hits)]
