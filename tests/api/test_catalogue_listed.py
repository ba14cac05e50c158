"""GET /v1/lessons and /v1/missions: whole lists of one release, in the course's order, sent once."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from practice_course import practice_app
from small_course import client_over

from knowledge_base.release.layout import DataFolder


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with practice_app(tmp_path_factory.mktemp("listed")) as app, TestClient(app) as client:
        yield client


def listed(client: TestClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    told = response.json()
    assert told["release"] == client.get("/readyz").json()["release"]
    return told


def test_lessons_stand_in_their_order_each_language_by_itself(school: TestClient) -> None:
    lessons = listed(school, "/v1/lessons")["lessons"]
    assert [lesson["doc_id"] for lesson in lessons] == ["staging.en", "engines.zh", "staging.zh"]
    assert lessons[0] == {
        "lesson": "staging",
        "doc_id": "staging.en",
        "title": "staging en",
        "language": "en",
        "unit": "getting-to-space",
        "order": 2,
        "grade_band": "4-6",
        "goals": ["tell one thing", "tell another"],
        "sections": ["Stages"],
        "questions": [],
        "checks": 5,
        "url": None,
    }
    assert [lesson["lesson"] for lesson in listed(school, "/v1/lessons?language=zh")["lessons"]] == ["engines", "staging"]


def test_missions_say_what_they_are(school: TestClient) -> None:
    assert [mission["title"] for mission in listed(school, "/v1/missions")["missions"]] == ["Chang'e-5", "嫦娥五号"]
    assert listed(school, "/v1/missions?language=en")["missions"] == [
        {
            "mission": "change-5",
            "doc_id": "change-5.en",
            "title": "Chang'e-5",
            "language": "en",
            "about": "Chang'e-5 was a Chinese mission to the Moon.",
            "launched": "2020-11-23",
            "url": None,
        }
    ]


def test_a_list_that_the_caller_has_is_not_sent_again(school: TestClient) -> None:
    for path in ("/v1/lessons", "/v1/missions", "/v1/missions?language=zh"):
        first = school.get(path)
        again = school.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert school.get("/v1/lessons", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_course_without_lessons_of_the_language_has_an_empty_list(client: TestClient) -> None:
    assert listed(client, "/v1/missions?language=zh")["missions"] == []


@pytest.mark.parametrize("query", ["language=fr", "language=", "language=%00"])
def test_another_language_is_refused(client: TestClient, query: str) -> None:
    for path in ("/v1/lessons", "/v1/missions"):
        error = client.get(f"{path}?{query}").json()["error"]
        assert (error["code"], error["field"], error["message"]) == ("invalid", "language", "The field 'language' must be 'en' or 'zh'.")


def test_nothing_published_is_said_so(data: DataFolder) -> None:
    with client_over(data) as client:
        for path in ("/v1/lessons", "/v1/missions", "/v1/lessons/x/checks?language=en", "/v1/checks/x/hint?language=en"):
            response = client.get(path)
            assert (response.status_code, response.json()["error"]["code"]) == (503, "not_ready")


def test_one_lesson_is_told_by_its_name(school: TestClient) -> None:
    for lesson in listed(school, "/v1/lessons")["lessons"]:
        told = school.get(f"/v1/lessons/{lesson['lesson']}?language={lesson['language']}")
        assert (told.status_code, told.json()) == (200, lesson)


@pytest.mark.parametrize(
    ("path", "status"), [("engines?language=en", 404), ("nothing?language=en", 404), ("staging", 422), ("staging?language=fr", 422)]
)
def test_a_lesson_that_is_not_there_is_none(school: TestClient, path: str, status: int) -> None:
    assert school.get(f"/v1/lessons/{path}").status_code == status
