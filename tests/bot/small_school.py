"""A small school: a course of two lessons and two missions, published, and the real program that answers its students."""

import asyncio
import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram_stage import holds

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release.layout import DataFolder

_BODIES = {
    "en": """# How rockets work

## Why do rockets drop their empty stages?

Rockets drop their empty stages because less mass is easier to speed up.

An empty stage of a rocket is &lt;b&gt;dead weight&lt;/b&gt; &amp; nothing else. A full stage of the rocket weighs 300 t.

## Fuel and oxidiser

Rockets carry an oxidiser because there is no air in space to burn their fuel with.
""",
    "zh": """# 火箭是怎样飞起来的

## 火箭为什么要分级？

火箭分级，是因为空贮箱只是多余的质量。火箭装满的一级重300吨。

## 燃料和氧化剂

火箭自带氧化剂，因为太空中没有空气可供燃料燃烧。
""",
}
_CHECKS: dict[str, dict[str, Any]] = {
    "en": {
        "stages": "Rockets drop their empty stages because less mass is easier to speed up.",
        "full": "A full stage of the rocket weighs 300 t.",
        "burns": "Rockets carry an oxidiser because there is no air in space to burn their fuel with.",
        "choices": ["Less mass is easier to speed up", "The stages are too hot", "They look untidy"],
        "mistaken": ["You may be thinking that heat is the trouble.", "You may be thinking that looks matter."],
        "accept": ["oxidiser", "oxygen"],
        "unit": "t",
        "hint": "Think of a heavy rucksack.",
    },
    "zh": {
        "stages": "火箭分级，是因为空贮箱只是多余的质量。",
        "full": "火箭装满的一级重300吨。",
        "burns": "火箭自带氧化剂，因为太空中没有空气可供燃料燃烧。",
        "choices": ["空贮箱只是多余的质量", "级太烫了", "样子不好看"],
        "mistaken": ["你可能以为问题在于热。", "你可能以为样子很重要。"],
        "accept": ["氧化剂", "液氧"],
        "unit": "吨",
        "hint": "想一想很重的书包。",
    },
}


def _questions(language: str) -> Iterator[dict[str, Any]]:
    told = _CHECKS[language]
    wrong = [{"text": text, "misconception": why} for text, why in zip(told["choices"][1:], told["mistaken"], strict=True)]
    choice = {"kind": "choice", "choices": [{"text": told["choices"][0], "right": True}, *wrong], "passage": told["stages"]}
    short = {"kind": "short", "answer": told["accept"][0], "accept": [told["accept"]], "passage": told["burns"]}
    number = {"kind": "number", "value": 300, "unit": told["unit"], "tolerance": 0, "passage": told["full"]}
    first, second = re.findall(r"^## (.*)$", _BODIES[language], re.MULTILINE)
    for n, check in enumerate((choice, number, short, number, short), 1):
        section = second if check is short else first
        common = {"id": f"rockets-{n}", "level": 1, "question": f"{n}?", "hint": told["hint"], "explanation": check["passage"]}
        yield {**common, "section": section, **check}


def _lesson(language: str) -> str:
    front: dict[str, Any] = {
        "id": f"rockets.{language}",
        "lesson": "rockets",
        "unit": "getting-to-space",
        "order": 1,
        "title": _BODIES[language].splitlines()[0][2:],
        "language": language,
        "grade_band": "4-6",
        "goals": ["explain stages", "explain oxidisers"],
        "prerequisites": [],
        "as_of": "2026-05-24",
        "vocabulary": [{"term": f"t{n}", "other": f"o{n}", "meaning": "m"} for n in range(4)],
        "sources": [{"title": "A book"}],
        "questions": list(_questions(language)),
    }
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{_BODIES[language]}"


def publish_school(folder: Path) -> Path:
    """The data folder in which the school's course is published."""
    _write_course(folder / "course")
    data = folder / "data"
    report = Ingestion(DataFolder(data), HashingEmbedder).run(Order([folder / "course"]))
    assert not report.failed, report
    return data


def _write_course(course: Path) -> None:
    files = {"course.yaml": "course: school\n"} | {f"lessons/rockets.{language}.md": _lesson(language) for language in _BODIES}
    for number, numeral, day, mass in ((5, "五", dt.date(2020, 11, 23), 8200), (6, "六", dt.date(2024, 5, 3), 8350)):
        files[f"missions/change-{number}.yaml"] = json.dumps(_mission(number, numeral, day, mass), ensure_ascii=False)
    for name, text in files.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")


def _mission(number: int, numeral: str, day: dt.date, mass: int) -> dict[str, Any]:
    en, zh = f"Chang'e-{number}", f"嫦娥{numeral}号"
    launched = {"en": f"{en} was launched on {day.day} {day:%B %Y}.", "zh": f"{zh}于{day.year}年{day.month}月{day.day}日发射。"}
    heavy = {"en": f"The mass of {en} was {mass:,} kg.", "zh": f"{zh}的质量是{mass:,}千克。"}
    return {
        "id": f"change-{number}",
        "names": {"en": en, "zh": zh},
        "kind": ["mission"],
        "agency": "CNSA",
        "country": "China",
        "as_of": "2026-05-24",
        "sources": [{"title": "A report"}],
        "check": "checked",
        "source_strength": "strong",
        "about": {"en": f"{en} was a Chinese mission to the Moon.", "zh": f"{zh}是中国的月球任务。"},
        "launch": {**launched, "date": day.isoformat()},
        "figures": {"mass": {**heavy, "value": mass, "unit": "kg"}},
    }


@dataclass
class Program:
    """``navigator`` as a process: its settings are of this object alone, and the lines that it wrote."""

    data: Path
    arguments: tuple[str, ...]
    settings: dict[str, str]
    lines: list[str] = field(default_factory=list)
    process: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        """Begins; again after it has ended."""
        settings = {"EMBEDDER": "hashing", "DATA_DIR": str(self.data), **self.settings}
        inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("NAVIGATOR_")}
        environ = inherited | {f"NAVIGATOR_{name}": value for name, value in settings.items()}
        command = [sys.executable, "-m", "navigator", *self.arguments]
        self.process = subprocess.Popen(command, cwd=self.data.parent, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def kill(self) -> None:
        """Ends it as a power failure would."""
        self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ends it as an operator would; its exit status."""
        return await asyncio.to_thread(self._end, signal.SIGTERM)

    async def says(self, pattern: str) -> str:
        """The first line that holds `pattern`, once it is written."""
        await holds(lambda: bool(self._found(pattern)) or self.ended, within_s=120)
        assert self._found(pattern), self.lines
        return self._found(pattern)[0]

    @property
    def ended(self) -> bool:
        """Whether it ended by itself, or never began."""
        return self.process is None or self.process.poll() is not None

    def _found(self, pattern: str) -> list[str]:
        return [line for line in self.lines if re.search(pattern, line)]

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))
        process.stdout.close()

    def _end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=30)


@contextmanager
def running(program: Program) -> Iterator[Program]:
    """The program at work, and gone afterwards."""
    program.start()
    try:
        yield program
    finally:
        if not program.ended:
            program.kill()
