"""Citation support: the statements shown that the passages cited for them bear out."""

import re
import unicodedata

from evaluation.judging.statements import Source, Statement
from evaluation.metrics.grounded import Told

QUOTING = ("extract", "fact")  # engines that show the course's own words
ENOUGH = 0.5  # of a paraphrase's content words; that of a sentence about something else in the same passage's subject is about a fifth
_ASIDE = re.compile(r"\s+|\[\d{1,3}\]|[\[\]]")
_PIECE = re.compile(r"[^。！？.!?…]+[。！？.!?…]*")
_LATIN = re.compile(r"[a-z]{3,}")
_HAN_RUN = re.compile(r"[㐀-鿿]{2,}")
_FUNCTION_WORDS = """
the and for was were are has have had with that this from into its his her their they them then than which who whom what when where while
also but not been being did does can could would will may might there here about after before over under between such each other more most
"""
_PLAIN = frozenset(_FUNCTION_WORDS.split())


def supported(statement: Statement, told: Told, *, engine: str, near: bool) -> bool:
    """Judges a statement by the kind of the engine that made it; `near` counts across languages only."""
    return quoted(statement) if engine in QUOTING else paraphrased(statement, told, near=near)


def quoted(statement: Statement) -> bool:
    """For answers in the course's own words: these, sentence by sentence and in order, stand in one cited passage as the release holds it.

    So does every citation's quote. It sees any word changed, and a swapped citation. That the sentence answers the question is judged elsewhere.
    """
    return (
        bool(statement.sources)
        and all(_stands(source.quote, source) for source in statement.sources)
        and any(_stands(statement.text, source) for source in statement.sources)
    )


def paraphrased(statement: Statement, told: Told, *, near: bool) -> bool:
    """For a model's own words: every number, date and mission name stands in the sources, and half of the content words do.

    Across languages words cannot be compared: there search, given the statement, must find a cited passage among its first hits (`near`).
    It cannot judge a negation, who did what to whom, or a word exchanged for its opposite: a reader must.
    """
    same = [source.whole for source in statement.sources if source.language == statement.language]
    about = _overlap(statement.text, "\n".join(same)) >= ENOUGH if same else near
    return bool(statement.sources) and told.grounded and about


def _overlap(text: str, source: str) -> float:
    """The share of the text's content words that the source holds; all of none."""
    said, held = _content(text), _content(source)
    return len(said & held) / len(said) if said else 1.0


def _content(text: str) -> set[str]:
    """Latin words cut to five letters, which joins most of their forms, and pairs of neighbouring Han characters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    latin = {word[:5] for word in _LATIN.findall(plain) if word not in _PLAIN}
    return latin | {run[at : at + 2] for run in _HAN_RUN.findall(plain) for at in range(len(run) - 1)}


def _stands(text: str, source: Source) -> bool:
    """Whether the pieces of `text` stand in the passage, in their order; white space, and a source's own footnote numbers, aside."""
    held, at = _bare(source.text), 0
    for piece in _PIECE.findall(_bare(text)):
        at = held.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _bare(text: str) -> str:
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text))
