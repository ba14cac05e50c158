"""A model's text cut into sentences with their citations, whole or in pieces of any size."""

import pytest

from tutor.grounding.draft import Draft, Drafts, drafts

TEXTS = [
    "According to passage 1, Chang'e-5 flew. [1] It returned **1,731 g** of soil [2, 3]. **Landing**: 5 May.【2】\n- So it was [1][2]. 3.5 km [1]!",
    "嫦娥五号带回了1,731克月壤。[1]它很重［2］。根据段落3，它回来了。\n1. 第一点（来源1）。",
    "[1] One thing. [2] Two things.",
    "Yes, it flew [1]. No. It did not land (passage 2).",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            TEXTS[0],
            [
                ("Chang'e-5 flew.", (1,)),
                ("It returned 1,731 g of soil.", (2, 3)),
                ("Landing: 5 May.", (2,)),
                ("So it was.", (1, 2)),
                ("3.5 km!", (1,)),
            ],
        ),
        (TEXTS[1], [("嫦娥五号带回了1,731克月壤。", (1,)), ("它很重。", (2,)), ("它回来了。", (3,)), ("第一点。", (1,))]),
        (TEXTS[2], [("One thing.", (1,)), ("Two things.", (2,))]),
        (TEXTS[3], [("It flew.", (1,)), ("It did not land.", (2,))]),
        ("No citation. Another", [("No citation.", ()), ("Another", ())]),
    ],
)
def test_every_sentence_has_its_citations_and_no_marks(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert drafts(text) == [Draft(*one) for one in expected]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_however_it_comes_it_is_cut_alike(text: str, size: int) -> None:
    reader = Drafts()
    found = [draft for at in range(0, len(text), size) for draft in reader.feed(text[at : at + size])]
    assert [*found, *reader.finish()] == drafts(text)


def test_a_sentence_that_was_cut_off_is_not_given_out() -> None:
    reader = Drafts()
    assert list(reader.feed("One thing [1]. Two thin")) == [Draft("One thing.", (1,))]
