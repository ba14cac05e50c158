"""The ways in which a message may be meant to be read: as it stands, and without the tricks that hide a word from a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.language import HAN, fold, visible

_LOOKALIKES = str.maketrans("аеіорсухкмтвн", "aeiopcyxkmtbh")  # Cyrillic
_DIGITS = str.maketrans("03457@$!", "oeastasi")
_APART = re.compile(r"(?<![a-z0-9])[a-z0-9@$](?P<gap>[\s._*~|/+-])(?P=gap){0,2}[a-z0-9@$](?:(?P=gap){1,3}[a-z0-9@$]){1,80}(?![a-z0-9])")
_SEVERAL_WORDS = 6  # letters; fewer are one word, which the other readings hold
_TOKEN = re.compile(r"[a-z0-9@$]+(?:![a-z0-9@$]+)*")
_STRETCHED = re.compile(rf"([a-z{HAN}])\1\1+")
_STARRED = re.compile(r"(?<=[a-z])[*#^]+(?=[a-z])")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])[-_./|~,\s]+(?=[a-z0-9])")
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}])[\W_]+(?=[a-z{HAN}])|(?<=[a-z])[\W_]+(?=[{HAN}])")
_WORD = re.compile("[a-z]{5,}")
_OFTEN_MISSPELT = re.findall(
    "[a-z]+",
    """bullied bullying charcoal disregard explosive explosives firework fireworks grenade gunpowder homemade idiot ignore instructions
    nitrate potassium pretend previous prompt propellant restrictions stupid suicidal suicide wechat whatsapp""",
)


@dataclass(frozen=True)
class Readings:
    """`texts` are readings of the whole message, the plain one first; `runs` are letters that stood apart, enough for several words, put together."""

    texts: tuple[str, ...]
    runs: tuple[str, ...]


def readings(text: str) -> Readings:
    """Every way to read the text, each once."""
    folded = fold(visible(text)).translate(_LOOKALIKES)
    joined = _APART.sub(_together, folded)
    runs = (run[0].replace(run["gap"], "") for run in _APART.finditer(folded))
    loose = (_loose(_lettered(joined, one)) for one in "il")
    apart = [run for run in runs if len(run) >= _SEVERAL_WORDS]
    lettered = [_lettered(run, one) for run in apart for one in "il"]
    return Readings(tuple(dict.fromkeys([" ".join(folded.split()), *loose])), tuple(dict.fromkeys([*apart, *lettered])))


def _together(run: re.Match[str]) -> str:
    """Letters that stood apart as words, which a wider gap parts."""
    return " ".join(word.replace(run["gap"], "") for word in re.split(re.escape(run["gap"]) + "{2,3}", run[0]))


def _lettered(text: str, one: str) -> str:
    """Letters for the digits and signs that stand for them, `one` for 1, in a token with two letters at least: b0mb, but no 5B and no 138."""

    def letters(token: re.Match[str]) -> str:
        return token[0].replace("1", one).translate(_DIGITS) if sum(map(str.isalpha, token[0])) > 1 else token[0]

    return _TOKEN.sub(letters, text)


def _loose(text: str) -> str:
    for pattern, instead in ((_STRETCHED, r"\1"), (_STARRED, ""), (_BETWEEN_WORDS, " "), (_BESIDE_HAN, "")):
        text = pattern.sub(instead, text)
    return " ".join(_WORD.sub(lambda word: _spelt(word[0]), text).split())


def _spelt(word: str) -> str:
    """The word that this one is one slip of the fingers away from, if any; one that only has an ending is left."""
    candidates = (_MEANT[short] for short in _shortened(word) if short in _MEANT)
    return next((meant for meant in candidates if not word.startswith(meant)), word)


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


_MEANT = {short: word for word in _OFTEN_MISSPELT for short in _shortened(word)}
