"""The bodies of the solar system that a text names."""

import functools

from tutor.question.patterns import pattern

# Every name of one body in both languages.
_BODIES = tuple(
    pattern(*names)
    for names in (
        (r"\bmoon\b", r"\blunar\b", "月(?![日份0-9]|底|初)"),
        (r"\bmars\b", r"\bmartian\b", "火星"),
        (r"\bvenus\b", "金星"),
        (r"\bmercury\b", "水星"),
        (r"\bjupiter\b", r"\bjovian\b", "木星"),
        (r"\bsaturn\b(?! v)", "土星(?!五号|5号)"),
        (r"\buranus\b", "天王星"),
        (r"\bneptune\b", "海王星"),
        (r"\bpluto\b", "冥王星"),
        (r"\bsun\b", "太阳(?!能|系|帆|翼)"),
    )
)


@functools.lru_cache(maxsize=20_000)  # the same sentences are looked at for many a question
def bodies(folded: str) -> frozenset[int]:
    """Which bodies a folded text names, each by a number that is the same in every text."""
    return frozenset(number for number, body in enumerate(_BODIES) if body.search(folded))
