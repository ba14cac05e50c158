"""Students ask a real server, idle and while a staff job embeds new material; prints the 95th percentile of each and their ratio."""

import argparse
import random
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx2

from benchmarks.pipelines.served import STAFF_TOKEN, serving
from evaluation.sets import load
from knowledge_base.release.layout import DataFolder

STUDENTS = 4
PAUSE = 0.25  # seconds of reading between a student's questions
BEARER = {"Authorization": f"Bearer {STAFF_TOKEN}"}


class Students:
    """Ask golden questions in turn, each with a pause, until told to stop."""

    def __init__(self, client: httpx2.Client, questions: list[str]) -> None:
        self._client = client
        self._questions = questions

    def asking(self, done: threading.Event) -> list[float]:
        """Milliseconds of every answer until `done`."""
        taken: list[float] = []
        students = [threading.Thread(target=self._ask, args=(number, done, taken)) for number in range(STUDENTS)]
        for student in students:
            student.start()
        for student in students:
            student.join()
        return taken

    def _ask(self, number: int, done: threading.Event, taken: list[float]) -> None:
        drawn = random.Random(number)
        while not done.is_set():
            started = time.perf_counter()
            response = self._client.post("/v1/ask", json={"question": drawn.choice(self._questions)})
            assert response.status_code == 200, response.text
            taken.append((time.perf_counter() - started) * 1000)
            time.sleep(PAUSE * drawn.uniform(0.5, 1.5))


def material(seed: int, sentences: int, questions: list[str]) -> str:
    """A lesson that no release has held: sentences of the golden questions' words, drawn."""
    drawn = random.Random(seed)
    vocabulary = sorted({word for question in questions for word in question.split()})
    lines = (" ".join(drawn.choices(vocabulary, k=14)).capitalize() + "." for _ in range(sentences))
    return f"---\nid: drawn-{seed}\ntitle: Drawn {seed}\nlanguage: en\n---\n" + "\n\n".join(lines) + "\n"


def job(client: httpx2.Client, text: str) -> str:
    """Begins a staff job with one lesson; its id once it embeds."""
    begun = client.post("/v1/documents", headers=BEARER, files=[("files", ("drawn.md", text.encode()))])
    assert begun.status_code == 202, begun.text
    job_id = str(begun.json()["job_id"])
    while (told := state(client, job_id))["progress"] is None and told["state"] == "running":
        time.sleep(0.2)
    return job_id


def state(client: httpx2.Client, job_id: str) -> Any:
    """What the server tells of a job."""
    return client.get(f"/v1/jobs/{job_id}", headers=BEARER).json()


def busy_window(client: httpx2.Client, students: Students, text: str) -> tuple[list[float], float]:
    """Answers' milliseconds while a job embeds, indexes and asks its golden questions; and the seconds that it took."""
    job_id = job(client, text)
    done, started = threading.Event(), time.perf_counter()

    def wait() -> None:
        while state(client, job_id)["state"] == "running":
            time.sleep(0.5)
        done.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    taken = students.asking(done)
    waiting.join()
    assert state(client, job_id)["state"] == "done", state(client, job_id)["error"]
    assert client.delete(f"/v1/jobs/{job_id}", headers=BEARER).status_code == 200
    return taken, time.perf_counter() - started


def idle_window(students: Students, seconds: float) -> list[float]:
    """The same while nothing else is done, for as long."""
    done = threading.Event()
    timer = threading.Timer(seconds, done.set)
    timer.start()
    return students.asking(done)


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    """Alternates busy and idle windows on a copy of a data folder with a published release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a data folder with a published release and its embedder; it is copied")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--sentences", type=int, default=1500, help="of new material in each job")
    chosen = parser.parse_args()
    questions = [item.question for item in load(Path("content/golden.yaml")).items]
    busy: list[float] = []
    idle: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = DataFolder(Path(folder) / "data")
        shutil.copytree(chosen.data, copy.root, ignore=shutil.ignore_patterns("open", "jobs", "state.db*"))
        with serving(copy.root) as served:
            client = served.client
            students = Students(client, questions)
            idle_window(students, 5)  # warms up
            for pair in range(chosen.pairs):
                taken, seconds = busy_window(client, students, material(random.randrange(10**9), chosen.sentences, questions))
                rest = idle_window(students, max(10.0, min(seconds, 60.0)))
                print(
                    f"pair {pair + 1}: job {seconds:.0f} s, p95 busy {p95(taken):.0f} ms (n={len(taken)}), idle {p95(rest):.0f} ms (n={len(rest)})",
                    flush=True,
                )
                busy += taken
                idle += rest
    medians = f"median {statistics.median(busy):.0f} / {statistics.median(idle):.0f} ms"
    print(f"all: p95 busy {p95(busy):.0f} ms, idle {p95(idle):.0f} ms: {p95(busy) / p95(idle):.2f} times; {medians}; target 3 times")


if __name__ == "__main__":
    main()
