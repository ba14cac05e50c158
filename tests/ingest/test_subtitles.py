"""Subtitles: whole sentences with the second at which they begin, without tags, sounds and repeated lines."""

from itertools import pairwise

import pytest

from ingest.errors import Unreadable
from ingest.formats.subtitles import parse_srt, parse_vtt
from ingest.split import LONGEST, split, weight
from ingest.types import Material
from knowledge_base.types import Document


def stamp(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60) % 60:02}:{int(seconds % 60):02},{round(seconds * 1000) % 1000:03}"


def srt(*cues: tuple[float, str]) -> bytes:
    return "\n".join(f"{at}\n{stamp(start)} --> {stamp(start + 2)}\n{text}\n" for at, (start, text) in enumerate(cues, 1)).encode()


def said(content: bytes) -> list[tuple[float | None, str]]:
    return [(block.position_s, block.text) for block in parse_srt(content).blocks]


def test_cues_become_whole_sentences_with_the_second_of_their_first_cue() -> None:
    cues = srt((1.5, "The Moon has no air,"), (3, "so its sky is black. It"), (6, "turns in 27 days."), (70, "Now Mars."))
    assert said(cues) == [(1.5, "The Moon has no air, so its sky is black. It turns in 27 days."), (70, "Now Mars.")]


def test_chinese_cues_are_joined_without_spaces() -> None:
    assert said(srt((0, "月球没有空气，"), (2, "所以天空是黑色的。"), (4, "火星有。"))) == [(0, "月球没有空气，所以天空是黑色的。火星有。")]


def test_captions_without_punctuation_are_cut_where_cues_begin() -> None:
    got = said(srt(*((at * 3, f"我们今天讲月球的第{at}个故事") for at in range(80))))
    assert [second for second, _text in got] == [0, 60, 120, 180]
    assert got[1][1].startswith("我们今天讲月球的第20个故事\n\n我们")


@pytest.mark.parametrize("sentence", ["The Moon has no air, so the sky is black. ", "月球上没有空气，所以它的天空是黑色的。"])
def test_a_block_is_one_passage_so_that_its_second_is_right(sentence: str) -> None:
    blocks = parse_srt(srt(*((at * 2, sentence) for at in range(200)))).blocks
    passages = split(Material(Document("d", "D", "en", "transcript", "course", "d.srt", ""), blocks))
    assert [(one.text, one.position_s) for one in passages] == [(block.text, block.position_s) for block in blocks]
    assert all(weight(block.text) <= LONGEST for block in blocks)
    seconds = [block.position_s or 0 for block in blocks]
    assert all(later - second <= 64 for second, later in pairwise(seconds))


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("<i>Hello</i> <font color='red'>there</font>.", "Hello there."),
        (r"{\an8}Hello there.", "Hello there."),
        ("AT&amp;T &lt; 3.", "AT&T < 3."),
        ("- Is it far?\n- Yes.", "Is it far? Yes."),
        (">> Hello.", "Hello."),
        ("[Music]\nHello.", "Hello."),
        ("（掌声）\n你好。", "你好。"),
        ("5 < 6 and\n7 > 6.", "5 < 6 and 7 > 6."),
    ],
)
def test_marks_speakers_and_sounds_fall_away(cue: str, text: str) -> None:
    assert said(srt((1, cue))) == [(1, text)]


def test_rolling_captions_are_told_once() -> None:
    lines = ["hello everyone", "welcome to the moon", "it has no air", "none at all"]
    shown = [lines[max(0, at - 1) : at + 1] for at in range(4)]
    cues = [cue for at, both in enumerate(shown) for cue in ((2.0 * at, "\n".join(both)), (2.0 * at + 1.9, both[-1]))]
    assert said(srt(*cues)) == [(0, " ".join(lines))]


VTT = """WEBVTT - A talk
Kind: captions
Language: en

NOTE nobody says this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start position:0%
<v Lee>Hello <b>there</b>, <00:02.000><c>Moon</c>.

01:00:05.500 --> 01:00:09.000
<v.loud Mary Ann>No air.

NOTE and this neither
"""


def test_vtt_knows_hours_voices_settings_and_notes() -> None:
    parsed = parse_vtt(VTT.encode("utf-8-sig"))
    assert [(block.position_s, block.text) for block in parsed.blocks] == [(1, "Hello there, Moon."), (3605.5, "No air.")]
    assert (parsed.kind, parsed.title) == ("transcript", None)


def test_windows_lines_and_chinese_encodings_are_read() -> None:
    content = srt((1, "月球没有空气。"), (4, "一天很长。")).decode().replace("\n", "\r\n").encode("gb18030")
    assert said(content) == [(1, "月球没有空气。一天很长。")]


@pytest.mark.parametrize("content", [b"", b"just text", b"WEBVTT\n", b"1\n00:00:01 --> x\nHello\n", srt((1, "[Music]")), srt((1, " "))])
def test_without_a_cue_there_is_nothing_to_read(content: bytes) -> None:
    for parse in (parse_srt, parse_vtt):
        with pytest.raises(Unreadable, match="no cue with words"):
            parse(content)


def test_binary_subtitles_are_refused() -> None:
    with pytest.raises(Unreadable, match="not text"):
        parse_srt(b"\x89PNG\0\0")


def test_what_is_said_after_a_pause_has_a_second_of_its_own() -> None:
    cues = "1\n00:00:01,000 --> 00:00:03,000\nThe probe set out.\n\n2\n00:00:42,500 --> 00:00:45,000\nIt took a last picture.\n"
    assert [(block.text, block.position_s) for block in parse_srt(cues.encode()).blocks] == [
        ("The probe set out.", 1.0),
        ("It took a last picture.", 42.5),
    ]
