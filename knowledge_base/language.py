"""Which language a text is in, and how its characters are folded so that two spellings of one word meet."""

import functools
import re
import unicodedata
from typing import Literal

import opencc

Language = Literal["en", "zh"]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{HAN}]")
_ACCENT = re.compile("[\u0300-\u036f]")  # not those of kana and other scripts, where they make another letter
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0001\U000e007f]")
_TAG = re.compile("[\U000e0020-\U000e007e]")
# 著陸 is 着陆 in simplified characters and 著名 is 著名; the converter leaves both.
_PARTICLE = re.compile("著(?=[陆火手眼急色])|(?<=[带随跟沿绕看睡接向朝拿坐站飞转载背顺])著(?!名|作)")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def detect(text: str) -> Language:
    """Chinese when the text holds Han characters, unless Latin words outnumber them ("what does 比冲 mean")."""
    han = len(_HAN.findall(text))
    return "zh" if han and han >= len(_LATIN_WORD.findall(text)) else "en"


def has_han(text: str) -> bool:
    """Whether any Han character stands in the text."""
    return _HAN.search(text) is not None


def visible(text: str) -> str:
    """The text without characters that are not shown and halves of characters; letters hidden as Unicode tags are told as such."""
    return _UNSEEN.sub("", _TAG.sub(lambda tag: chr(ord(tag[0]) - 0xE0000), text))


def fold(text: str) -> str:
    """NFKC, lower case, no accents, traditional characters as simplified ones, every apostrophe the same."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = unicodedata.normalize("NFKC", _ACCENT.sub("", unicodedata.normalize("NFKD", text))).lower()
    if has_han(text):
        text = _PARTICLE.sub("着", _simplifier().convert(text))
    return re.sub("[\u2018\u2019\u02bc\u02bb`´]", "'", text)


@functools.cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
