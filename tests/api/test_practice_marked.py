"""A lesson's check questions over HTTP: asked without their answers, hinted at, marked; what is not there is named."""

from collections.abc import Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient
from practice_course import practice_app


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with practice_app(tmp_path_factory.mktemp("practised")) as app, TestClient(app) as client:
        yield client


def mark(client: TestClient, reply: str, *, check: str = "staging-2", **more: object) -> httpx2.Response:
    return client.post(f"/v1/checks/{check}/mark", json={"language": "en", "reply": reply, **more})


def test_questions_come_without_their_answers(school: TestClient) -> None:
    told = school.get("/v1/lessons/staging/checks?language=en").json()
    assert told["release"] == school.get("/readyz").json()["release"]
    assert [check["kind"] for check in told["checks"]] == ["choice", "number", "short", "explain", "number"]
    assert set(told["checks"][0]) == {"check_id", "lesson", "language", "kind", "question", "choices", "unit", "level"}
    assert sorted(told["checks"][0]["choices"]) == ["air", "gas", "ground"]
    assert (told["checks"][1]["unit"], told["checks"][1]["level"]) == ("N", 1)


def test_a_lesson_without_questions_in_the_language_has_none(school: TestClient, client: TestClient) -> None:
    assert school.get("/v1/lessons/engines/checks?language=en").json()["checks"] == []
    assert client.get("/v1/lessons/rockets/checks?language=en").json()["checks"] == []


def test_a_hint_is_in_the_language_asked_for(school: TestClient) -> None:
    assert school.get("/v1/checks/staging-1/hint?language=zh").json() == {"hint": "a hint (zh)"}


def test_a_wrong_reply_may_be_tried_again_and_a_right_one_is_explained(school: TestClient) -> None:
    wrong = mark(school, "7 N").json()
    assert wrong == {"verdict": "wrong", "said": None, "answer": None, "explanation": None, "citation": None}
    assert mark(school, "300 000").json()["verdict"] == "partly"
    right = mark(school, "300 kN").json()
    assert (right["verdict"], right["explanation"]) == ("right", "so it is (en)")
    assert (right["citation"]["doc_id"], right["citation"]["n"], right["citation"]["section"]) == ("staging.en", 1, "Stages")


def test_the_last_try_is_told_the_answer(school: TestClient) -> None:
    told = mark(school, "air", check="staging-1", last_try=True).json()
    assert (told["verdict"], told["said"], told["answer"]) == ("wrong", "air is mistaken.", "gas")


def test_what_is_not_there_is_named(school: TestClient) -> None:
    unknown = "No question 'nothing-1' is asked in this release: begin the lesson's questions anew."
    for response in (school.get("/v1/checks/nothing-1/hint?language=en"), mark(school, "7", check="nothing-1")):
        assert response.status_code == 404
        assert response.json()["error"] == {"code": "not_found", "message": unknown}
    lost = school.get("/v1/lessons/nothing/checks?language=en")
    assert lost.status_code == 404
    assert lost.json()["error"]["message"] == "There is no lesson 'nothing': GET /v1/lessons lists those there are."
    assert mark(school, "7", check="engines-1").status_code == 404  # asked in Chinese alone


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reply": "7"}, "language"),
        ({"language": "fr", "reply": "7"}, "language"),
        ({"language": "en"}, "reply"),
        ({"language": "en", "reply": " "}, "reply"),
        ({"language": "en", "reply": "x" * 2001}, "reply"),
        ({"language": "en", "reply": "7\0"}, "reply"),
        ({"language": "en", "reply": 7}, "reply"),
        ({"language": "en", "reply": "7", "last_try": "yes"}, "last_try"),
        ({"language": "en", "reply": "7", "lasttry": True}, "lasttry"),
    ],
)
def test_a_wrong_field_of_a_reply_is_named(school: TestClient, body: dict[str, object], field: str) -> None:
    response = school.post("/v1/checks/staging-2/mark", json=body)
    assert (response.status_code, response.json()["error"]["field"]) == (422, field)


def test_the_language_of_questions_must_be_said(school: TestClient) -> None:
    for path in ("/v1/lessons/staging/checks", "/v1/checks/staging-1/hint"):
        response = school.get(path)
        assert (response.status_code, response.json()["error"]["field"]) == (422, "language")


def test_only_json_is_marked(school: TestClient) -> None:
    response = school.post("/v1/checks/staging-2/mark", content=b"language=en", headers={"Content-Type": "text/plain"})
    assert response.status_code == 415
