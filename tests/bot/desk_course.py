"""A course small enough to know by heart, as a real release, and what a catalogue and a practice of it say."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import Ingestion, Order
from knowledge_base.calibration import Calibration, Fusion, Gate, SentenceWeights
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.catalogue import Card, LessonEntry, MissionEntry
from tutor.practice.types import CheckQuestion, Mark
from tutor.types import Citation, Language

# Passes a question once a passage holds two fifths of its words, each weighed by its rarity.
CALIBRATION = Calibration(
    version=1,
    fusion=Fusion(passage_cosine=1, sentence_cosine=1, lexical=0.3, coverage=0.5, same_language=0.2),
    gate=Gate(bias=-3.2, passage_cosine=0, sentence_cosine=0, coverage=8, unknown=0, margin=0, bar=0.5),
    sentence=SentenceWeights(lag=10, cosine=10, coverage=5, fit=0.5),
)
FILES = {
    "rockets.en.md": """---
id: rockets.en
lesson: rockets
title: How rockets fly & land
language: en
as_of: 2026-05-24
---
# How rockets fly & land
## Why do rockets drop their empty stages?
Rockets drop their empty stages because less mass is easier to speed up. A stage is a tank with its engines.

Engineers drop empty stages so that the rest of the rocket can speed up with less fuel.
## Thrust
Hot gas leaves the nozzle and pushes the rocket forwards.
""",
    "rockets.zh.md": """---
id: rockets.zh
lesson: rockets
title: 火箭是怎样飞起来的
language: zh
---
## 火箭为什么要分级？
火箭分级，是因为空贮箱只是多余的质量，扔掉以后更容易加速。
""",
    "moon.en.md": """---
id: moon.en
lesson: moon
title: The Moon
language: en
---
## Dust
Moon dust sticks to everything, because sunlight charges its grains with electricity.
""",
    "change-5.yaml": json.dumps(
        {
            "id": "change-5",
            "names": {"en": "Chang'e-5", "zh": "嫦娥五号"},
            "kind": ["mission"],
            "agency": "CNSA",
            "country": "China",
            "as_of": "2026-05-24",
            "sources": [{"title": "A report"}],
            "check": "checked",
            "source_strength": "strong",
            "about": {"en": "Chang'e-5 was a Chinese mission that brought samples back.", "zh": "嫦娥五号是中国的任务，带回了样品。"},
            "launch": {
                "en": "Chang'e-5 was launched on 23 November 2020 by a Long March 5 rocket.",
                "zh": "嫦娥五号于2020年11月23日由长征五号运载火箭发射。",
                "date": "2020-11-23",
            },
            "figures": {"mass": {"en": "The mass of Chang'e-5 was 8,200 kg.", "zh": "嫦娥五号的发射质量是8,200千克。", "value": 8200, "unit": "kg"}},
        },
        ensure_ascii=False,
    ),
}
STAGES = "Why do rockets drop their empty stages?"
STAGES_ZH = "火箭为什么要分级？"
LAUNCHED = "When was Chang'e-5 launched?"
PAINTER = "Who painted the famous sunflowers?"


@contextmanager
def published(folder: Path) -> Iterator[Library]:
    """The course, published in a new `folder`."""
    course = folder / "course"
    course.mkdir()
    for name, text in FILES.items():
        (course / name).write_text(text, encoding="utf-8")
    data = DataFolder(folder / "data")
    assert not Ingestion(data, HashingEmbedder).run(Order([course])).failed
    library = Library(data, HashingEmbedder(), calibration=CALIBRATION)
    try:
        yield library
    finally:
        library.close()


def lesson(name: str, language: Language, title: str, **more: object) -> LessonEntry:
    """An entry of a lesson."""
    entry = LessonEntry(
        lesson=name,
        doc_id=f"{name}.{language}",
        title=title,
        language=language,
        unit=None,
        order=None,
        grade_band=None,
        goals=(),
        sections=(),
        questions=(),
        checks=0,
        url=None,
    )
    return replace(entry, **more)  # type: ignore[arg-type]


ROCKETS = lesson(
    "rockets",
    "en",
    "How rockets fly & land",
    unit="getting-to-space",
    grade_band="4-6",
    goals=("explain why stages are dropped",),
    sections=(STAGES, "Thrust"),
    questions=(STAGES,),
    checks=3,
    url="https://player.example/?doc=rockets.en",
)
CITED = Citation(
    n=1,
    passage_id="p",
    doc_id="change-5.en",
    title="Chang'e-5",
    section=None,
    page=None,
    position_s=None,
    url=None,
    quote="Chang'e-5 was launched on 23 November 2020.",
    language="en",
    as_of="2026-05-24",
    score=1.0,
)


@dataclass
class SmallCatalogue:
    """Browses what it was given."""

    entries: tuple[LessonEntry, ...] = (
        ROCKETS,
        lesson("moon", "en", "The Moon", unit="The Moon and Mars"),
        lesson("rockets", "zh", "火箭是怎样飞起来的", unit="去太空", checks=1),
    )
    missions_: tuple[MissionEntry, ...] = (
        MissionEntry("change-5", "change-5.en", "Chang'e-5", "en", "Chang'e-5 brought samples back.", "2020-11-23", None),
        MissionEntry("change-5", "change-5.zh", "嫦娥五号", "zh", "嫦娥五号带回了样品。", "2020-11-23", None),
    )

    async def lessons(self, language: Language) -> tuple[LessonEntry, ...]:
        return tuple(entry for entry in self.entries if entry.language == language)

    async def missions(self, language: Language) -> tuple[MissionEntry, ...]:
        return tuple(entry for entry in self.missions_ if entry.language == language)

    async def cards(self, query: str, language: Language, k: int = 10) -> tuple[Card, ...]:
        if "boom" in query:
            raise ValueError(query)
        card = Card("change-5.en:launch", "Chang'e-5", "Chang'e-5 was launched on 23 November 2020.", CITED)
        return (card,)[:k] if "Chang'e" in query and language == "en" else ()


CHOICE = CheckQuestion("rockets-1", "rockets", "en", "choice", "What is an empty stage?", ("Dead weight", "A spare engine", "A parachute"), None, 1)
NUMBER = CheckQuestion("rockets-2", "rockets", "en", "number", "How heavy was Chang'e-5 at lift-off?", (), "kg", 2)
SHORT = CheckQuestion("rockets-3", "rockets", "en", "short", "What pushes a rocket?", (), None, 1)
CHOICE_ZH = CheckQuestion("rockets-1", "rockets", "zh", "choice", "空贮箱是什么？", ("多余的质量", "备用发动机"), None, 1)


@dataclass
class SmallPractice:
    """Marks by comparing with the one right reply; who gives half of it is partly right."""

    checks: tuple[CheckQuestion, ...] = (CHOICE, NUMBER, SHORT, CHOICE_ZH)

    async def questions(self, lesson: str, language: Language) -> tuple[CheckQuestion, ...]:
        return tuple(check for check in self.checks if check.lesson == lesson and check.language == language)

    async def mark(self, check_id: str, language: Language, reply: str, *, last_try: bool) -> Mark:
        right = {"rockets-1": "A", "rockets-2": "8200 kg", "rockets-3": "hot gas"}[check_id]
        verdict = "right" if reply.strip() == right else "partly" if reply.strip() and reply.strip() in right else "wrong"
        if verdict == "right" or last_try:
            return Mark(verdict, None, right, "So says the lesson.", replace(CITED, language=language))  # type: ignore[arg-type]
        return Mark(verdict, "You may be thinking of something else.", None, None, None)  # type: ignore[arg-type]

    async def hint(self, check_id: str, language: Language) -> str:
        return f"A hint for {check_id} in {language}."
