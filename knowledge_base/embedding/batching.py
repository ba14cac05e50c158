"""Questions asked at once are embedded together: whatever waits when a batch is done is the next one. A question alone waits for nobody.

One thread embeds them all: a thread for each question that waits would wake with all the others at the end of every batch, only to wait
for the interpreter.
"""

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from knowledge_base.embedding.base import Embedder, Vectors

# Questions a batch. One by one, 16 at once get a tenth fewer answers a second on two cores; in larger batches the first of a crowd wait for
# all the others: with 32 the slowest of twenty waits a tenth longer.
MOST = 8


class QuestionBatcher:
    """Embeds questions with `embedder` for as many threads and event loops as ask."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embed")
        self._guard = threading.Lock()
        self._waiting: deque[tuple[str, Future[Vectors]]] = deque()

    def embed(self, text: str) -> Future[Vectors]:
        """The question's vector, shape ``(d,)``, to come. What goes wrong with a batch is raised to each whose question is in it."""
        vector: Future[Vectors] = Future()
        with self._guard:
            self._waiting.append((text, vector))
        self._thread.submit(self._embed_together)
        return vector

    def close(self) -> None:
        """Embeds what waits, and nothing more."""
        self._thread.shutdown(wait=True)

    def _embed_together(self) -> None:
        """Those that have waited longest; none when they were embedded with an earlier one."""
        batch = self._batch()
        if not batch:
            return
        try:
            vectors = self._embedder.embed_queries([text for text, _vector in batch])
        except BaseException as error:
            for _text, future in batch:
                future.set_exception(error)
            raise
        for (_text, future), vector in zip(batch, vectors, strict=True):
            future.set_result(vector)

    def _batch(self) -> list[tuple[str, Future[Vectors]]]:
        with self._guard:
            taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        return [(text, vector) for text, vector in taken if vector.set_running_or_notify_cancel()]  # a turn that was ended waits no more
