"""Sealed texts: whole again under the same key and at the same place, and nothing anywhere else."""

import pytest

from tutor.errors import BadPseudonymKey
from tutor.sealing import Seal

KEY = b"k" * 32
seal = Seal(KEY)


@pytest.mark.parametrize("text", ["", "a", "嫦娥五号 🚀", "a\0b", "half \ud83d", "x" * 100_000])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert Seal(KEY).unsealed(seal.sealed(text, place="1"), place="1") == text


def test_what_is_sealed_shows_nothing_and_never_looks_the_same() -> None:
    sealed = {seal.sealed("Anna is 12345678", place="1") for _ in range(9)}
    assert len(sealed) == 9
    assert not any(b"Anna" in one for one in sealed)


def test_another_key_another_place_or_another_byte_is_no_text() -> None:
    sealed = seal.sealed("Anna", place="1")
    assert Seal(b"l" * 32).unsealed(sealed, place="1") is None
    assert seal.unsealed(sealed, place="2") is None
    assert seal.unsealed(sealed[:-1] + bytes([sealed[-1] ^ 1]), place="1") is None
    for length in range(len(sealed)):
        assert seal.unsealed(sealed[:length], place="1") is None


def test_a_short_key_is_refused() -> None:
    with pytest.raises(BadPseudonymKey, match="31 bytes"):
        Seal(b"k" * 31)
