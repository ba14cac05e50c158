"""What printed text needs before it can be searched and quoted: invisible marks out, lines joined, raised and lowered digits kept apart."""

import functools
import re
import unicodedata
from collections.abc import Iterable

from knowledge_base.language import HAN

WIDE = f"{HAN}\u3000-\u30ff\uff00-\uffef"  # Chinese letters and marks, beside which no space stands
_WIDE_END, _WIDE_START = re.compile(f"[{WIDE}][“”‘’—…]*$"), re.compile(f"^[“”‘’—…]*[{WIDE}]")
_BROKEN_WORD = re.compile(r"(?P<word>\w*[^\W\d_])(?P<hyphen>[-\u2010\xad\x02])$")
_SMALL = re.compile(r"(?=[^\W\d_])\w+")  # a word that may go on another
_UP = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_DOWN = str.maketrans("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_FOR_LOOKS = {*"®©™℠°*†‡′″⁰¹²³⁴⁵⁶⁷⁸⁹", "st", "nd", "rd", "th", "er"}  # raised for looks: 1st, 20th, a brand's mark
# Some programs name a radical where they mean the character that looks like it. Unicode maps only the older ones.
_RADICALS = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
_TABLE: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for span in ((0xFB00, 0xFB07), (0x2F00, 0x2FD6), (0xF900, 0xFB00)) for code in range(*span)},
    **{ord(radical): character for radical, character in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)},
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)),
    **dict.fromkeys([*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]),
    **dict.fromkeys([0x09, 0x0C, 0x0D, 0xA0, 0x2007, 0x202F, 0x3000], " "),
    **dict.fromkeys([0x0B, 0x85, 0x2028, 0x2029], "\n"),
}


def clean(text: str) -> str:
    """`text` without invisible marks and control characters, with ligatures and radicals as letters and one space where there were several.

    Line breaks stay. Full-width marks stay: they are Chinese punctuation.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TABLE))
    return re.sub(r" ?\n ?", "\n", re.sub(" {2,}", " ", text)).strip()


def one_line(text: str) -> str:
    """`text` cleaned, its line breaks gone: a space stands for them in Latin text, nothing in Chinese."""
    return functools.reduce(glued, clean(text).split("\n"))


def joined(lines: Iterable[str], compounds: frozenset[str] = frozenset()) -> str:
    """Printed lines of one paragraph as one text; words broken at a line's end are mended.

    A hyphen stays when the word with it is one of `compounds`, which are in lower case.
    """
    text = ""
    for line in filter(None, (line.strip() for line in lines)):
        broken, rest = _BROKEN_WORD.search(text), _SMALL.match(line)
        if broken and rest:
            hyphen = "-" if f"{broken['word']}-{rest[0]}".lower() in compounds else ""
            text = text[: broken.start("hyphen")] + hyphen + line
        elif broken and broken["hyphen"] == "-":
            text += line
        else:
            text = glued(text, line)
    return text


def glued(left: str, right: str) -> str:
    """Two pieces of one paragraph, with a space between them where one belongs."""
    bare = not left or not right or _WIDE_END.search(left) or _WIDE_START.search(right)
    return left + ("" if bare else " ") + right


def raised(text: str) -> str:
    """A superscript in plain text: 10⁶, never 106. A footnote's mark in brackets says nothing by itself and is left out."""
    if re.fullmatch(r"\[\w{1,4}\]", text.strip()):
        return ""
    return text if text.strip() in _FOR_LOOKS else _moved(text, _UP, "^")


def lowered(text: str) -> str:
    """A subscript in plain text: CO₂."""
    return _moved(text, _DOWN, "_")


def placed(text: str, place: int) -> str:
    """A run of a line as it stands there: raised above zero, lowered below, else plain."""
    return raised(text) if place > 0 else lowered(text) if place < 0 else text


def whole(text: str) -> str:
    """A part of a formula, in parentheses unless it is one number or name."""
    return text if text.isalnum() else f"({text})"


def _moved(text: str, table: dict[int, int], mark: str) -> str:
    bare = text.strip()
    moved = bare.translate(table)
    if not all(ord(character) in table.values() for character in moved):
        moved = f"{mark}{bare}" if len(bare) == 1 else f"{mark}({bare})"
    return text.replace(bare, moved) if bare else text
