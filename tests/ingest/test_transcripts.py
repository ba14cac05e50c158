"""Transcripts of a course's lessons: whose they are by their name, with the second, the lesson's title and its grade."""

from pathlib import Path

import pytest
from ingest_desk import Desk
from small_files import COURSE, LESSON, reading, write

from ingest.read import read
from knowledge_base.types import Document

VTT = "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\nThe Moon has no air.\n\n00:01:20.000 --> 00:01:24.000\nNow its soil.\n"
CHINESE = "WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n月球上没有空气。\n"
BOTH = {"transcripts/moon.en.vtt": VTT, "transcripts/moon.zh.vtt": CHINESE}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    chinese = LESSON.replace("id: moon.en", "id: moon.zh").replace("language: en", "language: zh").replace("title: The Moon", "title: 月球")
    return write(tmp_path / "content", COURSE | BOTH | {"lessons/moon.zh.md": chinese})


def transcripts(course: Path) -> dict[str, Document]:
    return {one.document.doc_id: one.document for one in reading(course).materials if one.document.kind == "transcript"}


def test_a_transcript_belongs_to_the_lesson_it_is_named_for(course: Path) -> None:
    assert reading(course).problems == ()
    found = transcripts(course)
    assert list(found) == ["moon.transcript.en", "moon.transcript.zh"]
    english, chinese = found.values()
    assert (english.title, chinese.title) == ("The Moon (transcript)", "月球（课堂实录）")
    assert (english.lesson, english.language, english.course, english.grade_band) == ("moon", "en", "space", "4-6")
    blocks = next(one.blocks for one in reading(course).materials if one.document.doc_id == "moon.transcript.en")
    assert [(block.position_s, block.text) for block in blocks] == [(1.5, "The Moon has no air."), (80.0, "Now its soil.")]


def test_a_transcript_takes_the_title_of_a_lesson_that_is_published_already(tmp_path: Path, course: Path) -> None:
    published = [one.document for one in reading(course).materials]
    alone = write(tmp_path / "alone", {"course.yaml": "course: space\n", **BOTH})
    got = read([alone], source="staff", published=published)
    assert [one.document.title for one in got.materials] == ["The Moon (transcript)", "月球（课堂实录）"]
    assert [one.document.title for one in reading(alone).materials] == ["moon (transcript)", "moon（课堂实录）"]


def test_a_transcript_in_one_language_is_reported(course: Path, desk: Desk) -> None:
    (course / "transcripts/moon.zh.vtt").unlink()
    (problem,) = desk.ingest(course).problems
    assert (problem.path, problem.line) == ("transcripts/moon.en.vtt", 1)
    assert problem.what == "the transcript of the lesson 'moon' lacks its Chinese file: add moon.zh.vtt"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("moon.vtt", VTT, "not named as one: call it LESSON.en.vtt or LESSON.zh.vtt, not 'moon.vtt'"),
        ("moon.fr.vtt", VTT, "not named as one"),
        ("Moon part 2.en.vtt", VTT, "not named as one"),
        ("moon.en.md", "# Moon\n\nThe Moon.\n", "is no subtitles and lies among the transcripts"),
        ("mars.en.vtt", "WEBVTT\n", "there is no cue with words"),
        ("mars.en.vtt", "\x00\x01", "not text"),
    ],
)
def test_what_is_no_transcript_fails_by_itself(course: Path, name: str, content: str, what: str) -> None:
    got = reading(write(course, {f"transcripts/{name}": content}))
    (problem,) = got.problems
    assert problem.path == f"transcripts/{name}"
    assert what in problem.what
    assert len(transcripts(course)) == 2


def test_a_transcript_of_no_lesson_is_refused_strictly(course: Path, desk: Desk) -> None:
    write(course, {"transcripts/mars.en.vtt": VTT, "transcripts/mars.zh.vtt": CHINESE})
    report = desk.ingest(course, strict=True, dry_run=True)
    assert [(one.path, one.what.split(":")[0]) for one in report.problems] == [
        (f"transcripts/mars.{language}.vtt", "there is no lesson 'mars' in its language") for language in ("en", "zh")
    ]
    assert report.refused is not None
