"""How a concern is recognised: patterns, alone or near each other, that may be excused by what stands around them."""

import re
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.language import has_han
from tutor.safety.readings import Readings

_ANY_WORDS = re.compile(r"""\(\?:(?:\[\\w'?\s?\]|\\w)\+ \)(?:\{[^}]*\}\??|[?*]\??)|(?:\[\\w'?\s?\]|\\w)\+ """)
REACH = 60  # characters on either side of what is found


@dataclass(frozen=True)
class Rule:
    """Found where `pattern` stands, every one of `near` within reach of it, and `unless` not.

    Patterns are regular expressions of folded text in which a space between two letters may be missing and ``~`` is anything short.
    """

    pattern: str
    near: tuple[str, ...] = ()
    unless: str = ""

    def found_in(self, readings: Readings) -> bool:
        """Whether any way to read the text holds it."""
        return any(self._plain.found_in(text) for text in readings.texts) or any(self._run.found_in(run) for run in readings.runs)

    def prepare(self) -> None:
        """Makes the pattern ready for every way in which text may be read."""
        _ = self._plain, self._run

    @cached_property
    def _plain(self) -> "_Compiled":
        return _Compiled(self, bounded=True)

    @cached_property
    def _run(self) -> "_Compiled":
        """For letters that stood apart: nothing tells where a word among them begins."""
        return _Compiled(self, bounded=False)


def anywhere(*patterns: str, unless: str = "") -> Rule:
    """One rule of patterns of which each is enough."""
    return Rule("|".join(patterns), unless=unless)


class _Compiled:
    def __init__(self, rule: Rule, *, bounded: bool) -> None:
        self._first = _compiled(rule.pattern, bounded)
        self._near = [_compiled(pattern, bounded) for pattern in rule.near]
        self._unless = _compiled(rule.unless, bounded) if rule.unless else None

    def found_in(self, text: str) -> bool:
        return any(self._holds(text[max(0, found.start() - REACH) : found.end() + REACH]) for found in self._first.finditer(text))

    def _holds(self, around: str) -> bool:
        return all(near.search(around) for near in self._near) and not (self._unless and self._unless.search(around))


def _compiled(pattern: str, bounded: bool) -> re.Pattern[str]:
    flags = re.NOFLAG if has_han(pattern) else re.ASCII  # so that a word of Latin letters ends where Han characters begin
    pattern = pattern.replace("~", ".{0,40}?")
    return re.compile(re.sub("(?<=[a-z]) (?=[a-z])", " ?", pattern) if bounded else _unbounded(pattern), flags)


def _unbounded(pattern: str) -> str:
    """The pattern for letters between which nothing parts words: any words in it become any few letters."""
    return _ANY_WORDS.sub(".{0,12}?", pattern).replace(" ", " ?").replace(r"\b", "")
