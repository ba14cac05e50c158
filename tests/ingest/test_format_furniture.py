"""What repeats at pages' edges is furniture; what repeats elsewhere, or only looks alike, is text."""

import pytest

from ingest.formats.furniture import furniture, key

BODY = [["One thing."], ["Another thing."], ["A third."], ["The fourth."], ["The last."]]


def gone(pages: list[list[str]]) -> list[list[str]]:
    found = furniture(pages, [[key(line) for line in page] for page in pages])
    return [[page[at] for at in sorted(lines)] for page, lines in zip(pages, found, strict=True)]


@pytest.mark.parametrize("number", ["Page {} of 5", "第{}页", "{}", "- {} -", "第 {} 页，共 5 页", "{}/5", "Chapter 2 · {}"])
def test_headers_and_numbered_footers_go_and_the_text_stays(number: str) -> None:
    pages = [["Sky School", *body, number.format(at)] for at, body in enumerate(BODY, 1)]
    assert gone(pages) == [["Sky School", number.format(at)] for at in range(1, 6)]


def test_left_and_right_pages_may_have_their_own() -> None:
    pages = [["Left" if at % 2 else "Right", *body] for at, body in enumerate(BODY * 2)]
    assert gone(pages) == [["Left" if at % 2 else "Right"] for at in range(10)]


def test_a_first_page_without_a_header_and_roman_numbers() -> None:
    pages = [["Title"], *[["Header", *body, number] for body, number in zip(BODY, ["ii", "iii", "iv", "v", "vi"], strict=True)]]
    assert gone(pages) == [[], ["Header", "ii"], ["Header", "iii"], ["Header", "iv"], ["Header", "v"], ["Header", "vi"]]


def test_what_stands_beside_most_pages_numbers_goes_with_them() -> None:
    heads = ["Preface", "12 Rockets", "Chapter 1: Rockets | 13", "14 | Orbits", "Chapter 2 15", "Chapter 2 | 16"]
    pages = [[head, f"It rose {body[0]}"] for head, body in zip(heads, [*BODY, ["to 12"]], strict=True)]
    assert gone(pages) == [[], ["12 Rockets"], ["Chapter 1: Rockets | 13"], ["14 | Orbits"], ["Chapter 2 15"], ["Chapter 2 | 16"]]


def test_what_repeats_in_the_middle_of_pages_is_text() -> None:
    pages = [
        [f"Line {body[0]} a", f"{body[0]} b", f"c {body[0]}", "Safety first!", f"{body[0]} d", f"e {body[0]}", f"f {body[0]}"]
        for at, body in enumerate(BODY)
    ]
    assert gone(pages) == [[]] * 5


def test_two_pages_are_too_few_to_tell_but_for_their_numbers() -> None:
    assert gone([["Sky School", "A.", "1"], ["Sky School", "B.", "2"]]) == [["1"], ["2"]]
    assert gone([["A lone page.", "1"]]) == [[]]


def test_rows_of_figures_at_an_edge_are_not_page_numbers() -> None:
    assert gone([[f"{at * 3} | {at * 7} | {at * 9}", *body] for at, body in enumerate(BODY, 11)]) == [[]] * 5


def test_what_a_browser_prints_goes_even_from_a_single_page() -> None:
    page = ["11/22/26, 10:39 AM | Living on a station", "Text.", "https://school.example/page.html | 1/1"]
    assert gone([page]) == [[page[0], page[2]]]
    assert gone([["2026/11/22 上午10:39 空间站", "正文。"]]) == [["2026/11/22 上午10:39 空间站"]]


def test_empty_pages_and_no_pages() -> None:
    assert furniture([], []) == []
    assert gone([["9" * 5_000], ["8" * 5_000]]) == [[], []]
    assert gone([[], [], []]) == [[], [], []]
