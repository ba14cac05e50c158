"""Bytes into text: the encodings that schools' files come in are told apart, and what is no text is never taken for it."""

import os
import random

import pytest

from ingest.encoding import decode
from ingest.errors import Unreadable

ENGLISH = "The Moon has no air.\nIt’s black — “so”, 5 µm.\n"
CHINESE = "月球没有空气，所以它的天空是黑色的。\n一天很长：第一节 100 km/s\n"
TRADITIONAL = "月球沒有空氣，所以它的天空是黑色的。火箭發射時噴出氣體，產生推力。\n"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [ENGLISH, CHINESE, TRADITIONAL, ENGLISH + CHINESE, "moon", "a\r\nb\r\n", CHINESE * 5000])
def test_a_text_is_read_in_whatever_it_was_saved(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["月球", "嫦娥五号带回月壤"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "gb2312"])
def test_a_few_chinese_words_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("Good.\ncaf\xe9 d\xe9j\xe0 vu".encode("latin-1"), 2),
        (b"it\x92s the Moon\x92s", 1),
        (CHINESE.encode() + b"\xff" + CHINESE.encode(), 3),
        ("月球没有空气".encode()[:-1], 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1),
        (b"%PDF-1.7\n" + bytes(range(1, 255)) * 5, 3),
        (b"good\nbad\0bad\n", 2),
        (b"\1\2\3\4\5", 1),
        (b"\xff\xfea", 1),
        (TRADITIONAL.encode("big5"), 1),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(content: bytes, line: int) -> None:
    with pytest.raises(Unreadable, match="save it as UTF-8, or give it the suffix of what it is") as told:
        decode(content)
    assert told.value.line == line


def test_random_bytes_are_no_text() -> None:
    chance = random.Random(1)
    for size in (100, 1000, 5000):
        for _ in range(50):
            with pytest.raises(Unreadable):
                decode(chance.randbytes(size))


def test_a_program_is_no_text() -> None:
    with open(os.path.realpath("/bin/sh"), "rb") as file, pytest.raises(Unreadable):
        decode(file.read())


def test_a_stray_control_character_falls_away() -> None:
    assert decode(b"It flew\x07 away.\n\tFar.") == "It flew away.\n\tFar."
