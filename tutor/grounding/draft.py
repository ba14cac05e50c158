"""A model's text as it comes: cut into sentences, each with the passages that it cites, free of marks that are no part of what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.sentences import sentences

_LABEL = r"(?:passages?|sources?|段落|资料|材料|来源)"
_NUMBERS = r"\d+(?:\s*(?:,|，|、|;|；|and|和|&)\s*\d+)*"
_MARK = re.compile(
    rf"[\[［【]\s*\^?(?:{_LABEL}\s*)?(?P<a>{_NUMBERS})(?:†[^\]］】]*)?\s*[\]］】]|[(（]\s*{_LABEL}\s*(?P<b>{_NUMBERS})\s*[)）]",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?:according to|as) {_LABEL}\s*(?P<c>{_NUMBERS})(?: (?:says?|states?))?\s*,?\s*|"
    rf"(?:根据|据|如){_LABEL}\s*(?P<d>{_NUMBERS})(?:所述|所说)?\s*[,，]?\s*",
    re.IGNORECASE,
)
_UNNAMED_MARK = re.sub(r"\?P<\w>", "", _MARK.pattern)
_AFTER_THE_STOP = re.compile(rf"(?P<stop>[.!?。！？…]+[”’」』）)\"']*)[^\S\n]*(?P<marks>(?:{_UNNAMED_MARK}[^\S\n]*)+)", re.IGNORECASE)
_MARKDOWN = re.compile(r"^\s*(?:[-*•+>]\s+|#+\s*|\d+[.)、]\s+)+|\*\*|__|`+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
# The sentence behind it speaks for itself; whether the bare word is right, code cannot tell.
_YES_OR_NO = re.compile(
    r"^(?:yes|yeah|no|nope|sure|correct|right|exactly|是的?|对的?|没错|不是|不对|没有|不)\s*(?:[,.!:;，。！：；]\s*|$)", re.IGNORECASE
)
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?。，；：！？])")
_MAY_CITE = re.compile(r"\s*(?:$|[\[［【(（][^\]］】)）]*$)")  # the beginning of a mark


@dataclass(frozen=True)
class Draft:
    """One sentence as the model wrote it, without its marks, and the numbers that it cites, in order."""

    text: str
    cited: tuple[int, ...]


class Drafts:
    """Cuts a text that comes piece by piece. A sentence is given out once what follows shows that it and its citations are whole."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> Iterator[Draft]:
        """The sentences that this piece completes."""
        *whole, self._rest = _pieces(self._rest + piece) or [""]
        if whole and _MAY_CITE.match(self._rest):
            self._rest = whole.pop() + self._rest
        yield from _drafts(whole)

    def finish(self) -> Iterator[Draft]:
        """The last sentence, when the text has ended and was not cut off."""
        yield from _drafts(_pieces(self._rest))
        self._rest = ""


def drafts(text: str) -> list[Draft]:
    """All sentences of a whole text."""
    reader = Drafts()
    return [*reader.feed(text), *reader.finish()]


def _pieces(text: str) -> list[str]:
    """The sentences with their marks, the last as far as it has come; citations behind a full stop go before it, where they belong."""
    moved = text if _MARK.match(text.lstrip()) else _AFTER_THE_STOP.sub(lambda match: f" {match['marks'].strip()}{match['stop']} ", text)
    return [line[start:end] for line in moved.split("\n") for start, end in _spans(line)] + ([""] if moved.endswith("\n") else [])


def _spans(line: str) -> list[tuple[int, int]]:
    """The whole line, cut where its sentences end."""
    ends = [end for _start, end in sentences(line)]
    return list(zip([0, *ends[:-1]], [*ends[:-1], len(line)], strict=True)) if ends else [(0, len(line))]


def _drafts(pieces: list[str]) -> Iterator[Draft]:
    for piece in pieces:
        draft = _draft(piece)
        if any(character.isalnum() for character in draft.text):
            yield draft


def _draft(piece: str) -> Draft:
    cited = [int(number) for match in _marks(piece) for number in re.findall(r"\d+", next(group for group in match.groups() if group))]
    bare = _SAID.sub("", _MARK.sub("", piece))
    text = _YES_OR_NO.sub("", " ".join(_SPACE_BEFORE.sub("", _MARKDOWN.sub("", bare)).split()))
    return Draft(text[:1].upper() + text[1:], tuple(dict.fromkeys(cited)))


def _marks(piece: str) -> list[re.Match[str]]:
    return sorted([*_MARK.finditer(piece), *_SAID.finditer(piece)], key=lambda match: match.start())
