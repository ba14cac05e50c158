"""The keys in force: read again when their file changes, so that a key comes or goes without a restart."""

import logging
from pathlib import Path

from api.tokens.errors import BadKeys
from api.tokens.keys import Key, KeySet

logger = logging.getLogger(__name__)


class KeyRing:
    """The keys of `source`, the path of a JWK Set or its JSON itself. BadKeys when they cannot be read, or there are none, at first.

    Later a file that cannot be read leaves the former keys in force, and the log says so.
    """

    def __init__(self, source: str) -> None:
        self._path = None if "{" in source else Path(source)
        self._seen = self._stamp()
        self._keys = read_keys(self._path) if self._path is not None else KeySet.read(source)
        if not self._keys.keys:
            raise BadKeys("there is no token key, so nobody could ask: make one with navigator tokens new-key --tenant SCHOOL --into FILE")

    def named(self, kid: str) -> Key | None:
        """The key of that kid, of the file as it stands now."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._read_again()
        return self._keys.named(kid)

    def _read_again(self) -> None:
        assert self._path is not None
        try:
            self._keys = read_keys(self._path)
        except BadKeys as error:
            logger.error("the token keys have changed and cannot be read, so the former ones hold: %s", error)
        else:
            logger.warning("the token keys were read again: there are now %d", len(self._keys.keys))

    def _stamp(self) -> tuple[int, int, int] | None:
        """By which a changed file is told; None for one that is not there."""
        try:
            status = self._path.stat() if self._path is not None else None
        except (OSError, ValueError):  # ValueError: NUL in a path
            return None
        return (status.st_mtime_ns, status.st_size, status.st_ino) if status is not None else None


def read_keys(path: Path) -> KeySet:
    """The keys in a file; BadKeys when it cannot be read."""
    try:
        return KeySet.read(path.read_bytes())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadKeys(f"the token keys {str(path)!r} cannot be read ({why}): make them with navigator tokens new-key --into {str(path)!r}") from error
    except BadKeys as error:
        raise BadKeys(f"{error} (in {str(path)!r})") from error
