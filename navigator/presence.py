"""Who serves from a data folder: a lock file that the kernel lets go of when its process ends, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from knowledge_base.errors import Busy
from knowledge_base.release.layout import DataFolder


@contextmanager
def serving(data: DataFolder) -> Iterator[None]:
    """Held by every process that answers from the folder for as long as it does; Busy while a backup is restored into it."""
    with _held(data, fcntl.LOCK_SH, "a backup is being restored into {folder!r}: wait until it is done, then start again"):
        yield


@contextmanager
def nobody_serving(data: DataFolder) -> Iterator[None]:
    """Held while a folder is replaced: nobody may start to serve from it; Busy while somebody does."""
    with _held(data, fcntl.LOCK_EX, "a server or bot answers from {folder!r}: stop it, then restore"):
        yield


@contextmanager
def _held(data: DataFolder, how: int, refusal: str) -> Iterator[None]:
    data.ensure_writable()
    with (data.root / "serving").open("w") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(refusal.format(folder=str(data.root))) from error
        yield
