"""Whatever happens to a file on its way, its parser gives a text or says that it cannot: never another error."""

import random
from pathlib import Path

import pytest
from made_files import NAMES, PARSERS, content

from ingest.errors import Unreadable
from ingest.types import Parsed


def outcome(suffix: str, damaged: bytes) -> Parsed | str:
    try:
        return PARSERS[suffix](damaged)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("name", NAMES)
def test_files_cut_short_or_with_changed_bytes(name: str) -> None:
    chance, whole = random.Random(name), content(name)
    for _ in range(6):
        cut = whole[: chance.randrange(len(whole))]
        flipped = bytearray(whole)
        for _ in range(chance.choice([1, 20, 200])):
            flipped[chance.randrange(len(whole))] = chance.randrange(256)
        for damaged in (cut, bytes(flipped)):
            told = outcome(Path(name).suffix, damaged)
            assert told if isinstance(told, str) else told.blocks


@pytest.mark.parametrize("suffix", sorted(PARSERS))
def test_empty_and_random_files(suffix: str) -> None:
    chance = random.Random(suffix)
    assert isinstance(outcome(suffix, b""), str)
    for size in (1, 10, 1_000, 30_000):
        outcome(suffix, chance.randbytes(size))
