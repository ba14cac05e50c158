"""The room's front door: the published release, kept open, swapped when another is published, searched without blocking."""

import asyncio
import contextlib
import contextvars
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from knowledge_base.calibration import Calibration, calibration_for
from knowledge_base.cores import CORES
from knowledge_base.embedding.base import Embedder, Vectors
from knowledge_base.embedding.batching import QuestionBatcher
from knowledge_base.errors import KnowledgeError, PassageWithdrawn, UnknownPassage
from knowledge_base.faq import FrequentQuestions, Known
from knowledge_base.instructions import Clearing
from knowledge_base.language import Language, detect
from knowledge_base.release import private, publish
from knowledge_base.release.former import Cited, FormerPassages
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import OpenRelease, open_release
from knowledge_base.reranking import RERANKED, Reranker, reranked
from knowledge_base.search import Query, make_query, search
from knowledge_base.surroundings import Surroundings, surroundings
from knowledge_base.types import Document, Filters, Hit, Passage, Results

logger = logging.getLogger(__name__)

WORKERS = CORES + 1  # searches at once, which only contend for the cores beyond that, and one that opens a release
LOOK_EVERY = 0.5  # seconds between looks at the pointer; a new release is answering within two
T = TypeVar("T")


class Reader:
    """One release, held for the length of one turn: everything asked of it comes from the same release."""

    def __init__(self, held: "_Held", library: "Library") -> None:
        self._held = held
        self._release = held.release
        self._library = library
        self._vectors: dict[str, Future[Vectors]] = {}  # a turn may search for one question twice

    @property
    def release_id(self) -> str:
        return self._release.manifest.release

    @contextlib.contextmanager
    def shared(self) -> Iterator["Reader"]:
        """The same release, held also after this turn is over; to be entered while it lasts."""
        held = self._library.hold(self._held)
        try:
            yield Reader(held, self._library)
        finally:
            self._library.let_go(held)

    @property
    def documents(self) -> dict[str, Document]:
        """Documents by id, in the order ingested."""
        return self._release.documents

    async def search(self, text: str, *, k: int = 5, filters: Filters | None = None, language: Language | None = None) -> Results:
        """The best `k` passages for a question; those in `language` (the question's own unless given) are preferred.

        Sentences that address the machine are taken out of them.
        """
        language = language or detect(text)
        widened = self._release.widening.widened(text, language)
        query = make_query(widened, await asyncio.wrap_future(self._vector(widened)), language)
        return await self._library.reading_in_thread(self._held, lambda: self._found(query, widened, k, filters or Filters()))

    def search_here(self, text: str, *, k: int, filters: Filters) -> Results:
        """The same in the calling thread; it blocks."""
        language = detect(text)
        widened = self._release.widening.widened(text, language)
        return self._found(make_query(widened, self._vector(widened).result(), language), widened, k, filters)

    async def known(self, text: str, *, filters: Filters) -> list[Known]:
        """The questions often asked that this one may be a wording of, in no order."""
        widened = self._release.widening.widened(text, filters.language or detect(text))  # its vector is there when it was searched for
        faq, vector = self._held.faq, await asyncio.wrap_future(self._vector(widened))
        return await self._library.reading_in_thread(self._held, lambda: faq.nearest(text, vector, filters))

    def _found(self, query: Query, text: str, k: int, filters: Filters) -> Results:
        reranker = self._library.reranker
        seen = k if reranker is None else max(k, RERANKED)
        hits = self._library.clearing.cleared(search(self._release, query, k=seen, filters=filters, fusion=self._library.calibration.fusion))
        return Results(self.release_id, (hits if reranker is None else reranked(hits, text, reranker))[:k])

    def _vector(self, text: str) -> Future[Vectors]:
        if text not in self._vectors:
            self._vectors[text] = self._library.questions.embed(text)
        return self._vectors[text]

    def around(self, hit: Hit, *, before: int = 1, after: int = 1, most: int = 4_000) -> Surroundings:
        """The hit's passage with up to so many before and after it of the same section, `most` characters together unless it alone has more.

        UnknownPassage when it is no hit of this release.
        """
        row = self._release.rows.get(hit.passage.passage_id)
        if row is None:
            raise UnknownPassage(f"no passage {hit.passage.passage_id!r}")
        return surroundings(self._release, row, (before, after), most)

    def neighbours(self, hit: Hit) -> tuple[Hit, ...]:
        """The passages right before and after the hit's of the same section, as hits like it, without what addresses the machine."""
        beside = (passage for passage in self.around(hit).passages if passage.passage_id != hit.passage.passage_id)
        return self._library.clearing.cleared(replace(hit, passage=passage, sentence_cosines=()) for passage in beside)

    def rarity(self, query_words: Sequence[str]) -> dict[str, float]:
        """How rare each word is in this release (Lucene's inverse document frequency)."""
        lexical = self._release.lexical
        return {word: lexical.rarity(len(lexical.holders(word)[0])) for word in query_words}

    def uses(self, word: str) -> bool:
        """Whether the word, as `knowledge_base.words` gives it, stands anywhere in this release."""
        return len(self._release.lexical.holders(word)[0]) > 0

    def passages_of(self, doc_id: str) -> tuple[Passage, ...]:
        """A document's passages in reading order; empty when this release has no such document."""
        return tuple(self._release.passages[row] for row in self._release.rows_of(doc_id))

    def passage(self, passage_id: str) -> tuple[Passage, Document]:
        """A passage of this release with its document; UnknownPassage when it holds none of that id."""
        row = self._release.rows.get(passage_id)
        if row is None:
            raise UnknownPassage(f"no passage {passage_id!r}")
        return self._release.passages[row], self._release.document_of(row)

    async def cited(self, passage_id: str) -> Cited:
        """A passage that an answer cited, be it of this release or of an older one of a document that this one still holds.

        PassageWithdrawn when it holds that document no more, UnknownPassage when no release ever held the passage.
        """
        try:
            return Cited(*self.passage(passage_id), self.release_id)
        except UnknownPassage:
            found = await self._library.in_thread(lambda: self._library.former.find(passage_id))
        if found.document.doc_id not in self.documents:
            raise PassageWithdrawn(passage_id, found.document.title)
        return found


class _Held:
    """An open release and how many turns still read from it."""

    def __init__(self, release: OpenRelease) -> None:
        self.release = release
        self.faq = FrequentQuestions(release)
        self.readers = 0
        self.retired = False


class Library:
    """Opens the published release, looks for a newer one every half second, and closes the old one when its last turn is done.

    With `release` it opens that one, published or not, and stays with it. A `reranker` looks at the first hits of every search again.
    """

    def __init__(
        self,
        data: DataFolder,
        embedder: Embedder,
        *,
        calibration: Calibration | None = None,
        release: str | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.data = data
        self.embedder = embedder
        self.questions = QuestionBatcher(embedder)
        self.reranker = reranker
        self.calibration = calibration or calibration_for(embedder.stamp)
        self.former = FormerPassages(data)
        self.clearing = Clearing()
        self._pinned = release
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="search")
        self._guard = threading.Lock()
        self._opening = threading.Lock()
        self._held: _Held | None = None

    def open(self) -> None:
        """Opens the release if none is open; it blocks. NoRelease or another OperatorError when there is none to open."""
        with self._guard:
            opened = self._held is not None
        if not opened:
            self._refresh()

    @property
    def release(self) -> str | None:
        """The id of the release that answers now; None while none is open."""
        held = self._held
        return held.release.manifest.release if held is not None else None

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Runs blocking work of this room off the event loop, in the caller's context: what it logs names the caller's request."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, contextvars.copy_context().run, work)

    async def reading_in_thread(self, held: _Held, work: Callable[[], T]) -> T:
        """The same for work that reads a release, which stays open until the work is done, also when whoever waits for it gives up."""
        self.hold(held)
        future = self._pool.submit(work)
        future.add_done_callback(lambda _done: self.let_go(held))
        return await asyncio.wrap_future(future)

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[Reader]:
        """Holds the published release for one turn; NoRelease or another OperatorError when there is none to hold."""
        if self._held is None:
            await self.in_thread(self.open)
        held = self.hold()  # after the wait, so that a turn cancelled in it holds nothing
        try:
            yield Reader(held, self)
        finally:
            self.let_go(held)

    def search_now(self, text: str, *, k: int, filters: Filters) -> Results:
        """One search for callers that run no event loop; it blocks."""
        self.open()
        held = self.hold()
        try:
            return Reader(held, self).search_here(text, k=k, filters=filters)
        finally:
            self.let_go(held)

    async def watch(self) -> None:
        """Keeps up with `current` until cancelled, so that no question pays for opening a release."""
        await self.in_thread(lambda: private.sweep(self.data))
        told = ""
        while True:
            try:
                await self.in_thread(self._refresh)
                told = ""
            except (KnowledgeError, OSError) as error:
                if str(error) != told:  # once, not every second; what was open goes on answering
                    told = str(error)
                    logger.warning("the published release cannot be opened: %s", told)
            await asyncio.sleep(LOOK_EVERY)

    def close(self) -> None:
        """Frees everything; no turn may be under way."""
        self.questions.close()
        self._pool.shutdown(wait=True)
        with self._guard:
            if self._held is not None:
                self._held.release.close()
                self._held = None

    def hold(self, held: _Held | None = None) -> _Held:
        """Counts one more reader of a release that is held already, or of the published one."""
        with self._guard:
            held = held or self._held
            assert held is not None
            held.readers += 1
            return held

    def let_go(self, held: _Held) -> None:
        """Counts one less; the last reader of a release that is no longer published has it closed."""
        with self._guard:
            held.readers -= 1
            done = held.retired and held.readers == 0
        if done:
            self._pool.submit(held.release.close)  # which takes a while: the turn's caller need not wait

    def _refresh(self) -> None:
        """Opens what `current` points at when it is another release than the one held, or that one's index is lost."""
        with self._opening:
            wanted = self._pinned or publish.current(self.data).release
            with self._guard:
                held = self._held
            if held is None or held.release.manifest.release != wanted or held.release.vector_index.lost:
                self._swap(self._opened(wanted))

    def _opened(self, wanted: str) -> _Held:
        warm = make_query("warm up", self.embedder.embed_queries(["warm up"])[0])
        release = open_release(self.data, wanted, self.embedder.stamp)
        try:
            search(release, warm, k=1, filters=Filters(), fusion=self.calibration.fusion)
            return _Held(release)
        except BaseException:
            release.close()
            raise

    def _swap(self, new: _Held) -> None:
        with self._guard:
            old, self._held = self._held, new
            idle = old is not None and old.readers == 0
            if old is not None:
                old.retired = True
        if old is not None and idle:
            old.release.close()
