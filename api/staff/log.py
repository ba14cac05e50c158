"""What staff did, a JSON line each in the data folder's ``staff.log``: when, what, to what, from which address."""

import datetime as dt
import json
import logging
import os
from pathlib import Path

logger = logging.getLogger(__name__)


class StaffLog:
    """Appends to `path`, which only the server's user may read; a disk that takes no line stops nobody's work."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, action: str, subject: str, client: str) -> None:
        """Writes one line, here and to the log."""
        subject = _printable(subject[:500])
        line = {"time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "action": action, "subject": subject, "client": client}
        logger.info("staff: %s %r from %s", action, subject, client)
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            logger.warning("%s cannot be written (%s)", self._path, error.strerror)


def _printable(text: str) -> str:
    """Fit for a terminal and for one line, whatever an address held."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
