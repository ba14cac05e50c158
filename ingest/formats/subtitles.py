"""Subtitles (SRT, VTT) into whole sentences, each block with the second at which it begins."""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pysubs2

from ingest.encoding import decode
from ingest.errors import Unreadable
from ingest.formats.text import ENDS, joined, spaced
from ingest.split import weight
from ingest.types import Block, Parsed
from knowledge_base.sentences import sentences

_TAG = re.compile(r"<[^<>\n]*>")
_DASH = re.compile(r"^\s*(?:-|–|—|>>+)\s*")  # a change of speakers
_SOUND = re.compile(r"^[\[(（【♪].*[\])）】♪]$")  # [music], （掌声）: nothing that is said
_LONGEST_SENTENCE = 240  # characters; a longer one comes of captions without punctuation, and is cut where cues begin
_LONGEST_BLOCK = 700  # by weight, so that no passage is cut within it: its second would be wrong
_LONGEST_SECONDS = 60.0
_PAUSE_SECONDS = 15  # after which something else is spoken of, and the second must be its own


@dataclass(frozen=True)
class _Said:
    """Words and the second at which they begin."""

    text: str
    start_s: float


def parse_srt(content: bytes) -> Parsed:
    """What an SRT file's cues say; Unreadable when there is none."""
    return _parsed(content, "srt")


def parse_vtt(content: bytes) -> Parsed:
    """What a WebVTT file's cues say; Unreadable when there is none."""
    return _parsed(content, "vtt")


def _parsed(content: bytes, format_: str) -> Parsed:
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    try:
        cues = [_Said(event.text, event.start / 1000) for event in pysubs2.SSAFile.from_string(text, format_=format_)]
    except (pysubs2.exceptions.Pysubs2Error, ValueError, OverflowError) as error:
        raise Unreadable(f"is damaged: {error}") from error
    said = _without_repeats(sorted(cues, key=lambda cue: cue.start_s))
    blocks = tuple(_blocks(_sentences(list(said))))
    if not blocks:
        raise Unreadable("there is no cue with words: a cue is a line of times (00:00:01,000 --> 00:00:04,000) and the lines said")
    return Parsed(blocks, kind="transcript")


def _without_repeats(cues: Iterable[_Said]) -> Iterator[_Said]:
    """What each cue adds: rolling captions show the line before once more."""
    before: list[str] = []
    for cue in cues:
        lines = _lines(cue.text)
        shown = next(n for n in range(min(len(before), len(lines)), -1, -1) if before[len(before) - n :] == lines[:n])
        words = [line for line in lines[shown:] if not _SOUND.match(line)]
        if words:
            yield _Said(joined(words), cue.start_s)
        before = lines or before


def _lines(text: str) -> list[str]:
    """A cue's lines as they are read, up to a blank one: what follows it is no part of the cue."""
    cue = re.sub(r"\{\\[^}]*\}", "", text.replace(r"\N", "\n").replace(r"\h", " ")).strip()
    plain = html.unescape(_TAG.sub("", re.split(r"\n\s*\n", cue)[0]))
    return [line for line in (_DASH.sub("", line).strip() for line in plain.split("\n")) if line]


def _sentences(cues: Sequence[_Said]) -> Iterator[_Said]:
    """Sentences with the second of the cue in which they begin."""
    pieces = [spaced(cue.text) for cue in cues]
    text, starts = "".join(pieces), [0, *accumulate(len(piece) for piece in pieces)][:-1]
    for first, last in sentences(text):
        inner = starts[bisect_right(starts, first) : bisect_left(starts, last)] if last - first > _LONGEST_SENTENCE else []
        for start, end in pairwise([first, *inner, last]):
            yield _Said(text[start:end].strip(), cues[bisect_right(starts, start) - 1].start_s)


def _blocks(said: Iterable[_Said]) -> Iterator[Block]:
    """Some sentences a block, about as long as a passage, at most about a minute, and without a long pause."""
    held: list[_Said] = []
    for one in said:
        if held and (_too_long([*held, one]) or one.start_s - held[-1].start_s > _PAUSE_SECONDS):
            yield _block(held)
            held = []
        held.append(one)
    if held:
        yield _block(held)


def _too_long(said: Sequence[_Said]) -> bool:
    return weight(_text(said)) > _LONGEST_BLOCK or said[-1].start_s - said[0].start_s > _LONGEST_SECONDS


def _block(said: Sequence[_Said]) -> Block:
    return Block((), _text(said), position_s=said[0].start_s)


def _text(said: Sequence[_Said]) -> str:
    """Sentences as running text; what was cut for its length stays apart."""
    text = said[0].text
    for one in said[1:]:
        text = (spaced(text) if ENDS.search(text[-5:]) else f"{text}\n\n") + one.text
    return text
