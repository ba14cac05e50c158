"""A release's frequently asked questions, held against a question: of which of them is it another wording?"""

import functools
from collections.abc import Iterator, Sequence
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
Shares = npt.NDArray[np.float64]
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
        self._wordings = release.wordings
        self._words = _Words(release)
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
        shares = self._words.shares(text)
        return [self._known(self._entries[at], cosines, float(self._answers[at] @ vector), shares) for at, cosines in self._closest(found, vector)]

    def _known(self, entry: "_Entry", cosines: Vectors, answer: float, shares: "_Shares") -> Known:
        nearest = int(cosines.argmax())
        likeness = Likeness(
            nearest=float(cosines[nearest]),
            mean=float(cosines.mean()),
            answer=answer,
            known=float(shares.known[entry.number]),
            told=float(shares.told[entry.number]),
            shared=float(shares.wordings[entry.first + nearest]),
        )
        return Known(entry.document, entry.question, entry.places, likeness)

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
        return [(int(found[at]), cosines[starts[at] : ends[at]]) for at in closest.tolist()]


@dataclass(frozen=True)
class _Entry:
    """A question, its number among all, the row of its first wording, and where its answering sentences stand."""

    document: Document
    question: FrequentQuestion
    number: int
    first: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class _Shares:
    """The shares (0..1) of a question's words that stand in each wording, in each known question's answer, and in either."""

    wordings: Shares
    told: Shares
    known: Shares


class _Words:
    """Where the words of all wordings and answers stand (see `release/wordings.py`)."""

    def __init__(self, release: OpenRelease) -> None:
        counts = [len(question.wordings) for document in release.in_order for question in document.faq]
        self._lexical = release.lexical
        self._index = release.asked_words
        self._size = sum(counts)
        self._questions = len(counts)
        self._question_of = np.concatenate([np.repeat(np.arange(len(counts)), counts), np.arange(len(counts))])

    def shares(self, text: str) -> _Shares:
        """Of the words of `text`, weighed by their rarity in the passages."""
        held, known, whole = np.zeros(len(self._question_of)), np.zeros(self._questions), 0.0
        for word in dict.fromkeys(words(text)):
            rarity = self._lexical.rarity(len(self._lexical.holders(word)[0]))
            rows, _scores = self._index.holders(word)
            held[rows] += rarity
            known[self._question_of[rows]] += rarity  # once, in however many of a question's rows it stands
            whole += rarity
        whole = whole or 1.0
        return _Shares(held[: self._size] / whole, held[self._size :] / whole, known / whole)


def _entries(release: OpenRelease) -> Iterator[_Entry]:
    number = row = 0
    for document in release.in_order:
        places = _places(release, document) if document.faq else {}
        for question in document.faq:
            if all(sentence in places for sentence in question.sentences):
                yield _Entry(document, question, number, row, tuple(places[sentence] for sentence in question.sentences))
            number += 1
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
