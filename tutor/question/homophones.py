"""Names written with other characters of the same sound, as an input method offers them: 神州十三号 for 神舟十三号, 杨立伟 for 杨利伟."""

import functools
import re
from collections.abc import Iterable, Mapping

from xpinyin import Pinyin

from knowledge_base.language import HAN

_NUMERAL = "0-9〇零一二两三四五六七八九十百"
_BEFORE_NUMBER = re.compile(rf"(?<=[{HAN}]{{2}})(?:[{_NUMERAL}]*号|[0-9]+)")
_FAMILY = re.compile(rf"([{HAN}]{{2,4}}?)[{_NUMERAL}]*号")
_NUMBER = re.compile(rf"[{_NUMERAL}号几]")  # another number: 5号几号
_HAN_RUN = re.compile(rf"[{HAN}]{{3,}}")
LONGEST = 4  # characters of a name before its number
PERSON = 3  # characters of a person's name that its sound tells; of two too many words sound alike


class Homophones:
    """The names of a release's missions and people, by their sound; `texts` are all that it holds."""

    def __init__(self, missions: Iterable[str], people: Iterable[str], texts: Iterable[str]) -> None:
        self._families = _by_sound(match[1] for name in missions if (match := _FAMILY.match(name)))
        self._people = _by_sound(name for name in people if len(name) == PERSON and _HAN_RUN.fullmatch(name))
        self._text = "\n".join(texts)

    def mended(self, question: str) -> str:
        """The question with such names as the course writes them. What the course itself writes so is left alone where no 号 tells a name."""
        characters = list(question)
        for number in _BEFORE_NUMBER.finditer(question):
            self._mend_family(characters, number.start(), certain=number[0].endswith("号"))
        for run in _HAN_RUN.finditer("".join(characters)):
            for start in range(run.start(), run.end() - PERSON + 1):
                self._mend(characters, start, start + PERSON, self._people, certain=False)
        return "".join(characters)

    def _mend_family(self, characters: list[str], end: int, *, certain: bool) -> None:
        """Of the names that may end there the longest."""
        for start in range(max(0, end - LONGEST), end - 1):
            if _NUMBER.search("".join(characters[start:end])):
                continue
            if self._mend(characters, start, end, self._families, certain=certain):
                return

    def _mend(self, characters: list[str], start: int, end: int, names: Mapping[tuple[str, ...], list[str]], *, certain: bool) -> bool:
        """Whether a name stands there, mended if it was written otherwise."""
        written = "".join(characters[start:end])
        meant = names.get(_sound(written), ())
        if written in meant:
            return True
        if len(meant) != 1 or (not certain and written in self._text):
            return False
        characters[start:end] = meant[0]
        return True


def _by_sound(names: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys(names):
        found.setdefault(_sound(name), []).append(name)
    return found


def _sound(name: str) -> tuple[str, ...]:
    return tuple(map(_reading, name))


@functools.lru_cache(maxsize=10_000)
def _reading(character: str) -> str:
    """Its commonest reading, without the tone: with the rare ones too much would sound alike."""
    reading: str = _readings().get_pinyins(character)[0]
    return reading


@functools.cache
def _readings() -> Pinyin:
    """Read from its file when first asked for."""
    return Pinyin()
