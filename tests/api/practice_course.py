"""A course in the school's own form: a lesson in two languages with check questions, one in Chinese alone, and a mission."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI
from small_course import app_over, library_over, publish

from knowledge_base.release.layout import DataFolder

FACTS = "Rockets drop empty stages because less mass is easier to speed up. Its thrust is 300,000 N. An engine carries its own oxidiser."
FACTS_ZH = "火箭扔掉空贮箱，是因为质量小了更容易加速。推力是300,000牛。火箭发动机自带氧化剂。"

MISSION: dict[str, Any] = {
    "id": "change-5",
    "names": {"en": "Chang'e-5", "zh": "嫦娥五号"},
    "kind": ["mission"],
    "agency": "CNSA",
    "country": "China",
    "about": {"en": "Chang'e-5 was a Chinese mission to the Moon.", "zh": "嫦娥五号是中国的月球任务。"},
    "launch": {
        "en": "Chang'e-5 was launched on 23 November 2020 by a Long March 5 rocket.",
        "zh": "嫦娥五号由长征五号火箭发射。",
        "date": "2020-11-23",
    },
    "figures": {"mass": {"en": "The mass of Chang'e-5 was 8,200 kg.", "zh": "嫦娥五号的质量是8,200千克。", "value": "8,200", "unit": "kg"}},
    "as_of": "2026-05-24",
    "sources": [{"title": "A report"}],
    "check": "checked",
    "source_strength": "strong",
}


def lesson(name: str, language: str, order: int) -> str:
    """The file of one lesson: a choice, two numbers, a short answer and an explanation."""
    passage = (FACTS if language == "en" else FACTS_ZH).split("." if language == "en" else "。")[0]
    common = {"level": 1, "hint": f"a hint ({language})", "explanation": f"so it is ({language})", "section": "Stages", "passage": passage}
    number = {"kind": "number", "value": 300_000, "unit": "N", "tolerance": 0.05}
    wrong = [{"text": text, "misconception": f"{text} is mistaken."} for text in ("air", "ground")]
    kinds: list[dict[str, Any]] = [
        {"kind": "choice", "choices": [{"text": "gas", "right": True}, *wrong]},
        number,
        {"kind": "short", "answer": "oxidiser", "accept": [["oxidiser"]]},
        {"kind": "explain", "answer": "Less mass.", "points": [{"idea": "less mass", "any": ["less mass"]}]},
        number,
    ]
    front = {
        "id": f"{name}.{language}",
        "lesson": name,
        "unit": "getting-to-space",
        "order": order,
        "title": f"{name} {language}",
        "language": language,
        "grade_band": "4-6",
        "goals": ["tell one thing", "tell another"],
        "prerequisites": [],
        "as_of": "2026-05-24",
        "vocabulary": [{"term": f"t{n}", "other": f"o{n}", "meaning": "m"} for n in range(4)],
        "sources": [{"title": "A book"}],
        "questions": [{"id": f"{name}-{n}", "question": f"Question {n}?", **common, **kind} for n, kind in enumerate(kinds, 1)],
    }
    return f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n# {front['title']}\n\n## Stages\n\n{FACTS if language == 'en' else FACTS_ZH}\n"


def write_practice(folder: Path) -> Path:
    """The course's files, written into a new `folder`."""
    told = {f"lessons/{name}.{language}.md": lesson(name, language, order) for name, language, order in LESSONS}
    for name, text in {"course.yaml": "course: space\n", "missions/change-5.yaml": json.dumps(MISSION), **told}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


LESSONS = (("staging", "en", 2), ("staging", "zh", 2), ("engines", "zh", 1))


@contextmanager
def practice_app(folder: Path) -> Iterator[FastAPI]:
    """The app over the course, published in `folder`."""
    data = DataFolder(folder / "data")
    publish(data, write_practice(folder / "course"))
    with library_over(data) as library:
        yield app_over(library)
