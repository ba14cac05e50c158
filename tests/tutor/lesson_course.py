"""A course to sit in: two lessons with check questions, a recording of each language of one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from school_course import lesson, write_school
from space_course import library_over, publish

from knowledge_base.language import Language
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.lesson.recording import PACE_S

CHECKS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Why do rockets drop their empty stages on the way up?",
        "How large is the thrust of an engine that throws out 100 kg each second at 3,000 m/s?",
        "What does a rocket engine carry so that it burns without air?",
        "Explain in your own words what staging is good for.",
        "How many kilograms of gas leave the engine each second?",
    ),
    "zh": (
        "火箭在上升途中为什么要扔掉空贮箱？",
        "每秒喷出100千克、速度3000米的发动机，推力有多大？",
        "火箭发动机自带什么，没有空气也能燃烧？",
        "用自己的话说说分级有什么好处。",
        "发动机每秒喷出多少千克燃气？",
    ),
}
# What is spoken from the tenth second on without a stop; then a long pause.
SPOKEN: dict[Language, tuple[str, ...]] = {
    "en": (
        "Welcome to our lesson.",
        "Please think of a sledge with snowballs.",
        "You throw a snowball and the sledge glides away.",
        "That is because pushes come in pairs.",
        "The empty tanks are thrown off.",
        "This is called staging.",
        "Staging has a lesson of its own.",
        "Hot gas leaves the nozzle of the engine.",
    ),
    "zh": (
        "欢迎来上课。",
        "请想一想雪橇和雪球。",
        "扔出雪球，雪橇就滑走了。",
        "这是因为推力总是成对出现。",
        "空贮箱会被扔掉。",
        "这就叫分级。",
        "分级有专门的一课。",
        "燃气从发动机的喷管喷出。",
    ),
}
LATE_S = 300.0
LATE: dict[Language, str] = {"en": "A crawler carries the rocket to its pad.", "zh": "履带车把火箭运到发射台。"}


def begins(n: int, language: Language = "en") -> float:
    """The second at which sentence `n` begins, from none."""
    return 10.0 + 1.5 * PACE_S[language] * sum(len(text) + 1 for text in SPOKEN[language][:n])


def recording(language: Language) -> str:
    """The subtitles of the lesson called staging."""
    cues = [(begins(n, language), text) for n, text in enumerate(SPOKEN[language])]
    lines = (f"{_time(start)} --> {_time(start + 1)}\n{text}\n" for start, text in [*cues, (LATE_S, LATE[language])])
    return "WEBVTT\n\n" + "\n".join(lines)


@contextmanager
def lesson_library(folder: Path) -> Iterator[Library]:
    """The course, published in a new `folder`; only the lesson called staging has recordings."""
    course = write_school(folder / "course")
    for language, questions in CHECKS.items():
        text = lesson("staging", language, 2)
        for n, question in enumerate(questions, 1):
            text = text.replace(f"Question {n}?", question)
        (course / f"lessons/staging.{language}.md").write_text(text, encoding="utf-8")
        (course / "transcripts").mkdir(exist_ok=True)
        (course / f"transcripts/staging.{language}.vtt").write_text(recording(language), encoding="utf-8")
    data = DataFolder(folder / "data")
    publish(data, course)
    with library_over(data) as library:
        yield library


def _time(seconds: float) -> str:
    return f"00:{int(seconds) // 60:02}:{seconds % 60:06.3f}"
