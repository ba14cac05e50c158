"""A course of the school's own form, small enough to know by heart: two lessons with check questions, and the missions of the space course."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from space_course import MISSIONS, library_over, publish

from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Why rockets drop their stages",
        "heading": "Why do rockets drop their stages?",
        "passage": "Rockets drop empty stages because less mass is easier to speed up.",
        "thrust": "An engine that throws out 100 kg of gas each second at 3,000 m/s has a thrust of 300,000 N.",
        "other": "What does an engine carry?",
        "oxidiser": "A rocket engine carries its own oxidiser.",
        "choices": ["Its own exhaust gas", "The air around it", "The ground"],
        "wrong": ["You may be thinking of a swimmer.", "You may be thinking of a jump."],
        "unit": "N",
        "accept": ["oxidiser", "oxygen"],
        "points": {
            "empty tanks are useless mass": ["dead weight", "useless mass"],
            "less mass is easier to speed up": ["easier to speed up", "faster"],
        },
        "answer": "Empty tanks are useless mass, and less mass is easier to speed up.",
    },
    "zh": {
        "title": "火箭为什么要分级",
        "heading": "火箭为什么要扔掉贮箱？",
        "passage": "火箭扔掉空贮箱，是因为质量小了更容易加速。",
        "thrust": "每秒喷出100千克、速度3000米/秒的燃气，推力就是300,000牛。",
        "other": "发动机自带什么？",
        "oxidiser": "火箭发动机自带氧化剂。",
        "choices": ["自己喷出的燃气", "周围的空气", "地面"],
        "wrong": ["你可能想到了划水。", "你可能想到了起跳。"],
        "unit": "牛",
        "accept": ["氧化剂", "液氧"],
        "points": {"空贮箱是多余的质量": ["多余", "累赘"], "质量小更容易加速": ["容易加速", "更快"]},
        "answer": "空贮箱是多余的质量，质量小更容易加速。",
    },
}


def lesson(name: str, language: str, order: int) -> str:
    """The file of one lesson."""
    told = WORDS[language]
    front = {
        "id": f"{name}.{language}",
        "lesson": name,
        "unit": "getting-to-space",
        "order": order,
        "title": told["title"] if name == "staging" else f"{name} {language}",
        "language": language,
        "grade_band": "4-6",
        "goals": ["tell one thing", "tell another"],
        "prerequisites": [],
        "missions": ["long-march-5"],
        "as_of": "2026-05-24",
        "vocabulary": [{"term": f"t{n}", "other": f"o{n}", "meaning": "m"} for n in range(4)],
        "sources": [{"title": "A book"}],
        "questions": list(_questions(name, told)),
    }
    body = f"# {front['title']}\n\n## {told['heading']}\n\n{told['passage']} {told['thrust']}\n\n## {told['other']}\n\n{told['oxidiser']}\n"
    return f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False)}---\n{body}"


def _questions(name: str, told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    common = {"level": 1, "hint": f"a hint ({told['unit']})", "explanation": f"so it is ({told['unit']})", "section": told["heading"]}
    wrong = [{"text": text, "misconception": why} for text, why in zip(told["choices"][1:], told["wrong"], strict=True)]
    kinds: list[dict[str, Any]] = [
        {"kind": "choice", "choices": [{"text": told["choices"][0], "right": True}, *wrong], "passage": told["passage"]},
        {"kind": "number", "value": 300_000, "unit": told["unit"], "tolerance": 0.05, "passage": told["thrust"]},
        {"kind": "short", "answer": told["accept"][0], "accept": [told["accept"]], "section": told["other"], "passage": told["oxidiser"]},
        {
            "kind": "explain",
            "answer": told["answer"],
            "points": [{"idea": idea, "any": words} for idea, words in told["points"].items()],
            "passage": told["passage"],
        },
        {"kind": "number", "value": 100, "unit": "kg", "tolerance": 0, "passage": told["thrust"]},
    ]
    for n, kind in enumerate(kinds, 1):
        yield {"id": f"{name}-{n}", "question": f"Question {n}?", **common, **kind}


def write_school(folder: Path) -> Path:
    """The course's files, written into a new `folder`."""
    files = {f"lessons/{name}.{language}.md": lesson(name, language, order) for name, order in (("staging", 2), ("engines", 1)) for language in WORDS}
    for name, text in ({"course.yaml": "course: space\n"} | files | {f"missions/{name}": text for name, text in MISSIONS.items()}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextmanager
def school_library(folder: Path) -> Iterator[Library]:
    """The course, published in a new `folder`."""
    data = DataFolder(folder / "data")
    publish(data, write_school(folder / "course"))
    with library_over(data) as library:
        yield library
