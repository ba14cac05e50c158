"""Front matter: split from the body with the lines remembered, and told where it is broken."""

import datetime as dt
import time

import pytest

from ingest.errors import Unreadable
from ingest.front_matter import load_mapping, split_front_matter


def test_values_lines_and_body_are_told() -> None:
    front = split_front_matter("---\ntitle: The Moon\n\n# a remark\ntags:\n  - a\n  - b\nas_of: 2026-07-04\n---\n\nBody.\n")
    assert front.values == {"title": "The Moon", "tags": ["a", "b"], "as_of": dt.date(2026, 7, 4)}
    assert front.lines == {"title": 2, "tags": 5, "as_of": 8}
    assert (front.body, front.body_line) == ("\nBody.\n", 10)


@pytest.mark.parametrize("text", ["Body.\n", "", "\n---\na: 1\n---\n", "-- -\n", "----\na: 1\n----\n", "# A\n\n---\n\nB"])
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    front = split_front_matter(text)
    assert (front.values, front.body, front.body_line) == ({}, text, 1)


@pytest.mark.parametrize("text", ["---\n---\nBody", "---\n# only a remark\n---\nBody"])
def test_empty_front_matter_is_no_error(text: str) -> None:
    front = split_front_matter(text)
    assert (front.values, front.body) == ({}, "Body")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    front = split_front_matter("\ufeff---\r\ntitle: x\r\nlanguage: en\r\n---\r\nBody.\r\n")
    assert front.values == {"title": "x", "language": "en"}
    assert front.lines == {"title": 2, "language": 3}
    assert (front.body, front.body_line) == ("Body.\r\n", 5)
    assert split_front_matter("\ufeffBody").body == "Body"


def test_a_rule_further_down_does_not_close_the_front_matter_a_second_time() -> None:
    front = split_front_matter("---\na: 1\n---\nBody.\n\n---\n\nMore.\n")
    assert front.values == {"a": 1}
    assert front.body == "Body.\n\n---\n\nMore.\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntitle: x\nBody without an end", 1, "never closed"),
        ("---\ntitle: x\nlanguage: en\ntitle: y\n---\n", 4, "'title' stands here a second time"),
        ("---\ntitle: x\nbroken: [1,\n---\n", 3, "YAML"),
        ("---\ntitle: 'x\n---\n", 2, "YAML"),
        ("---\ntitle: x: y\n---\n", 2, "mapping values are not allowed"),
        ("---\ntitle: x\nas_of: 2026-13-45\n---\n", 3, "month must be in 1..12"),
        ("---\ntitle: x\n\nas_of:\n  day: 2026-02-30\n---\n", 5, "day"),
        ("---\n- a\n- b\n---\n", 2, "key: value lines are expected"),
        ("---\njust words\n---\n", 2, "key: value lines are expected"),
        ("---\ntitle: x\nother: \x07\n---\n", 3, "special characters are not allowed"),
        ("---\ntitle: x\nother: *nobody\n---\n", 3, "undefined alias"),
        ("---\ntitle: x\nother: !!python/object:os.system y\n---\n", 3, "could not determine a constructor"),
        ("---\ntitle: x\n? [a, b]\n: c\n---\n", 3, "unhashable"),
        ("---\nid: x\ntitle The Moon\nlanguage: en\n---\n", 3, "could not find expected ':'"),
        ("---\nid: x\nmissions: [a, b\nlanguage: en\n---\n", 3, "expected ',' or ']'"),
        ("---\nid: x\nnames: {en: a, zh: b\nlanguage: en\n---\n", 3, "expected ',' or '}'"),
        ('---\nid: x\ntitle: "The Moon\nlanguage: en\nas_of: 2026\n---\n', 3, "end of stream"),
        ("---\nid: x\nnames:\n\ten: a\n---\n", 4, "cannot start any token"),
        ("---\nid: x\nnames:\n  en: a\n zh: b\n---\n", 5, "expected <block end>"),
        ("---\nid: x\nflag: !!bool perhaps\n---\n", 3, "perhaps"),
        ("---\nid: x\nmass: !!int much\n---\n", 3, "invalid literal"),
        ("---\na: &a [x, *a]\n---\n", 2, "more than 100000 values"),
        ("---\ndeep: " + "[" * 1500 + "\n---\n", 2, "nested too deeply"),
    ],
)
def test_broken_front_matter_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as told:
        split_front_matter(text)
    assert told.value.line == line


def test_lines_count_from_where_the_mapping_stands() -> None:
    assert load_mapping("a: 1\nb: 2\n", first_line=10) == ({"a": 1, "b": 2}, {"a": 10, "b": 11})


def test_a_shared_part_may_be_overridden() -> None:
    values, _lines = load_mapping("base: &base {x: 1, y: 2}\nmine: {<<: *base, y: 3}\n")
    assert values["mine"] == {"x": 1, "y": 3}


def test_keys_are_text_whatever_yaml_reads_them_as() -> None:
    assert load_mapping("1: a\n2026-01-01: b\n")[0] == {"1": "a", "2026-01-01": "b"}


def test_a_long_opening_without_an_end_is_told_quickly() -> None:
    started = time.process_time()
    with pytest.raises(Unreadable, match="never closed"):
        split_front_matter("---\n" + "a: 1\n--\n" * 20_000)
    assert time.process_time() - started < 1


def test_aliases_that_repeat_without_end_are_refused_quickly() -> None:
    lines = [
        "a: &a [x, x, x, x, x, x, x, x, x, x]",
        *(f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)),
    ]
    started = time.process_time()
    with pytest.raises(Unreadable, match="aliases"):
        load_mapping("\n".join(lines))
    assert time.process_time() - started < 1


def test_a_huge_mapping_is_refused() -> None:
    with pytest.raises(Unreadable, match="split it into parts"):
        load_mapping("a: b\n" * 300_000)
