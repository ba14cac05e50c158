"""GET /v1/search and GET /v1/passages/{id}."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_course import client_over, publish

from knowledge_base.release.layout import DataFolder

HIT_KEYS = {"passage_id", "doc_id", "title", "section", "text", "language", "score", "kind", "page", "position_s", "as_of"}
PASSAGE_KEYS = HIT_KEYS - {"score"} | {"release", "sources"}


def hits(client: TestClient, **query: str | int) -> list[dict[str, Any]]:
    response = client.get("/v1/search", params=query)
    assert response.status_code == 200, response.text
    assert set(response.json()) == {"release", "hits"}
    found: list[dict[str, Any]] = response.json()["hits"]
    return found


def test_hits_hold_every_key_best_first(client: TestClient) -> None:
    found = hits(client, q="rocket stages")
    assert 1 < len(found) <= 5
    assert all(set(hit) == HIT_KEYS for hit in found)
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    best = found[0]
    assert (best["doc_id"], best["section"], best["kind"], best["as_of"]) == ("rockets.en", "Stages", "lesson", "2026-05-24")


def test_k_and_filters_narrow(client: TestClient) -> None:
    assert len(hits(client, q="rocket", k=1)) == 1
    assert {hit["language"] for hit in hits(client, q="rocket", language="zh")} == {"zh"}
    assert {hit["doc_id"] for hit in hits(client, q="rocket", lesson="moon")} == {"moon.en"}
    assert {hit["doc_id"] for hit in hits(client, q="rocket", course="space-1", k=50)} == {"rockets.en", "rockets.zh"}


def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    assert hits(client, q="rocket", course="no such course") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20%09", "q"),
        ("q=a%00b", "q"),
        ("q=" + "x" * 2001, "q"),
        ("q=a&k=0", "k"),
        ("q=a&k=51", "k"),
        ("q=a&k=five", "k"),
        ("q=a&k=1.5", "k"),
        ("q=a&k=99999999999999999999999", "k"),
        ("q=a&language=fr", "language"),
        ("q=a&course=", "course"),
        ("q=a&lesson=" + "x" * 201, "lesson"),
        ("q=a&limit=5", "limit"),
        ("q=a&=5", ""),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, query: str, field: str) -> None:
    response = client.get(f"/v1/search?{query}")
    assert response.status_code == 422
    assert response.json()["error"]["field"] == field
    assert response.json()["error"]["code"] == "invalid"


def test_broken_percent_encoding_is_just_odd_text(client: TestClient) -> None:
    assert client.get("/v1/search?q=%ff%fe%zz").status_code == 200


def test_a_passage_tells_what_it_rests_on(client: TestClient) -> None:
    found = hits(client, q="multistage rocket empty tanks", k=1)[0]
    response = client.get(f"/v1/passages/{found['passage_id']}")
    assert response.status_code == 200
    passage = response.json()
    assert set(passage) == PASSAGE_KEYS
    assert {key: passage[key] for key in found if key != "score"} == {key: found[key] for key in found if key != "score"}
    assert passage["sources"] == [
        {"title": "A book about rockets", "url": "https://example.org/rockets", "date": "2019-12-27"},
        {"title": "A textbook", "url": None, "date": None},
    ]
    assert passage["release"] == client.get("/readyz").json()["release"]


@pytest.mark.parametrize("passage_id", ["nothing", "x" * 200, "%ff", "..", "%E7%81%AB", "a'--"])
def test_an_unknown_passage_is_not_found(client: TestClient, passage_id: str) -> None:
    response = client.get(f"/v1/passages/{passage_id}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("passage_id", ["x" * 201, "a%00b", "%20"])
def test_what_cannot_be_a_passage_id_is_not_looked_for(client: TestClient, passage_id: str) -> None:
    response = client.get(f"/v1/passages/{passage_id}")
    assert response.status_code == 422
    assert response.json()["error"]["field"] == "passage_id"


def test_a_withdrawn_passage_keeps_only_its_title(data: DataFolder, course: Path) -> None:
    publish(data, course)
    with client_over(data) as client:
        passage_id = hits(client, q="The Moon turns", k=1)[0]["passage_id"]
    (course / "moon.md").unlink()
    publish(data, course)
    with client_over(data) as client:
        response = client.get(f"/v1/passages/{passage_id}")
    assert response.status_code == 410
    assert set(response.json()) == {"error", "title"}
    assert response.json()["title"] == "The Moon"
    assert response.json()["error"]["code"] == "withdrawn"
    assert "turns" not in response.text
