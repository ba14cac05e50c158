"""Students at the course player, by locust: each asks a golden question every five seconds and reads the answer's stream to its end.

``python -m locust -f benchmarks/player/students.py --questions FILE --times FILE --headless --host ADDRESS ...``: questions as a JSON list;
writes ``{"first": [...], "final": [...]}``, the milliseconds to the first event and to `final` of every stream that came to its end.
"""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from locust import HttpUser, constant_pacing, events, task

EVERY_S = 5
WITHIN_S = 60

_questions: list[str] = []
_times: dict[str, list[float]] = {"first": [], "final": []}


def _options(parser: Any) -> None:
    parser.add_argument("--questions", required=True)
    parser.add_argument("--times", required=True)


def _read(environment: Any, **_rest: object) -> None:
    _questions.extend(json.loads(Path(environment.parsed_options.questions).read_text(encoding="utf-8")))


def _write(environment: Any, **_rest: object) -> None:
    Path(environment.parsed_options.times).write_text(json.dumps(_times), encoding="utf-8")


events.init_command_line_parser.add_listener(_options)  # type: ignore[no-untyped-call]
events.init.add_listener(_read)  # type: ignore[no-untyped-call]
events.quitting.add_listener(_write)  # type: ignore[no-untyped-call]


class Student(HttpUser):
    """Draws questions by chance; a stream that does not come to `done` is a failure."""

    wait_time = constant_pacing(EVERY_S)

    def on_start(self) -> None:
        self._drawn = random.Random()

    @task
    def ask(self) -> None:
        """One question."""
        body = {"question": self._drawn.choice(_questions)}
        started = time.perf_counter()
        with self.client.post("/v1/chat", json=body, stream=True, timeout=WITHIN_S, catch_response=True) as response:
            if response.status_code != 200:
                response.failure(f"{response.status_code} {response.error or response.text[:200]}")
                return
            at = {name: (time.perf_counter() - started) * 1000 for name in _names(response.iter_lines())}
            if "done" not in at or "error" in at:
                response.failure(f"no whole answer, but {list(at)}")
                return
            _times["first"].append(min(at.values()))
            _times["final"].append(at["final"])


def _names(lines: Iterator[bytes]) -> Iterator[str]:
    """The names of a stream's events, as they come."""
    for line in lines:
        if line.startswith(b"event: "):
            yield line.removeprefix(b"event: ").decode()
