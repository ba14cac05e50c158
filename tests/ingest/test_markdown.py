"""Markdown into plain blocks under their headings: what a reader sees stays, marks fall away."""

import time

import pytest

from ingest.formats.markdown import parse


def texts(body: str) -> list[str]:
    return [block.text for block in parse(body)[0].blocks]


def sections(body: str) -> list[tuple[tuple[str, ...], str]]:
    return [(block.section, block.text) for block in parse(body)[0].blocks]


def test_blocks_stand_under_the_path_of_their_headings() -> None:
    body = "Before.\n\n# A\n\nOne.\n\n## B\n\nTwo.\n\n#### Deep *mark*\n\nThree.\n\n## C\n\nFour.\n\n# D\n\nFive.\n"
    assert sections(body) == [
        ((), "Before."),
        (("A",), "One."),
        (("A", "B"), "Two."),
        (("A", "B", "Deep mark"), "Three."),
        (("A", "C"), "Four."),
        (("D",), "Five."),
    ]


def test_underlined_headings_count_as_headings() -> None:
    assert sections("Title\n=====\n\nOne.\n\nPart\n----\n\nTwo.\n") == [(("Title",), "One."), (("Title", "Part"), "Two.")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- one\n- two\n", ["- one\n- two"]),
        ("* one\n\n* two\n", ["- one\n- two"]),
        ("1. one\n2. two\n", ["- one\n- two"]),
        ("- one\n  - inner\n    - inmost\n- two\n", ["- one\n- inner\n- inmost\n- two"]),
        ("- one\n\n  more of one\n- two\n", ["- one\nmore of one\n- two"]),
        ("- one\n\n  ```\n  code\n  ```\n- two\n", ["- one\ncode\n- two"]),
        ("Before.\n\n- one\n\nAfter.\n", ["Before.", "- one", "After."]),
        ("> quoted\n> on\n>\n> more\n", ["quoted on\nmore"]),
    ],
)
def test_a_list_or_a_quotation_is_one_block(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_tables_rows_are_lines_and_its_cells_are_set_apart() -> None:
    body = "| Planet | Air |\n|---|---|\n| Mars | *thin* |\n| Moon | |\n| a \\| b | `c` |\n"
    assert texts(body) == ["Planet | Air\nMars | thin\nMoon | \na | b | c"]


def test_code_is_kept_as_it_stands() -> None:
    assert texts("```python\nx = 1  # not a heading\n\ny = 2\n```\n\n    indented\n") == ["x = 1  # not a heading\n\ny = 2", "indented"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A *b* **c** ***d*** `e` ~~f~~.", "A b c d e ~~f~~."),
        ("See [the page](https://example.org 'title') or <https://example.org/x>.", "See the page or https://example.org/x."),
        ("![A rocket on its *pad*](rocket.png) It flew.", "A rocket on its pad It flew."),
        ("5 \\* 3 &amp; 2 &lt; 4 &#8212; AT&amp;T", "5 * 3 & 2 < 4 — AT&T"),
        ("[no reference] and [ref].\n\n[ref]: https://example.org", "[no reference] and ref."),
        ("$v^2$ and a_b_c", "$v^2$ and a_b_c"),
    ],
)
def test_marks_and_links_fall_away(body: str, expected: str) -> None:
    assert texts(body) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It flew\nto the Moon.", "It flew to the Moon."),
        ("嫦娥五号\n带回月壤。", "嫦娥五号带回月壤。"),
        ("火箭升空，\n卫星入轨。\n任务成功。", "火箭升空，卫星入轨。任务成功。"),
        ("他说：“出发”\n然后走了。", "他说：“出发”然后走了。"),
        ("**嫦娥五号**\n带回月壤。", "嫦娥五号带回月壤。"),
        ("[嫦娥五号](concept:x)\n带回月壤。", "嫦娥五号带回月壤。"),
        ("Chang'e-5\n带回月壤。", "Chang'e-5 带回月壤。"),
        ("It **flew**\n*far* `away`\nand on.", "It flew far away and on."),
        ("One  \ntwo\\\nthree", "One\ntwo\nthree"),
        ("One<br>two<BR/>three", "One\ntwo\nthree"),
    ],
)
def test_a_broken_line_is_joined_as_its_language_joins_words(body: str, expected: str) -> None:
    assert texts(body) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A <b>bold</b> word <!-- not this -->here.", ["A bold word here."]),
        ("<div>\ngone\n</div>\n\nStays.", ["Stays."]),
        ("<script>\nalert(1)\n</script>", []),
        ("<!-- only\na comment -->", []),
        ("---\n\n***", []),
        ("", []),
        ("# Only a heading", []),
    ],
)
def test_html_and_rules_are_dropped(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_marked_terms_are_named_once_in_their_order() -> None:
    _parsed, concepts = parse(
        "# [B](concept:b)\n\n[Thrust](concept:thrust), [x](https://example.org) and\n\n- [b](concept:b)\n\n| [T](concept:t) |\n|---|\n"
    )
    assert concepts == ["b", "thrust", "t"]


def test_the_first_heading_of_level_one_is_the_title() -> None:
    assert parse("## Part\n\nA.\n\n# The *Moon*\n\nB.\n\n# Mars\n\nC.")[0].title == "The Moon"
    assert parse("## Part\n\nA.")[0].title is None


def test_a_paragraph_of_very_many_lines_is_joined_quickly() -> None:
    started = time.process_time()
    assert len(texts("It rose and rose\n" * 20_000)) == 1
    assert time.process_time() - started < 5


def test_deep_nesting_ends() -> None:
    assert len(texts("- " * 3000 + "deep")) <= 1
    assert len(texts(">" * 3000 + "deep")) <= 1
