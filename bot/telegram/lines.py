"""Whose turn it is: each line's work in order, many lines at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

Work = Callable[[], Awaitable[None]]


class Lines:
    """Does work line by line, `at_once` lines at a time; a line with `longest` pieces in hand takes no more. Work raises nothing."""

    def __init__(self, *, at_once: int = 256, longest: int = 20) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._longest = longest
        self._lines: dict[Hashable, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, line: Hashable, work: Work) -> bool:
        """Puts work at the end of its line; False when the line is too long for it."""
        if line not in self._lines:
            self._lines[line] = deque()
            task = asyncio.create_task(self._walk(line))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif len(self._lines[line]) >= self._longest:
            return False
        self._lines[line].append(work)
        return True

    async def drain(self, within_s: float) -> bool:
        """Waits until all work is done; what is not by then is cancelled, and False."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)
        late = list(self._tasks)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return not late

    async def _walk(self, line: Hashable) -> None:
        waiting = self._lines[line]
        try:
            while waiting:
                async with self._slots:
                    await waiting[0]()
                waiting.popleft()
        finally:
            del self._lines[line]
