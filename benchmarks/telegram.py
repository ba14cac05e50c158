"""200 students ask `navigator bot` within 10 seconds at a stand-in for Telegram; prints how long each waited for the whole answer."""

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.messenger.emulated import COURSE_URL, Emulated, bot, connected, copied, stand_in
from evaluation.sets import load
from navigator import wiring
from navigator.settings import load_settings
from tutor.types import Language, Question

FINAL = ("sendMessage", "editMessageText")
PER_SECOND = 30  # messages in all that Telegram takes from a bot
FIRST_STUDENT = 900_001


@dataclass
class Asked:
    """What one student asked, when, and when the bot's first sign and its whole answer arrived at Telegram."""

    student: int
    question: str
    language: Language
    at: float = 0.0
    first: float | None = None
    whole: float | None = None


@dataclass
class Watch:
    """Follows the bot's requests and notes what each student has got."""

    students: dict[str, Asked]
    read: int = 0

    def see(self, calls: Sequence[dict[str, Any]]) -> None:
        """Takes note of further requests."""
        self.read += len(calls)
        for call in calls:
            asked = self.students.get(call["form"].get("chat_id", ""))
            if asked is None or call["refused"]:
                continue
            asked.first = asked.first or call["at"]
            if call["method"] in FINAL and COURSE_URL in call["form"]["text"]:
                asked.whole = call["at"]

    @property
    def missing(self) -> list[Asked]:
        """Who has no whole answer yet."""
        return [asked for asked in self.students.values() if asked.whole is None]


def main() -> None:
    """Exits with 1 when somebody got no whole answer, or a limit of Telegram was broken."""
    parser = argparse.ArgumentParser(prog="scripts/bench telegram", description=__doc__)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--within", type=float, default=10.0, help="seconds in which they all ask")
    parser.add_argument("--patience", type=float, default=120.0, help="seconds until who has no answer is given up")
    chosen = parser.parse_args()
    settings = load_settings()
    with copied(settings.data_dir) as data, stand_in() as telegram, tempfile.TemporaryDirectory() as folder:
        questions = answerable(data)
        log = Path(folder) / "bot.log"
        with bot(data, telegram, log) as process:
            watch, summary = asyncio.run(_run(telegram, _students(questions, chosen.students), chosen))
            memory = _memory(process)
        tell(watch, summary, memory)
        lines = log.read_text().splitlines()
    print(f"lines in the bot's log: {len(lines)}" + "".join(f"\n  {line}" for line in lines[:5]))
    sys.exit(bool(watch.missing or summary["floods"] or summary["violations"]))


def answerable(data: Path) -> list[tuple[str, Language]]:
    """The golden questions that the tutor answers from the course, of both languages in turn."""
    settings = load_settings().model_copy(update={"data_dir": data, "course_url": COURSE_URL})
    items = load(Path("content/golden.yaml")).items

    async def asked() -> list[tuple[str, Language]]:
        with closing(wiring.library(settings)) as library:
            tutor = wiring.tutor(settings, library)
            return [(item.question, item.language) for item in items if (await tutor.ask(Question(item.question))).kind == "grounded"]

    found = asyncio.run(asked())
    by_language = ([one for one in found if one[1] == language] for language in ("en", "zh"))
    return [one for pair in zip(*by_language, strict=False) for one in pair]


def tell(watch: Watch, summary: dict[str, Any], memory: str) -> None:
    """Prints what was measured."""
    asked = list(watch.students.values())
    waits = [one.whole - one.at for one in asked if one.whole is not None]
    signs = [one.first - one.at for one in asked if one.first is not None]
    print(f"{len(asked)} students, {len({one.question for one in asked})} different questions, asked within {_span([one.at for one in asked]):.1f} s")
    print(f"whole answers with sources: {len(waits)} of {len(asked)}")
    print(f"question to first sign: {_percentiles(signs)}")
    after = _span([one.at for one in asked] + [one.whole for one in asked if one.whole is not None])
    print(f"question to whole answer: {_percentiles(waits)}; the last {after:.1f} s after the first question")
    print(f"floor: at {PER_SECOND} messages a second, {len(asked)} answers take {len(asked) / PER_SECOND:.1f} s")
    print("requests: " + ", ".join(f"{method} {count}" for method, count in sorted(summary["calls"].items())))
    print(f"busiest second: {summary['busiest_second']} messages; floods: {summary['floods'] or 0}; refused: {summary['refused'] or 0}")
    print(f"violations of the schema: {len(summary['violations'])}; the bot's memory: {memory}")
    for one in watch.missing[:5]:
        print(f"without an answer: {one.question!r}")


def _students(questions: Sequence[tuple[str, Language]], count: int) -> list[Asked]:
    drawn = itertools.islice(itertools.cycle(questions), count)
    return [Asked(FIRST_STUDENT + number, question, language) for number, (question, language) in enumerate(drawn)]


async def _run(address: str, students: list[Asked], chosen: argparse.Namespace) -> tuple[Watch, dict[str, Any]]:
    async with connected(address) as emulated:
        watch = Watch({str(one.student): one for one in students})
        watch.see(await emulated.calls())
        asking = asyncio.gather(*(_ask(emulated, one, random.Random(one.student).uniform(0, chosen.within)) for one in students))
        deadline = time.monotonic() + chosen.within + chosen.patience
        while watch.missing and time.monotonic() < deadline:
            await asyncio.sleep(0.25)
            watch.see(await emulated.calls(watch.read))
        await asking
        await asyncio.sleep(1.0)  # whatever comes after the last answer counts too
        watch.see(await emulated.calls(watch.read))
        return watch, await emulated.summary()


async def _ask(emulated: Emulated, asked: Asked, after_s: float) -> None:
    await asyncio.sleep(after_s)
    asked.at = time.monotonic()
    await emulated.says(asked.student, asked.question, language=asked.language)


def _percentiles(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "not measured"
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return f"p50 {statistics.median(seconds):.2f} s, p95 {p95:.2f} s, longest {max(seconds):.2f} s (n={len(seconds)})"


def _span(times: Sequence[float]) -> float:
    return max(times) - min(times)


def _memory(process: int) -> str:
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("VmHWM")), "unknown")


if __name__ == "__main__":
    main()
