"""Questions asked at once are embedded together: whatever waits when a batch is done is the next one. A question alone waits for nobody."""

import asyncio
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from knowledge_base.embedding.base import Embedder, Vectors

MOST = 32  # questions a batch: the first of a crowd need not wait for all the others


class QuestionBatcher:
    """Embeds questions with `embedder`, in a thread of its own; to be asked from any thread or event loop."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")
        self._guard = threading.Lock()
        self._waiting: deque[tuple[str, Future[Vectors]]] = deque()

    async def embed(self, text: str) -> Vectors:
        """The question's vector, shape ``(d,)``. Who gives up waiting disturbs nobody else."""
        return await asyncio.wrap_future(self._submit(text))

    def embed_now(self, text: str) -> Vectors:
        """The same for callers that run no event loop; it blocks."""
        return self._submit(text).result()

    def close(self) -> None:
        """Ends the thread when what waits is done."""
        self._thread.shutdown(wait=True)

    def _submit(self, text: str) -> "Future[Vectors]":
        future: Future[Vectors] = Future()
        with self._guard:
            self._thread.submit(self._embed_waiting)  # for each question one: those that find nobody waiting do nothing
            self._waiting.append((text, future))
        return future

    def _embed_waiting(self) -> None:
        with self._guard:
            taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        wanted = [(text, future) for text, future in taken if future.set_running_or_notify_cancel()]
        if not wanted:
            return
        try:
            vectors = self._embedder.embed_queries([text for text, _future in wanted])
        except BaseException as error:
            for _text, future in wanted:
                future.set_exception(error)
            raise
        for (_text, future), vector in zip(wanted, vectors, strict=True):
            future.set_result(vector)
