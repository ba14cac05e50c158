"""Folders that one process works in alone, and that are swept when it died: a lock says whose they are, which process ids do not.

::

    <name>-<random>.lock    locked by the process, from before there is a folder until it is gone
    <name>-<random>/        the folder
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path


class OwnFolder:
    """A new, empty folder under `parent`, which is there; this object's alone until it is discarded."""

    def __init__(self, parent: Path, name: str) -> None:
        self._lock, self._lock_path = _locked(parent, name)
        self.path = self._lock_path.with_suffix("")
        self.path.mkdir()

    def discard(self) -> None:
        """Removes the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock_path.unlink(missing_ok=True)
        os.close(self._lock)


def sweep(parent: Path, name: str = "") -> None:
    """Removes the folders under `parent`, those that begin with `name`, whose lock is free or gone."""
    for path in parent.glob(f"{name}*.lock"):
        _remove_if_free(path)
    for folder in parent.glob(f"{name}*"):
        if folder.suffix != ".lock" and not folder.with_name(f"{folder.name}.lock").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _locked(parent: Path, name: str) -> tuple[int, Path]:
    """A new lock file, held. A sweeper may take it between its making and its locking: then another one is made."""
    while True:
        lock, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".lock", dir=parent)
        if _take(lock) and os.fstat(lock).st_nlink:
            return lock, Path(path)
        os.close(lock)


def _remove_if_free(path: Path) -> None:
    try:
        lock = os.open(path, os.O_RDWR)
    except OSError:
        return  # discarded meanwhile, or another user's
    try:
        if _take(lock):
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
