"""The same question in both languages: does it reach the same source?"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judging.stems import stem
from evaluation.metrics.bootstrap import Difference, difference
from evaluation.metrics.share import Share, share


@dataclass(frozen=True)
class Asked:
    """What a question gave in one language: the documents of its first hit and its answer's first citation, and whether that hit is right."""

    found: str | None
    cited: str | None
    right: bool


@dataclass(frozen=True)
class BothLanguages:
    """Of pairs (English, Chinese): both first hits tell the same, both answers cite the same first (of pairs that both have answered).

    `difference` is recall@1 in English less that in Chinese; documents that differ by language alone are the same.
    """

    found: Share
    cited: Share
    difference: Difference


def both_languages(pairs: Sequence[tuple[Asked, Asked]]) -> BothLanguages | None:
    """None without pairs."""
    gap = difference([english.right for english, _chinese in pairs], [chinese.right for _english, chinese in pairs])
    if gap is None:
        return None
    return BothLanguages(
        found=share(_same(english.found, chinese.found) for english, chinese in pairs),
        cited=share(_same(english.cited, chinese.cited) for english, chinese in pairs if english.cited and chinese.cited),
        difference=gap,
    )


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and stem(one) == stem(other)
