"""Ingests again and again: at once, then whenever files have changed and been left alone for a while."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from ingest.errors import NothingToRead
from knowledge_base.errors import Busy

LOOK_EVERY = 0.2  # seconds between looks at the paths themselves: a folder that is deleted takes its notifications with it
BUSY_AGAIN = 1.0  # seconds between attempts while another ingestion holds the data folder

Identities = tuple[tuple[int, int] | None, ...]  # device and inode of each path, None of one that is not there


@dataclass(frozen=True)
class Watch:
    """Watches files and folders, apart from the folder `ignore` within them; a change is over when nothing else changed for `quiet` seconds.

    `tell` hears one line at a time; `describe` makes one of an error that is survived.
    """

    paths: Sequence[Path]
    quiet: float
    ignore: Path
    tell: Callable[[str], None]
    describe: Callable[[Exception], str] = str
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def run(self, ingest: Callable[[], None], *, survives: tuple[type[Exception], ...]) -> None:
        """Calls `ingest` now and after every change, for ever; errors that it survives are told. NothingToRead for a path that is not there."""
        lost = next((path for path in self.paths if not path.exists()), None)
        if lost is not None:
            raise NothingToRead(f"{str(lost)!r} does not exist: give files or folders to watch")
        for _ in self.changes():
            self._ingest(ingest, survives)

    def _ingest(self, ingest: Callable[[], None], survives: tuple[type[Exception], ...]) -> None:
        waiting = False
        while True:
            try:
                return ingest()
            except Busy as error:
                if not waiting:
                    self.tell(f"{error} (this is done every second until then)")
                waiting = True
                self.sleep(BUSY_AGAIN)
            except survives as error:
                return self.tell(f"navigator: {self.describe(error)} (the next change is another try)")

    def changes(self) -> Iterator[None]:
        """Yields as soon as it watches, and then after every change that is over; what happens between is not missed."""
        changed: float | None = self.clock() - self.quiet
        while True:
            watched = self._identities()
            for seen in self._notified(watched):
                changed = self.clock() if seen else changed
                if self._identities() != watched or self._lost_a_root(seen):
                    changed = self.clock()
                    break
                if changed is not None and self.clock() - changed >= self.quiet and None not in watched:
                    changed = None
                    yield
            self._tell_gone(watched)

    def _notified(self, watched: Identities) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        """What changed since the last look, often nothing; ends when a path vanishes as watching begins."""
        there = [path for path, identity in zip(self.paths, watched, strict=True) if identity is not None]
        if not there:
            self.sleep(LOOK_EVERY)
            yield set()
            return
        milliseconds = int(LOOK_EVERY * 1000)
        try:
            yield from watchfiles.watch(*there, watch_filter=self._counts, rust_timeout=milliseconds, yield_on_timeout=True)
        except FileNotFoundError:
            self.sleep(LOOK_EVERY)

    def _counts(self, change: watchfiles.Change, path: str) -> bool:
        """Not editors' own files, and not what ingesting itself writes where the data folder lies within what is watched."""
        ours = _real(self.ignore)
        within = any(_real(root).is_relative_to(ours) for root in self.paths)
        return watchfiles.DefaultFilter()(change, path) and (within or not _real(Path(path)).is_relative_to(ours))

    def _identities(self) -> Identities:
        return tuple(map(_identity, self.paths))

    def _lost_a_root(self, seen: set[tuple[watchfiles.Change, str]]) -> bool:
        """Whether a path itself was deleted, even if another has its name and its inode by now."""
        roots = {_real(path) for path in self.paths}
        return any(change is watchfiles.Change.deleted and _real(Path(path)) in roots for change, path in seen)

    def _tell_gone(self, before: Identities) -> None:
        for path, was, now in zip(self.paths, before, self._identities(), strict=True):
            if was is not None and now is None:
                self.tell(f"{str(path)!r} is gone: what it held stays published until it is back")


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
