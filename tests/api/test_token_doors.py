"""A server that asks for tokens: which doors do, whom they let in, whose data is whose."""

import json
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from small_course import GROUNDED, client_over
from token_desk import NOW, OTHER, PLAYER, SCHOOL, Clock, bearer, claims, good, part, school, signed

from api import Access
from api.gate import TOKEN
from knowledge_base.release.layout import DataFolder

PUBLIC = ("/", "/healthz", "/readyz", "/docs", "/openapi.json", "/demo", "/demo/demo.js", "/staff")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(published: DataFolder, tmp_path: Path, clock: Clock) -> Iterator[TestClient]:
    with school(published, tmp_path, clock=clock) as client:
        yield client


def students(client: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every door for students."""
    paths = client.get("/openapi.json").json()["paths"]
    described = [(method.upper(), path, operation) for path, operations in paths.items() for method, operation in operations.items()]
    return [(method, path, one) for method, path, one in described if path.startswith("/v1/") and one["tags"] != ["staff"]]


def refused(response: httpx2.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def ask(client: TestClient, token: str, **more: object) -> httpx2.Response:
    return client.post("/v1/ask", json={"question": GROUNDED, **more}, headers=bearer(token))


def test_no_door_for_students_opens_without_a_good_token(client: TestClient) -> None:
    doors = students(client)
    assert len(doors) >= 5
    unsigned = f"{part({'alg': 'none', 'kid': 'school-1'})}.{part(claims())}."
    for method, path, _description in doors:
        address = re.sub(r"\{\w+\}", "x", path)
        body = {"question": GROUNDED} if method == "POST" else None
        for headers in ({}, bearer("nonsense"), bearer(unsigned), {"Authorization": f"Basic {good()}"}, {"Authorization": good()}, bearer("")):
            response = client.request(method, address, headers=headers, json=body)
            assert refused(response) == (401, "unauthorized"), (method, path, headers)
            assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert client.request(method, address, headers=bearer(good()), json=body).status_code not in (401, 403), path


def test_what_students_need_no_token_for_stays_open(client: TestClient) -> None:
    for path in PUBLIC:
        assert client.get(path).status_code in (200, 307), path


def test_a_student_s_token_opens_nothing_of_the_staff_s(client: TestClient) -> None:
    for path in ("/v1/releases", "/v1/documents", "/v1/gaps", "/v1/feedback"):
        assert client.get(path, headers=bearer(good())).status_code == 401


def test_the_document_declares_the_token_just_where_one_is_asked_for(client: TestClient, published: DataFolder) -> None:
    assert all(description["security"] == [{"token": []}] for _method, _path, description in students(client))
    scheme = client.get("/openapi.json").json()["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["scheme"], scheme["bearerFormat"]) == ("http", "bearer", "JWT")
    with client_over(published) as anybody:
        assert not any("security" in description for _method, _path, description in students(anybody))


def test_a_good_token_is_answered_without_a_cookie(client: TestClient) -> None:
    response = ask(client, good())
    assert response.json()["kind"] == "grounded"
    assert "set-cookie" not in response.headers
    assert "set-cookie" not in client.delete("/v1/me", headers=bearer(good())).headers


def test_a_token_is_of_no_use_once_it_is_old(client: TestClient, clock: Clock) -> None:
    token = good()
    assert ask(client, token).status_code == 200
    clock.now = NOW + 900 + 29
    assert ask(client, token).status_code == 200
    clock.now = NOW + 900 + 30
    response = ask(client, token)
    assert refused(response) == (401, "token_expired")
    assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert ask(client, good(now=clock.now)).status_code == 200


def test_a_token_made_for_later_waits(client: TestClient) -> None:
    assert refused(ask(client, good(now=NOW + 60))) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("claimed", "headers", "status"),
    [
        (PLAYER, {"Origin": PLAYER}, 200),
        (None, {}, 200),
        ("https://tutor.example", {"Origin": "https://tutor.example"}, 200),
        ("https://tutor.example", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("https://elsewhere.example", {"Origin": PLAYER}, 403),
        (PLAYER, {}, 403),
        (None, {"Origin": PLAYER}, 403),
        (PLAYER, {"Sec-Fetch-Site": "same-origin"}, 403),
        (PLAYER, {"Origin": "null"}, 403),
        (PLAYER, {"Origin": f"{PLAYER}\x1b[31m"}, 403),
    ],
)
def test_the_page_must_be_the_one_that_the_token_names(client: TestClient, claimed: str | None, headers: dict[str, str], status: int) -> None:
    response = client.get("/v1/search", params={"q": "rocket"}, headers=bearer(good(origin=claimed), **headers))
    assert response.status_code == status
    if status == 403:
        assert refused(response) == (403, "forbidden_origin")


def test_a_stranger_s_page_gets_nothing_for_a_stolen_token(client: TestClient) -> None:
    for origin in ("https://evil.example", "http://player.example", "null"):
        headers = bearer(good(origin=PLAYER), Origin=origin)
        assert refused(client.post("/v1/ask", json={"question": GROUNDED}, headers=headers)) == (403, "forbidden_origin")


def test_other_schools_tokens_are_other_people(client: TestClient) -> None:
    mine = ask(client, good()).json()
    for thief in (good(sub="ben"), good("other-1"), good("shared-1")):
        assert refused(ask(client, thief, conversation_id=mine["conversation_id"])) == (404, "not_found")
        judged = client.post("/v1/feedback", json={"answer_id": mine["answer_id"], "helpful": False}, headers=bearer(thief))
        assert refused(judged) == (404, "not_found")
        assert client.delete("/v1/me", headers=bearer(thief)).status_code == 204
    assert ask(client, good(lesson="rockets"), conversation_id=mine["conversation_id"]).json()["conversation_id"] == mine["conversation_id"]
    judged = client.post("/v1/feedback", json={"answer_id": mine["answer_id"], "helpful": True}, headers=bearer(good(locale="zh")))
    assert judged.status_code == 200, "the token changes, who bears it does not"


def test_every_door_that_takes_a_conversation_knows_whose_it_is(client: TestClient) -> None:
    """Whichever there are: an id that was made for somebody else is as good as none."""
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    mine = ask(client, good()).json()["conversation_id"]
    made_up = f"{'a' * 16}.{'b' * 16}"
    taking = 0
    for method, path, description in students(client):
        body = description.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        fields = schemas.get(body.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
        if "conversation_id" not in fields:
            continue
        taking += 1
        example = next(iter(schemas[body["$ref"].rpartition("/")[2]].get("examples", [{}])))
        for theirs in (mine, made_up):
            response = client.request(method, path, json=example | {"conversation_id": theirs}, headers=bearer(good(sub="ben")))
            assert refused(response) == (404, "not_found"), path
        for own in ("talk-7", mine):
            assert client.request(method, path, json=example | {"conversation_id": own}, headers=bearer(good())).status_code == 200, path
    assert taking


def test_with_open_doors_another_browser_s_conversation_is_not_found_either(published: DataFolder, tmp_path: Path) -> None:
    with school(published, tmp_path, access=Access()) as client:
        mine = client.post("/v1/ask", json={"question": GROUNDED}).json()["conversation_id"]
        assert client.post("/v1/ask", json={"question": GROUNDED, "conversation_id": mine}).status_code == 200
        client.cookies.clear()
        assert refused(client.post("/v1/ask", json={"question": GROUNDED, "conversation_id": mine})) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/v1/ask?token={}"),
        ("POST", "/v1/ask?x=1&access_token={}"),
        ("GET", "/v1/search?q={}"),
        ("GET", "/v1/search?q=rocket&lesson={}"),
        ("GET", "/v1/search?{}"),
        ("GET", "/v1/passages/{}"),
        ("GET", "/demo?TOKEN=x"),
        ("GET", "/widget.js?jwt={}"),
        ("GET", "/embed?token={}"),
        ("GET", "/healthz?authorization=Bearer%20{}"),
        ("GET", "/nothing/{}"),
        ("OPTIONS", "/v1/ask?token={}"),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_a_token_in_an_address_is_refused_wherever_it_leads(client: TestClient, method: str, address: str, quoted: bool) -> None:
    token = good().replace(".", "%2E").replace("eyJ", "%65yJ") if quoted else good()
    response = client.request(method, address.format(token), headers=bearer(good()))
    assert refused(response) == (401, "unauthorized")
    assert "does not belong in an address" in response.json()["error"]["message"]


@pytest.mark.parametrize("long", ["eyJ" * 20_000, "eyJ." * 15_000, "eyJa.b" * 10_000, "eyJ-" * 15_000])
def test_an_address_however_long_is_looked_through_at_once(long: str) -> None:
    started = time.perf_counter()
    TOKEN.search(long.encode())
    assert time.perf_counter() - started < 0.1


def test_an_address_that_only_speaks_of_tokens_is_let_be(client: TestClient) -> None:
    for q in ("what is a token", "token%3D5", "1.2.3"):
        assert client.get(f"/v1/search?q={q}", headers=bearer(good())).status_code == 200


def test_no_token_and_no_control_character_reaches_a_log(client: TestClient, caplog: pytest.LogCaptureFixture, clock: Clock) -> None:
    old = good()
    clock.now += 2_000
    bad = (old, signed(claims(sub="x\r\nERROR forged\x1b[31m")), signed(claims(), OTHER), good(now=NOW, origin=PLAYER))
    with caplog.at_level(logging.DEBUG):
        for token in bad:
            ask(client, token)
            client.get(f"/v1/passages/{token}%0d%0aERROR%20forged%1b[31m", headers=bearer(token))
            client.get(f"/v1/search?q=%0d%0aforged&token={token}", headers={"Origin": "https://x\x1b[31m", **bearer(token)})
            client.get("/v1/releases/%0d%0aforged%1b[31m/diff/x", headers=bearer(token))
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not any(token in line or token.split(".")[1] in line for token in bad for line in said)
    assert not any(character in line for line in said for character in "\r\n\x1b")


def test_the_staff_s_own_log_keeps_one_line_a_request(client: TestClient, published: DataFolder) -> None:
    log = published.root / "staff.log"
    before = len(log.read_bytes().splitlines()) if log.exists() else 0
    assert client.get("/v1/jobs/%0d%0a{}%1b[31m%c2%9b%e2%80%a8x", headers=bearer("wrong")).status_code == 401
    lines = log.read_text(encoding="utf-8").split("\n")[before:-1]
    assert len(lines) == 1
    assert lines[0].isprintable()
    assert json.loads(lines[0])["action"] == "wrong token"


@pytest.mark.parametrize("evil", ["x\r\nX-Injected: 1", "\x1b[31m", "<script>alert(1)</script>"])
def test_nothing_that_a_request_says_becomes_a_header(client: TestClient, evil: str) -> None:
    token = signed(claims(sub=evil if evil.isprintable() else "anna", lesson=evil), SCHOOL)
    for response in (ask(client, token), ask(client, good(), conversation_id=evil), ask(client, good(), lesson=evil)):
        assert "x-injected" not in response.headers
        assert all(evil not in value for value in response.headers.values())
        assert response.headers["content-type"] == "application/json"
