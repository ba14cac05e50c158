"""Names that stand for callers: keyed, so that nobody without the key can tell who is meant, and the same for one caller always."""

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from base64 import urlsafe_b64encode
from pathlib import Path

from tutor.errors import BadPseudonymKey

SHORTEST_KEY = 32  # bytes
_GIVEN = re.compile(r"([\w-]{16})\.([\w-]{16})", re.ASCII)  # a conversation's id that we made: chance, and whose it is


class Pseudonyms:
    """HMAC-SHA256 under one key of at least 32 bytes; BadPseudonymKey when it is shorter."""

    def __init__(self, key: bytes) -> None:
        self._key = checked(key)

    def caller(self, tenant: str, subject: str) -> str:
        """The pseudonym of one person of one tenant, 64 hexadecimal digits."""
        return self._keyed(f"{tenant}\x1f{subject}").hex()

    def conversation(self, caller: str, wanted: str | None) -> str:
        """`wanted`, unless it is an id that was made for another caller; without one, or with another's, a new id."""
        made = _GIVEN.fullmatch(wanted or "")
        if wanted and (made is None or hmac.compare_digest(made[2], self._mark(caller, made[1]))):
            return wanted
        chance = secrets.token_urlsafe(12)
        return f"{chance}.{self._mark(caller, chance)}"

    def conversation_key(self, caller: str, conversation_id: str) -> str:
        """What the conversation is kept under: ids that callers chose, two of them perhaps the same, neither meet nor show."""
        return self._keyed(f"\x1fkept\x1f{caller}\x1f{conversation_id}").hex()

    def _mark(self, caller: str, chance: str) -> str:
        return urlsafe_b64encode(self._keyed(f"\x1fmade\x1f{caller}\x1f{chance}")[:12]).decode()

    def _keyed(self, text: str) -> bytes:
        return hmac.new(self._key, text.encode(), hashlib.sha256).digest()


def checked(key: bytes) -> bytes:
    """The key; BadPseudonymKey when it is too short."""
    if len(key) < SHORTEST_KEY:
        raise BadPseudonymKey(f"the key of the pseudonyms has {len(key)} bytes: give NAVIGATOR_PSEUDONYM_KEY {SHORTEST_KEY} or more")
    return key


def key_in(path: Path) -> bytes:
    """The key in the file, which is made first, for its owner alone, when there is none. BadPseudonymKey when that fails."""
    try:
        if not path.exists():
            _make(path)
        return path.read_bytes().strip()
    except OSError as error:
        raise BadPseudonymKey(
            f"the key of the pseudonyms {str(path)!r} cannot be read or made ({error.strerror}): mend its rights, or set NAVIGATOR_PSEUDONYM_KEY"
        ) from error


def _make(path: Path) -> None:
    """Puts a whole key in place at once; when another process was quicker, its key stays."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mkstemp's files are their owner's alone
    try:
        with open(descriptor, "wb") as file:
            file.write(secrets.token_hex(SHORTEST_KEY).encode())
            file.flush()
            os.fsync(descriptor)
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
