"""The one home of OpenTelemetry: a span a request, with one for each stage of its turn, sent to a collector by OTLP over HTTP.

A span tells a route, a status, a request's id and how long something took; nothing of what was asked, or by whom.
"""

import logging
import time
from importlib.metadata import version

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import METHODS, current_route, request_fields

TIMEOUT_S = 2.0  # for a batch; while the collector is away spans are dropped, and nobody waits


class Traces:
    """Sends spans to the collector at `endpoint` from a thread of its own; `close` sends what is left."""

    def __init__(self, endpoint: str) -> None:
        resource = Resource.create({SERVICE_NAME: "navigator", SERVICE_VERSION: version("navigator-tutor")})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        logging.getLogger("opentelemetry").setLevel(logging.ERROR)  # one line for a batch that is lost, none for each attempt
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=TIMEOUT_S)))
        self._tracer = self._provider.get_tracer("navigator")

    def took(self, stage: str, seconds: float) -> None:
        """A span for a stage that has just ended, below that of the request under way; outside of one nothing."""
        if trace.get_current_span().is_recording():
            now = time.time_ns()
            self._tracer.start_span(stage, start_time=now - int(seconds * 1e9)).end(now)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The app, watched already, with a span around every request."""

        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            method = scope["method"] if scope["method"] in METHODS else "OTHER"
            with self._tracer.start_as_current_span(method, kind=SpanKind.SERVER, record_exception=False) as span:

                async def send_traced(message: Message) -> None:
                    if message["type"] == "http.response.start":
                        route = current_route() or ""
                        span.update_name(f"{method} {route}")
                        span.set_attributes({"http.request.method": method, "http.route": route, "http.response.status_code": message["status"]})
                        span.set_attributes({f"navigator.{name}": value for name, value in request_fields().items()})
                        if message["status"] >= 500:
                            span.set_status(Status(StatusCode.ERROR))
                    await send(message)

                await app(scope, receive, send_traced)

        return traced

    def close(self) -> None:
        """Sends what is left, for some seconds at most."""
        self._provider.shutdown()
