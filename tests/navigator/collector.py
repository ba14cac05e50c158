"""A collector of traces as there are in the world: takes OTLP over HTTP on this machine, and decodes it."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest, ExportTraceServiceResponse
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass
class Collector:
    """Its address, and what it has been sent."""

    address: str = ""
    requests: list[ExportTraceServiceRequest] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def spans(self) -> list[Span]:
        return [span for request in self.requests for one in request.resource_spans for scope in one.scope_spans for span in scope.spans]

    def wait_for(self, name: str) -> Span:
        """The first span of that name, once it is there."""

        def found() -> Span | None:
            return next((span for span in self.spans if span.name == name), None)

        with self.arrived:
            self.arrived.wait_for(lambda: found() is not None, timeout=20)
            span = found()
        assert span is not None, [one.name for one in self.spans]
        return span

    def below(self, parent: Span) -> list[str]:
        """The names of the spans right below one, in the order in which they ended."""
        return [span.name for span in sorted(self.spans, key=lambda one: one.end_time_unix_nano) if span.parent_span_id == parent.span_id]


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = ExportTraceServiceRequest.FromString(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.end_headers()
            self.wfile.write(ExportTraceServiceResponse().SerializeToString())
            with collector.arrived:
                collector.requests.append(request)
                collector.arrived.notify_all()

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        collector.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()
