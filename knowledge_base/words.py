"""The words that the lexical index and the honest fake count: folded, segmented, stemmed."""

import functools
import re

import rjieba
import Stemmer

from knowledge_base.language import HAN, fold, has_han

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBERED = re.compile(r"([〇零一二两三四五六七八九十]{1,3})(?=[号號])")
_LATIN = "a-z0-9ß-öø-ɏ"
_TOKEN = re.compile(rf"[{HAN}]+|[{_LATIN}]+(?:['.][{_LATIN}]+)*|[^\W_{HAN}]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"'s\b(?!-)")

# Function words say nothing about a topic; question words are kept out too, since passages seldom hold them.
_STOPPED = (
    "a an the of in on at to for from by with as is are was were be been being do does did has have had can could will would shall should "
    "may might it its this that these those there here and or but if than then so such not no he she they them his her their i we you your "
    "our my me us who whom whose what which when where why how about into over under between after before during "
    "tell please explain many much "
    "的 了 是 在 和 与 及 或 吗 呢 吧 啊 呀 也 就 都 而 把 被 对 从 到 由 向 于 之 其 这 那 它 他 她 我 你 我们 你们 他们 它们 "
    "什么 怎么 怎样 如何 为什么 为何 哪 哪里 哪儿 哪个 哪些 哪一 谁 多少 几 何时 多 个 有 请 请问 告诉 一下 介绍"
)
STOPWORDS = frozenset(_STOPPED.split())


def words(text: str) -> list[str]:
    """Content words of `text`, in order, repeated as they stand; empty when it holds none.

    Han text is segmented, Latin words are stemmed, ``Chang'e-5`` and ``嫦娥五号`` give the same tokens as ``Change 5`` and ``嫦娥5号``.
    """
    return list(_words(text))


@functools.lru_cache(maxsize=50_000)  # one question looks at its passages' sentences several times, and the next one at many of them again
def _words(text: str) -> tuple[str, ...]:
    normal = _normal(text)
    tokens = _TOKEN.findall(normal)
    if has_han(normal):
        tokens = [part for token in tokens for part in (_segment(token) if has_han(token) else (token,))]
    return tuple([_stem(token) for token in tokens if token not in STOPWORDS])


def _normal(text: str) -> str:
    text = _THOUSANDS.sub("", fold(text))
    text = _POSSESSIVE.sub("", text).replace("'", "")
    return _NUMBERED.sub(lambda match: str(number(match[1])), text)


def number(numeral: str) -> int:
    """The value of a Chinese numeral below one hundred: ``十二`` is 12."""
    tens, mark, ones = numeral.rpartition("十")
    if mark:
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGITS[character]) for character in numeral))


def _segment(run: str) -> list[str]:
    return [str(word) for word in rjieba.cut(run, True) if word.strip()]


@functools.lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@functools.cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
