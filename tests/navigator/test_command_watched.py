"""A real server, watched: its log in JSON, its figures and its spans tell how it goes, and nothing of who asks what."""

import json
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from collector import Collector, collecting
from command_line import PAINTER, STAGES, Server, publish, serving, write_course
from prometheus_client.parser import text_string_to_metric_families

from api.counting import OwnCounts
from api.limits import Limits, Rates
from navigator.watching.metrics import Metrics
from navigator.watching.states import watch_limits

TOKEN = "let-the-staff-enter"
ANNA = "My name is Anna Karenina, anna@example.org. Why do rockets drop their empty stages?"
FROM_AFAR = {"X-Forwarded-For": "203.0.113.7", "X-Request-Id": "from-the-proxy.1"}


@dataclass(frozen=True)
class Watched:
    """The server and the collector that it sends to."""

    server: Server
    collector: Collector

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.server.lines]

    def figures(self, **headers: str) -> dict[str, float]:
        """Every figure by its name and labels, as Prometheus writes them."""
        with self.server.client() as client:
            answer = client.get("/metrics", headers=headers)
        assert answer.status_code == 200, answer.text
        return {
            f"{sample.name}{{{','.join(f'{name}={value}' for name, value in sorted(sample.labels.items()))}}}": sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A server that was asked three questions, one of them twice, and sent a request that is none."""
    folder = tmp_path_factory.mktemp("watched")
    publish(folder / "data", write_course(folder / "course"))
    with (
        collecting() as collector,
        serving(folder, LOG_FORMAT="json", STAFF_TOKEN=TOKEN, TRUSTED_PROXIES="127.0.0.1", OTLP_ENDPOINT=collector.address) as server,
        server.client() as client,
    ):
        assert client.get("/readyz").status_code == 200
        for question in (ANNA, PAINTER, "I want to kill myself"):
            assert client.post("/v1/ask", json={"question": question}).status_code == 200
        assert client.post("/v1/ask", json={"question": STAGES}, headers=FROM_AFAR).headers["X-Request-Id"] == "from-the-proxy.1"
        assert client.get("/v1/passages/anna@example.org?q=hush-hush").status_code == 404
        assert client.get("/%0d%0a%1b[31manna").status_code == 404
        yield Watched(server, collector)


def test_every_line_of_the_log_is_json_also_what_is_told_at_the_start(watched: Watched) -> None:
    assert [line["message"] for line in watched.log][:2] == ["Opening the published release ...", watched.log[1]["message"]]
    assert watched.log[1]["message"].startswith("Navigator is at http://127.0.0.1:")


def test_each_request_is_a_line_with_its_id(watched: Watched) -> None:
    told = [line for line in watched.log if line["logger"] == "api.watched"]
    assert [(line["method"], line["route"], line["status"]) for line in told[:6]] == [
        ("POST", "/v1/ask", 200),
        ("POST", "/v1/ask", 200),
        ("POST", "/v1/ask", 200),
        ("POST", "/v1/ask", 200),
        ("GET", "/v1/passages/{passage_id}", 404),
        ("GET", "none", 404),
    ]
    assert told[3]["request"] == "from-the-proxy.1"
    assert all(line["ms"] > 0 for line in told)
    blocked = next(line for line in watched.log if line.get("concern"))
    assert blocked["request"] == told[2]["request"], "what is told during a request names it"


def test_figures_tell_how_it_goes(watched: Watched) -> None:
    figures = watched.figures()
    assert figures["navigator_questions_total{door=/v1/ask,engine=extract,kind=grounded,language=en}"] == 1
    assert figures["navigator_questions_total{door=/v1/ask,engine=extract,kind=refused,language=en}"] == 2
    assert figures["navigator_blocked_total{concern=self-harm,language=en}"] == 1
    assert figures["navigator_http_requests_total{method=POST,route=/v1/ask,status=200}"] == 4
    assert figures["navigator_http_requests_total{method=GET,route=none,status=404}"] == 1
    assert figures["navigator_http_request_seconds_count{method=POST,route=/v1/ask}"] == 4
    assert figures["navigator_stage_seconds_count{stage=search}"] == 3
    assert figures["navigator_stage_seconds_count{stage=total}"] == 4
    assert figures["navigator_memory_lost_total{}"] == 0
    assert figures["navigator_open_streams{}"] == 0
    assert figures["process_resident_memory_bytes{}"] > 0
    with watched.server.client() as client:
        release = client.get("/readyz").json()["release"]
    assert figures[f"navigator_release_info{{release={release}}}"] == 1
    assert abs(figures["process_start_time_seconds{}"] - figures["navigator_release_published_timestamp_seconds{}"]) < 600


def test_from_another_machine_figures_need_the_staff_token(watched: Watched) -> None:
    with watched.server.client() as client:
        ways_in = client.get("/openapi.json").json()["paths"]["/metrics"]["get"]["security"]
        assert (len(ways_in), ways_in[-1]) == (2, {}), "the document says that this machine may look without one"
        refused = client.get("/metrics", headers=FROM_AFAR)
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "unauthorized")
        assert client.get("/metrics", headers=FROM_AFAR | {"Authorization": "Bearer wrong-wrong-wrong"}).status_code == 401
    assert watched.figures(Authorization=f"Bearer {TOKEN}", **FROM_AFAR)


def test_a_request_is_a_span_with_its_stages_below(watched: Watched) -> None:
    collector = watched.collector
    request = collector.wait_for("POST /v1/ask")
    assert collector.below(request) == ["screen", "search", "choose", "total"]
    told = {one.key: one.value.string_value or one.value.int_value for one in request.attributes}
    assert told == {
        "http.request.method": "POST",
        "http.route": "/v1/ask",
        "http.response.status_code": 200,
        "navigator.request": next(line["request"] for line in watched.log if line["logger"] == "api.watched"),
    }
    resource = {one.key: one.value.string_value for one in collector.requests[0].resource_spans[0].resource.attributes}
    assert resource["service.name"] == "navigator"


def test_nothing_tells_who_asked_or_what(watched: Watched) -> None:
    watched.collector.wait_for("GET /v1/passages/{passage_id}")
    with watched.server.client() as client:
        everything = "\n".join([*watched.server.lines, client.get("/metrics").text, *map(str, watched.collector.requests)])
    for secret in ("Anna", "anna", "rockets drop", "sunflowers", "myself", "hush", "203.0.113.7", "127.0.0.1:8", "navigator_caller", TOKEN, "[31m"):
        assert secret not in everything, secret


def test_a_collector_that_is_away_costs_nobody_anything(tmp_path: Path) -> None:
    publish(tmp_path / "data", write_course(tmp_path / "course"))
    with serving(tmp_path, OTLP_ENDPOINT="http://127.0.0.1:9") as server, server.client() as client:
        assert client.post("/v1/ask", json={"question": STAGES}).json()["kind"] == "grounded"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=15) == 0
    assert not any("Traceback" in line for line in server.lines)
    assert any(re.search(r"INFO POST /v1/ask 200 in \d", line) for line in server.lines)


def test_what_limits_refuse_is_counted_by_limit() -> None:
    metrics, limits = Metrics(lambda: None, free_on_loopback=True), Limits(Rates(10, 200, 3000, 1200), OwnCounts(), lambda *_names: "")
    watch_limits(metrics, limits)
    limits.refused["subject-at-once"] += 2
    told = metrics.exposition().decode()
    assert 'navigator_limited_total{limit="subject-at-once"} 2.0' in told
    assert 'navigator_limited_total{limit="wrong-token"} 0.0' in told
