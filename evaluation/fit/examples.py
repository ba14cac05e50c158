"""What the fits learn from: every set's questions asked of its own release, and other sets' questions, which have no answer there."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.sets import Item, QuestionSet
from knowledge_base.embedding.base import Embedder
from knowledge_base.release.open import OpenRelease
from knowledge_base.search import Query, make_query

FOREIGN = 400  # questions of other sets asked of each release
SEED = 20


@dataclass(frozen=True)
class Asked:
    """One question put to one release; foreign ones are unanswerable there."""

    item: Item
    query: Query
    answerable: bool
    foreign: bool


@dataclass(frozen=True)
class Corpus:
    """A set, its release, and everything that is asked of it."""

    name: str
    release: OpenRelease
    asked: tuple[Asked, ...]


def gather(sets: Sequence[QuestionSet], releases: Sequence[OpenRelease], embedder: Embedder) -> list[Corpus]:
    """Every set with its own questions and a fixed sample of the others'."""
    return [Corpus(one.name, release, tuple(_asked(one, sets, release, embedder))) for one, release in zip(sets, releases, strict=True)]


def _asked(home: QuestionSet, sets: Sequence[QuestionSet], release: OpenRelease, embedder: Embedder) -> Iterator[Asked]:
    others = [item for other in sets if other.name != home.name and not _related(home, other) for item in other.items]
    sample = random.Random(SEED).sample(others, min(FOREIGN, len(others)))
    pairs = [*((item, False) for item in home.items), *((item, True) for item in sample)]
    texts = [release.widening.widened(item.question, item.language) for item, _foreign in pairs]
    for (item, foreign), text, vector in zip(pairs, texts, embedder.embed_queries(texts), strict=True):
        yield Asked(item, make_query(text, vector, item.language), item.answerable and not foreign, foreign)


def _related(one: QuestionSet, other: QuestionSet) -> bool:
    """A course on space and a textbook of astronomy may well answer one another's questions."""
    return {one.name, other.name} == {"golden", "astronomy"}
