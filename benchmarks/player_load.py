"""A hundred students at the course player, a thousand idle streams, and a plain FastAPI endpoint over LangChain in the same run."""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.pipelines.served import serving
from benchmarks.player import beside, idle
from benchmarks.player.beside import Pace, Questions, Window
from evaluation.sets import load
from knowledge_base.embedding.prepared import PreparedModel, find
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from navigator import wiring
from navigator.settings import load_settings

MOST_MB = 200
WANTED = 1.5  # times the plain endpoint's questions a second
GOLDEN = Path("content/golden.yaml")
STUDENTS = "benchmarks/player/students.py"
WHY = "Why do rockets drop their empty stages on the way up?"  # a question that a model words the answer to
HEAD = """# The course player under load

Made by `scripts/bench player_load` on two cores that others used too: one `navigator serve`, the published course, the packaged embedding model.
The questions are `content/golden.yaml`'s that stand for themselves, in both languages.
"""


@dataclass
class Report:
    """What was measured, in words, and what of it was missed."""

    lines: list[str] = field(default_factory=lambda: [HEAD])
    missed: list[str] = field(default_factory=list)

    def say(self, line: str, *, good: bool = True) -> None:
        """One line, printed at once."""
        print(line, flush=True)
        self.lines.append(line)
        if not good:
            self.missed.append(line.strip())


def main() -> None:
    """Exits with 1 when a stream fails or a bound is missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench player_load", description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--streams", type=int, default=1_000, help="idle ones")
    parser.add_argument("--pairs", type=int, default=3, help="of windows, ours and the plain endpoint's")
    parser.add_argument("--at-once", type=int, default=16, help="questions at once in these windows")
    parser.add_argument("--out", type=Path, default=Path("docs/results/player_load.md"))
    chosen = parser.parse_args()
    idle.allow_open_files()
    settings, report = load_settings(), Report()
    data = wiring.data_folder(settings)
    model = find(data.models, settings.embedder)
    if model is None:
        sys.exit("the embedding model is not prepared yet: run navigator doctor --prepare")
    questions = [item.question for item in load(GOLDEN).items if item.after is None]
    busy = os.getloadavg()[0]
    with _copied(data) as copy:
        _students(report, copy, questions, chosen)
        _idle(report, copy, chosen.streams)
        _beside(report, copy, model, Questions(questions[::2], questions[1::2], chosen.at_once), chosen.pairs)
    report.say(f"\nThe machine's load average was {busy:.1f} when this began and {os.getloadavg()[0]:.1f} in the end.")
    chosen.out.write_text("\n".join(report.lines) + "\n", encoding="utf-8")
    for line in report.missed:
        print(f"missed: {line}", file=sys.stderr)
    sys.exit(bool(report.missed))


@contextmanager
def _copied(data: DataFolder) -> Iterator[DataFolder]:
    """A data folder of the bench's own with the same releases and model."""
    with tempfile.TemporaryDirectory(prefix="navigator-player-") as folder:
        copy = DataFolder(Path(folder, "data"))
        shutil.copytree(data.root, copy.root, ignore=shutil.ignore_patterns("open", "jobs", "models", "state.db*"))
        copy.models.symlink_to(data.models.resolve())
        yield copy


def _students(report: Report, data: DataFolder, questions: list[str], chosen: argparse.Namespace) -> None:
    asked, times = data.root / "questions.json", data.root / "times.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    with serving(data.root) as served:
        command = [sys.executable, "-m", "locust", "-f", STUDENTS, "--headless", "--only-summary", "--host", served.address, "--stop-timeout", "60"]
        command += ["-u", str(chosen.students), "-r", str(max(1, chosen.students // 5)), "-t", f"{chosen.seconds}s"]
        ran = subprocess.run([*command, "--questions", asked, "--times", times], stdout=subprocess.DEVNULL, check=False)
    told = json.loads(times.read_text(encoding="utf-8"))
    report.say("\n## Students\n")
    report.say(
        f"{chosen.students} students, each a stream on POST /v1/chat every 5 seconds for {chosen.seconds} seconds, by locust (exit status "
        f"{ran.returncode}): {len(told['final'])} answers. They ask {len(questions)} questions by chance: later ones were often asked before.\n",
        good=not ran.returncode,
    )
    report.say("| | p50 | p95 | n |\n| --- | --- | --- | --- |")
    for name, what in (("first", "first event"), ("final", "`final`")):
        report.say(f"| {what} | {statistics.median(told[name]):.0f} ms | {_p95(told[name]):.0f} ms | {len(told[name])} |")


def _idle(report: Report, data: DataFolder, streams: int) -> None:
    async def measured() -> idle.Held:
        async with idle.silent_model() as address:
            with serving(data.root, llm="silent", llm_base_url=address) as served:
                for _ in range(20):
                    await asyncio.to_thread(served.client.get, "/v1/search", params={"q": WHY})
                return await idle.held_by(served.address, served.pid, WHY, streams)

    held = asyncio.run(measured())
    more = held.with_mb - held.before_mb
    report.say("\n## Idle streams\n")
    report.say(
        f"{held.streams} open streams that wait for a model that says nothing: {held.before_mb:.0f} MB resident before, "
        f"{held.with_mb:.0f} MB with them, {more:.0f} MB more ({more * 1000 / held.streams:.0f} kB each); "
        f"wanted: under {MOST_MB}. They were opened within {held.opening_s:.1f} s.",
        good=more < MOST_MB,
    )


def _beside(report: Report, data: DataFolder, model: PreparedModel, questions: Questions, pairs: int) -> None:
    release = data.release(publish.current(data).release)

    def our_window() -> Window:
        return beside.ours(data.root, questions)

    def plain_window() -> Window:
        return beside.plain(model.folder / "model", release, questions)

    windows = [_pair(our_window, plain_window, ours_first=number % 2 == 0) for number in range(pairs)]
    report.say("\n## Beside a plain endpoint\n")
    report.say(
        f"{questions.at_once} questions at once, {pairs} pairs of windows in alternating order, a fresh process for each window. Ours streams whole, "
        "checked answers from /v1/chat; the plain one is FastAPI over LangChain's retriever: the same passages, vectors and model in Chroma and "
        f"HuggingFaceEmbeddings, and gives five passages. {len(questions.warm)} questions warm a server up, {len(questions.measured)} others are "
        "measured, so that none was asked before and no answer comes from our cache; then the same again.\n"
    )
    _compared(report, "new questions", [(ours.new, plain.new) for ours, plain in windows], judged=True)
    _compared(report, "the same again", [(ours.again, plain.again) for ours, plain in windows], judged=False)


def _pair(ours: Callable[[], Window], plain: Callable[[], Window], *, ours_first: bool) -> tuple[Window, Window]:
    if ours_first:
        return ours(), plain()
    theirs = plain()
    return ours(), theirs


def _compared(report: Report, what: str, pairs: list[tuple[Pace, Pace]], *, judged: bool) -> None:
    report.say(f"\n| {what} | questions/s | p50 | p95 | processor each | n |\n| --- | --- | --- | --- | --- | --- |")
    for name, paces in zip(("ours", "plain"), zip(*pairs, strict=True), strict=True):
        taken = [one for pace in paces for one in pace.taken]
        report.say(
            f"| {name}, medians of the windows | {_median(paces, 'per_second'):.1f} | {statistics.median(taken):.0f} ms | "
            f"{_median(paces, 'p95'):.0f} ms | {_median(paces, 'processor'):.1f} ms | {len(taken)} |"
        )
    ratios = sorted(our.per_second / their.per_second for our, their in pairs)
    processor = statistics.median(their.processor / our.processor for our, their in pairs)
    ratio, slower = statistics.median(ratios), [our.p95 > their.p95 for our, their in pairs]
    wanted = f"; wanted: {WANTED} at equal or lower p95" if judged else ""
    report.say(
        f"\nQuestions a second, ours over plain, pair by pair: {', '.join(f'{one:.2f}' for one in ratios)}, median {ratio:.2f}; p95 higher in "
        f"{sum(slower)} of {len(pairs)} pairs{wanted}. A second of the processor answers {processor:.2f} times as many.",
        good=not judged or (ratio >= WANTED and 2 * sum(slower) < len(pairs)),
    )


def _median(paces: tuple[Pace, ...], name: str) -> float:
    return float(statistics.median(getattr(pace, name) for pace in paces))


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    main()
