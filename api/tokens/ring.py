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
        self._source = source
        self._seen = self._stamp()
        self._keys = keys_of(source)
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
        try:
            self._keys = keys_of(self._source)
        except BadKeys as error:
            logger.error("the token keys have changed and cannot be read, so the former ones hold: %s", error)
        else:
            logger.warning("the token keys were read again: there are now %d", len(self._keys.keys))

    def _stamp(self) -> tuple[int, int, int] | None:
        """By which a changed file is told; None for one that is not there."""
        path = path_in(self._source)
        try:
            status = path.stat() if path is not None else None
        except (OSError, ValueError):  # ValueError: NUL in a path
            return None
        return (status.st_mtime_ns, status.st_size, status.st_ino) if status is not None else None


def path_in(source: str) -> Path | None:
    """The path that `source` is, None where it is a JWK Set itself."""
    return None if "{" in source else Path(source)


def keys_of(source: str) -> KeySet:
    """The keys in a file, or in the JSON that `source` is itself, perhaps none; BadKeys when they cannot be read."""
    path = path_in(source)
    if path is None:
        return KeySet.read(source)
    try:
        return KeySet.read(path.read_bytes())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadKeys(f"the token keys {str(path)!r} cannot be read ({why}): make them with navigator tokens new-key --into {str(path)!r}") from error
    except BadKeys as error:
        raise BadKeys(f"{error} (in {str(path)!r})") from error
