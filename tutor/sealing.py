"""Texts that only this school can read: sealed under a key of their own, so that a stolen database says nothing of them."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tutor.pseudonyms import checked

_NONCE = 12  # bytes, as NIST SP 800-38D wants; 2**32 texts a key


class Seal:
    """AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) makes of the pseudonyms' key; BadPseudonymKey when that is too short."""

    def __init__(self, key: bytes) -> None:
        derived = HKDF(SHA256(), length=32, salt=None, info=b"navigator notes 1").derive(checked(key))
        self._cipher = AESGCM(derived)

    def sealed(self, text: str, *, place: str) -> bytes:
        """The text for this place: in another it cannot be unsealed."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), place.encode())

    def unsealed(self, sealed: bytes, *, place: str) -> str | None:
        """The text; None when it was sealed under another key or for another place, or is not what was sealed."""
        try:
            text = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except (InvalidTag, ValueError):  # the latter when it is too short
            return None
        return text.decode("utf-8", "surrogatepass")
