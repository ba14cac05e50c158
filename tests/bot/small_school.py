"""A small school: a course of two lessons and two missions, published, and the real program that answers its students."""

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

_LESSONS = {
    "rockets.en.md": """# How rockets work

## Empty stages

Rockets drop their empty stages because less mass is easier to speed up.

An empty stage of a rocket is &lt;b&gt;dead weight&lt;/b&gt; &amp; nothing else.

## Fuel and oxidiser

Rockets carry an oxidiser because there is no air in space to burn their fuel with.
""",
    "rockets.zh.md": """# 火箭是怎样飞起来的

## 分级

火箭分级，是因为空贮箱只是多余的质量。

## 氧化剂

火箭自带氧化剂，因为太空中没有空气可供燃料燃烧。
""",
}
_CHECKS: dict[str, list[dict[str, Any]]] = {
    "en": [
        {
            "kind": "choice",
            "question": "Why do rockets drop their empty stages?",
            "hint": "Think of a heavy rucksack.",
            "choices": [
                {"text": "Less mass is easier to speed up", "right": True},
                {"text": "The stages are too hot", "misconception": "You may be thinking that heat is the trouble."},
                {"text": "They look untidy", "misconception": "You may be thinking that looks matter."},
            ],
            "section": "Empty stages",
            "passage": "Rockets drop their empty stages because less mass is easier to speed up.",
        }
    ],
    "zh": [
        {
            "kind": "choice",
            "question": "火箭为什么要分级？",
            "hint": "想一想很重的书包。",
            "choices": [
                {"text": "空贮箱是多余的质量", "right": True},
                {"text": "级太烫了", "misconception": "你可能以为问题在于热。"},
                {"text": "样子不好看", "misconception": "你可能以为样子很重要。"},
            ],
            "section": "分级",
            "passage": "火箭分级，是因为空贮箱只是多余的质量。",
        }
    ],
}


def publish_school(folder: Path) -> Path:
    """The data folder in which the school's course is published."""
    _write_course(folder / "course")
    data = folder / "data"
    report = Ingestion(DataFolder(data), HashingEmbedder).run(Order([folder / "course"]))
    assert not report.failed, report
    return data


def _write_course(course: Path) -> None:
    course.mkdir(parents=True)
    for name, body in _LESSONS.items():
        lesson, language, _ = name.split(".")
        checks = [{"id": f"{lesson}-{n}", "level": 1, "explanation": check["passage"], **check} for n, check in enumerate(_CHECKS[language], 1)]
        front: dict[str, Any] = {"id": f"{lesson}.{language}", "lesson": lesson, "language": language, "title": body.splitlines()[0][2:]}
        front |= {"unit": "getting-to-space", "order": 1, "grade_band": "4-6", "goals": ["explain stages"], "questions": checks}
        (course / name).write_text(f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{body}", encoding="utf-8")
    for number, numeral, day, mass in ((5, "五", "23 November 2020", "8,200"), (6, "六", "3 May 2024", "8,350")):
        mission = json.dumps(_mission(number, numeral, day, mass), ensure_ascii=False)
        (course / f"change-{number}.yaml").write_text(mission, encoding="utf-8")


def _mission(number: int, numeral: str, day: str, mass: str) -> dict[str, Any]:
    en, zh = f"Chang'e-{number}", f"嫦娥{numeral}号"
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
        "launch": {"en": f"{en} was launched on {day} by a Long March 5 rocket.", "zh": f"{zh}由长征五号火箭发射。", "date": "2020-11-23"},
        "figures": {"mass": {"en": f"The mass of {en} was {mass} kg.", "zh": f"{zh}的质量是{mass}千克。", "value": mass, "unit": "kg"}},
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

    def stop(self) -> int:
        """Ends it as an operator would; its exit status."""
        return self._end(signal.SIGTERM)

    async def says(self, pattern: str) -> str:
        """The first line that holds `pattern`, once it is written."""
        await holds(lambda: bool(self._found(pattern)) or self.ended, within_s=60)
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
