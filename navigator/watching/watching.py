"""Puts the watching of a server together, as the settings want it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from api import Watched, current_route
from knowledge_base.errors import OperatorError
from navigator.settings import Settings
from navigator.watching.metrics import Metrics, no_span

if TYPE_CHECKING:
    from navigator.watching.traces import Traces  # an extra of its own, and not needed without a collector


class TracesMissing(OperatorError):
    """The operator's: a collector of traces is named, and the package that sends to it is not installed."""


@dataclass(frozen=True)
class Watching:
    """What a server counts, and where its spans go, if anywhere."""

    metrics: Metrics
    traces: "Traces | None"

    def around(self, app: ASGIApp) -> ASGIApp:
        """The app with every request watched."""
        return Watched(self.traces.around(app) if self.traces is not None else app, self.metrics)

    def close(self) -> None:
        """Sends what spans are left."""
        if self.traces is not None:
            self.traces.close()


def watching(settings: Settings) -> Watching:
    """The watching of one server; TracesMissing when spans are wanted and cannot be sent."""
    traces = _traces(settings.otlp_endpoint) if settings.otlp_endpoint is not None else None
    free = settings.on_loopback and settings.auth == "open"  # one person's own machine; with tokens, others reach the server through a proxy
    metrics = Metrics(current_route, free_on_loopback=free, span=traces.took if traces is not None else no_span)
    return Watching(metrics, traces)


def _traces(endpoint: str) -> "Traces":
    try:
        from navigator.watching.traces import Traces
    except ModuleNotFoundError as error:
        what = f"NAVIGATOR_OTLP_ENDPOINT is set and {error.name!r} is not installed"
        raise TracesMissing(f"{what}: pip install 'navigator-tutor[otel]', or unset it") from error
    return Traces(endpoint)
