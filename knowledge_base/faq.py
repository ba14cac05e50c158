"""A release's frequently asked questions, held against a question: of which of them is it another wording?"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.embedding.base import Vectors
from knowledge_base.instructions import addresses_machine
from knowledge_base.release.open import OpenRelease
from knowledge_base.release.vectors import Halves
from knowledge_base.types import Document, Filters, FrequentQuestion, Likeness, Passage
from knowledge_base.words import words

Numbers = npt.NDArray[np.int64]
NEAREST = 120  # questions whose wordings are looked at: those nearest by their wordings in the mean and by their answers
FILTERS = 4  # a course's questions come with hardly more than its two languages
CLOSEST = 24  # of these, those whose words are: by their nearest wording; of 637 questions none lost its answer by it


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: its passage, and its number there."""

    passage: Passage
    index: int


@dataclass(frozen=True)
class Known:
    """A question that the course knows, the document that answers it, and where its answering sentences stand."""

    document: Document
    question: FrequentQuestion
    places: tuple[Place, ...]
    likeness: Likeness


class FrequentQuestions:
    """All of a release's; made once, when it is opened."""

    def __init__(self, release: OpenRelease) -> None:
        self._lexical = release.lexical
        self._wordings = release.wordings
        self._entries = list(_entries(release))
        self._answers = _answers(self._entries, release)
        self._meanings = self._answers + _middles(self._entries, release.wordings)
        self._documents = release.in_order
        self._owners = np.array([release.numbers[entry.document.doc_id] for entry in self._entries], np.int64)
        self._firsts = np.array([entry.first for entry in self._entries], np.int64)
        self._counts = np.array([len(entry.question.wordings) for entry in self._entries], np.int64)
        self._admitted = functools.lru_cache(maxsize=FILTERS)(self._admitted_by)

    def nearest(self, text: str, vector: Vectors, filters: Filters) -> list[Known]:
        """Those that the question `text`, whose vector (shape ``(d,)``) is given, may be a wording of, in no order."""
        admitted, meanings = self._admitted(filters)
        if not len(admitted):
            return []
        near = _products(meanings, vector)
        found = admitted[np.argpartition(-near, min(NEAREST, len(near) - 1))[:NEAREST]]
        asked = _Asked(self._rarity(text))
        closest = ((self._entries[at], cosines, float(self._answers[at] @ vector)) for at, cosines in self._closest(found, vector))
        return [Known(entry.document, entry.question, entry.places, asked.likeness(entry, cosines, answer)) for entry, cosines, answer in closest]

    def _admitted_by(self, filters: Filters) -> tuple[Numbers, Vectors]:
        """The numbers of the entries within the filters, and what each of them means, shape ``(entries, d)``."""
        admitted = np.flatnonzero(np.array([filters.admits(document) for document in self._documents], bool)[self._owners])
        return admitted, self._meanings[admitted]

    def _closest(self, found: Numbers, vector: Vectors) -> list[tuple[int, Vectors]]:
        """Of the entries numbered, those with the nearest wordings, each with its wordings' cosines."""
        counts = self._counts[found]
        ends = np.cumsum(counts)
        starts = ends - counts
        rows = np.repeat(self._firsts[found] - starts, counts) + np.arange(ends[-1])
        cosines = _products(self._wordings[rows].astype(np.float32), vector)
        closest = np.lexsort((found, -np.maximum.reduceat(cosines, starts)))[:CLOSEST]
        return [(int(found[at]), cosines[starts[at] : ends[at]]) for at in closest]

    def _rarity(self, text: str) -> dict[str, float]:
        return {word: self._lexical.rarity(len(self._lexical.holders(word)[0])) for word in dict.fromkeys(words(text))}


@dataclass(frozen=True)
class _Entry:
    """A question, the row of its first wording, and where its answering sentences stand."""

    document: Document
    question: FrequentQuestion
    first: int
    places: tuple[Place, ...]

    @functools.cached_property
    def wordings(self) -> list[frozenset[str]]:
        """The words of each wording."""
        return [frozenset(words(wording)) for wording in self.question.wordings]

    @functools.cached_property
    def answer(self) -> frozenset[str]:
        """The words of the answer, and of what it is about."""
        return frozenset(words(" ".join([self.document.title, *self.question.sentences])))


@dataclass(frozen=True)
class _Asked:
    """A question's words with their rarities."""

    rarity: Mapping[str, float]

    def likeness(self, entry: _Entry, cosines: Vectors, answer: float) -> Likeness:
        """How like the question is to the entry's, whose wordings and answer have these cosines with it."""
        nearest = int(cosines.argmax())
        return Likeness(
            nearest=float(cosines[nearest]),
            mean=float(cosines.mean()),
            answer=answer,
            known=self._share(entry.answer.union(*entry.wordings)),
            told=self._share(entry.answer),
            shared=self._share(entry.wordings[nearest]),
        )

    def _share(self, held: frozenset[str]) -> float:
        whole = sum(self.rarity.values())
        return sum(weight for word, weight in self.rarity.items() if word in held) / whole if whole else 0.0


def _entries(release: OpenRelease) -> Iterator[_Entry]:
    row = 0
    for document in release.in_order:
        places = _places(release, document) if document.faq else {}
        for question in document.faq:
            if all(sentence in places for sentence in question.sentences):
                yield _Entry(document, question, row, tuple(places[sentence] for sentence in question.sentences))
            row += len(question.wordings)


def _places(release: OpenRelease, document: Document) -> dict[str, Place]:
    """Where each sentence of a document stands first; none of a passage of which anything speaks to the machine."""
    places: dict[str, Place] = {}
    for row in release.rows_of(document.doc_id):
        passage = release.passages[row]
        if not any(map(addresses_machine, (*passage.section, *passage.sentence_texts()))):
            for at, sentence in enumerate(passage.sentence_texts()):
                places.setdefault(" ".join(sentence.split()), Place(passage, at))
    return places


def _products(rows: Vectors, vector: Vectors) -> Vectors:
    """Each row's product with the vector, by one thread: BLAS would wake one on every core, and they go on spinning longer than they work."""
    products: Vectors = np.einsum("ij,j->i", rows, vector)
    return products


def _answers(entries: Sequence[_Entry], release: OpenRelease) -> Vectors:
    """The direction in which each entry's sentences point together, shape ``(entries, d)``."""
    starts, sentences = release.vectors.offsets, release.vectors.sentences
    rows = ([starts[release.rows[place.passage.passage_id]] + place.index for place in entry.places] for entry in entries)
    sums = [sentences[told].astype(np.float32).sum(axis=0) for told in rows]
    return np.array([one / np.linalg.norm(one) for one in sums], np.float32)


def _middles(entries: Sequence[_Entry], wordings: Halves) -> Vectors:
    """The middle of each entry's wordings, shape ``(entries, d)``: its product with a question is the mean of theirs."""
    own = (wordings[entry.first : entry.first + len(entry.question.wordings)] for entry in entries)
    return np.array([one.astype(np.float32).mean(axis=0) for one in own], np.float32)
