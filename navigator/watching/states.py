"""What /metrics tells of how things stand: the release in force, the memory's queue, the model's rest, the staff's jobs."""

import contextlib

from api.limits import Limits
from api.turns import Turns
from ingest import Jobs
from knowledge_base.library import Library
from navigator.watching.metrics import Metrics
from tutor.memory import Memory
from tutor.model import ModelWriter


def watch_release(metrics: Metrics, library: Library) -> None:
    """Which release answers, and since when it is published: when `current` was last written."""

    def published() -> float | None:
        with contextlib.suppress(OSError):
            return library.data.current.stat().st_mtime
        return None

    metrics.gauges("navigator_release_info", "The release that answers", "release", lambda: {library.release: 1.0} if library.release else {})
    metrics.gauge("navigator_release_published_timestamp_seconds", "When the release in force was published, in Unix time", published)


def watch_memory(metrics: Metrics, memory: Memory) -> None:
    """How many turns wait to be written, and how many were lost."""
    metrics.gauge("navigator_memory_waiting", "Turns that are yet to be written", lambda: memory.waiting)
    metrics.counter("navigator_memory_lost", "Turns that could not be kept", lambda: memory.lost)


def watch_model(metrics: Metrics, model: ModelWriter) -> None:
    """Whether the model failed so often that it is left alone."""
    metrics.gauge("navigator_model_resting", "1 while the model is left alone after failures", lambda: float(model.resting))


def watch_turns(metrics: Metrics, turns: Turns) -> None:
    """How many turns were asked for again, by their client's message id."""
    metrics.counter("navigator_turns_replayed", "Turns asked for again by the same message id", lambda: turns.replayed)


def watch_limits(metrics: Metrics, limits: Limits) -> None:
    """How much was refused because of which limit."""
    metrics.counters("navigator_limited", "Questions and tokens refused, by the limit that was reached", "limit", lambda: {**limits.refused})


def watch_jobs(metrics: Metrics, jobs: Jobs) -> None:
    """The staff's newest jobs by state."""
    metrics.gauges("navigator_jobs", "Staff jobs on record, the newest 20", "state", lambda: {**jobs.states()})
