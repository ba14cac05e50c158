"""The one home of prometheus-client: what /metrics tells. No label holds what anybody wrote, or who wrote it, or can be made up by callers."""

from collections.abc import Callable, Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from api import Served
from tutor.types import Kind, Language

OF_AN_ANSWER = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)  # seconds; a model takes many
BOT = "bot"  # the door of what no HTTP request asked


def no_span(_stage: str, _seconds: float) -> None:
    """Without traces a stage leaves none."""


class Metrics:
    """The tutor's `Events`, the web server's `Watch` and its `Figures` in one.

    `door` gives the route of the request under way, None outside of one; `span` is told of every stage too.
    """

    media_type = CONTENT_TYPE_LATEST

    def __init__(self, door: Callable[[], str | None], *, free_on_loopback: bool, span: Callable[[str, float], None] = no_span) -> None:
        self.free_on_loopback = free_on_loopback
        self._door = door
        self._span = span
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each of the others, of use to nobody who has the process's start
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._questions = Counter("navigator_questions", "Questions answered", ["door", "kind", "language", "engine"], registry=registry)
        self._blocked = Counter("navigator_blocked", "Messages that raised a concern", ["concern", "language"], registry=registry)
        self._stages = Histogram("navigator_stage_seconds", "How long a stage took", ["stage"], buckets=OF_AN_ANSWER, registry=registry)
        self._model = Counter("navigator_model_failures", "Answers that the model did not write to the end", ["reason"], registry=registry)
        self._requests = Counter("navigator_http_requests", "Requests", ["method", "route", "status"], registry=registry)
        self._seconds = Histogram(
            "navigator_http_request_seconds", "How long until an answer's end", ["method", "route"], buckets=OF_AN_ANSWER, registry=registry
        )
        self._streams = Gauge("navigator_open_streams", "Event streams under way", registry=registry)

    def answered(self, kind: Kind, language: Language, engine: str) -> None:
        """Counts a question by the door that it came through."""
        self._questions.labels(self._door() or BOT, kind, language, engine).inc()

    def blocked(self, concern: str, language: str) -> None:
        """Counts it; it is among the questions too."""
        self._blocked.labels(concern, language).inc()

    def took(self, stage: str, seconds: float) -> None:
        """Observes it, and leaves its trace."""
        self._stages.labels(stage).observe(seconds)
        self._span(stage, seconds)

    def model_failed(self, reason: str) -> None:
        """Counts it."""
        self._model.labels(reason).inc()

    def served(self, request: Served) -> None:
        """Counts and observes it."""
        self._requests.labels(request.method, request.route, str(request.status)).inc()
        self._seconds.labels(request.method, request.route).observe(request.seconds)

    def streaming(self, change: int) -> None:
        """Counts what is open."""
        self._streams.inc(change)

    def gauge(self, name: str, about: str, look: Callable[[], float | None]) -> None:
        """A figure that is looked at when it is asked for; None leaves it out."""
        self._look(lambda: _family(GaugeMetricFamily(name, about), {(): look()}))

    def gauges(self, name: str, about: str, label: str, look: Callable[[], Mapping[str, float]]) -> None:
        """Such figures by a label."""
        self._look(lambda: _family(GaugeMetricFamily(name, about, labels=[label]), {(key,): one for key, one in look().items()}))

    def counter(self, name: str, about: str, look: Callable[[], float]) -> None:
        """A count that somebody else keeps."""
        self._look(lambda: _family(CounterMetricFamily(name, about), {(): look()}))

    def counters(self, name: str, about: str, label: str, look: Callable[[], Mapping[str, float]]) -> None:
        """Such counts by a label."""
        self._look(lambda: _family(CounterMetricFamily(name, about, labels=[label]), {(key,): one for key, one in look().items()}))

    def _look(self, look: Callable[[], Metric]) -> None:
        self._registry.register(_Looked(look))

    def exposition(self) -> bytes:
        """All figures as they stand, in Prometheus' text format."""
        return generate_latest(self._registry)


class _Looked(Collector):
    def __init__(self, look: Callable[[], Metric]) -> None:
        self._look = look

    def collect(self) -> list[Metric]:
        return [self._look()]


def _family(family: GaugeMetricFamily | CounterMetricFamily, values: Mapping[tuple[str, ...], float | None]) -> Metric:
    for labels, value in values.items():
        if value is not None:
            family.add_metric(labels, value)
    return family
