"""Plain text: paragraphs as they were meant, and a first line that looks like a title."""

import pytest

from ingest.formats.text import parse


def texts(content: str) -> list[str]:
    return [block.text for block in parse(content.encode()).blocks]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("One.\n\nTwo.\n", ["One.", "Two."]),
        ("One\nflew on\nand on.\n \n\nTwo.", ["One flew on and on.", "Two."]),
        ("火箭靠推力\n升空。", ["火箭靠推力升空。"]),
        ("　　火箭靠推力升空\n　　卫星入轨", ["火箭靠推力升空", "卫星入轨"]),
        ("It rises.\nThen it turns\nand flies.", ["It rises.", "Then it turns and flies."]),
        ("You need\n- a rocket\n- fuel\n1. Go", ["You need", "- a rocket", "- fuel", "1. Go"]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_paragraphs(content: str, expected: list[str]) -> None:
    assert texts(content) == expected


@pytest.mark.parametrize("title", ["The Moon", "第一章　月球", "Why is the sky black?"[:-1]])
def test_a_short_first_line_of_its_own_is_the_title(title: str) -> None:
    parsed = parse(f"{title}\n\nIt has no air.\n\nNone.".encode())
    assert parsed.title == title
    assert [(block.section, block.text) for block in parsed.blocks] == [((title,), "It has no air."), ((title,), "None.")]


@pytest.mark.parametrize("first", ["It has no air.", "- an item", "1. An item", "word " * 30, "Two lines\nof text", "月球没有空气。"])
def test_another_first_line_is_none(first: str) -> None:
    parsed = parse(f"{first}\n\nMore.".encode())
    assert parsed.title is None
    assert all(block.section == () for block in parsed.blocks)


def test_a_single_line_is_text_and_no_title() -> None:
    parsed = parse(b"The Moon")
    assert (parsed.title, parsed.blocks[0].text) == (None, "The Moon")
