"""Which pages may ask: those of the allowed origins and the server's own; and with open doors only by this machine's own names."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from small_course import GROUNDED, doors_over, library_over
from test_api_errors import Breaking
from token_desk import PLAYER, bearer, good, school

from api import Access, create_app
from knowledge_base.release.layout import DataFolder

OWN = "http://127.0.0.1:8000"
DEMO = "http://127.0.0.1:8001"
EVIL = "https://evil.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
SECURE = ("X-Content-Type-Options", "Referrer-Policy")


@pytest.fixture
def vouched(published: DataFolder, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server that asks for tokens, for pages of `PLAYER`."""
    with school(published, tmp_path) as client:
        yield client


@pytest.fixture
def client(published: DataFolder, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server with open doors on this machine, for pages of `DEMO`."""
    with school(published, tmp_path, access=Access(origins=(DEMO,), this_machine=True)) as client:
        client.base_url = httpx2.URL(OWN)
        yield client


def ask(client: TestClient, **headers: str) -> httpx2.Response:
    return client.post("/v1/ask", json={"question": GROUNDED}, headers={name.replace("_", "-"): value for name, value in headers.items()})


def code(response: httpx2.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_an_allowed_page_may_send_tokens_and_read_answers_and_errors(vouched: TestClient) -> None:
    preflight = vouched.options("/v1/ask", headers={"Origin": PLAYER, **PREFLIGHT})
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == PLAYER
    assert preflight.headers["Access-Control-Allow-Credentials"] == "true"
    assert {"authorization", "content-type", "last-event-id"} <= {
        one.strip().lower() for one in preflight.headers["Access-Control-Allow-Headers"].split(",")
    }
    for headers, status in ((bearer(good(origin=PLAYER)), 200), ({}, 401), (bearer(good()), 403)):
        response = ask(vouched, Origin=PLAYER, **headers)
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == PLAYER
        assert response.headers["Access-Control-Expose-Headers"] == "Retry-After, X-Request-Id"
        assert "Origin" in response.headers["Vary"]


def test_openai_s_client_in_an_allowed_page_may_say_what_it_is(vouched: TestClient) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type,user-agent,x-stainless-os"}
    assert vouched.options("/v1/chat/completions", headers={"Origin": PLAYER, **asks}).status_code == 200
    assert code(vouched.options("/v1/chat/completions", headers={"Origin": EVIL, **asks})) == (403, "forbidden_origin")


def test_an_error_that_nobody_foresaw_can_be_read_too(published: DataFolder) -> None:
    """Else the page would take our trouble for a lost connection."""
    with library_over(published) as library, TestClient(create_app(doors_over(library, Breaking(), access=Access(origins=(DEMO,))))) as client:
        response = client.post("/v1/ask", json={"question": "Why?"}, headers={"Origin": DEMO})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (500, DEMO)


@pytest.mark.parametrize(
    "origin", [EVIL, "null", "", "*", f"{PLAYER}.evil.example", "http://player.example", f"{PLAYER}:8443", f"{PLAYER}/", PLAYER.upper()]
)
def test_a_stranger_s_preflight_is_refused(vouched: TestClient, origin: str) -> None:
    for path in ("/v1/ask", "/v1/search", "/v1/releases/rollback", "/nothing"):
        response = vouched.options(path, headers={"Origin": origin, **PREFLIGHT})
        assert code(response) == (403, "forbidden_origin")
        assert "access-control-allow-origin" not in response.headers
        assert "Origin" in response.headers["Vary"]
        assert all(name in response.headers for name in SECURE)


@pytest.mark.parametrize(
    "asked",
    [
        {"Access-Control-Request-Method": "PUT"},
        PREFLIGHT | {"Access-Control-Request-Headers": "x-forwarded-for"},
        PREFLIGHT | {"Access-Control-Request-Private-Network": "true"},
    ],
)
def test_an_allowed_page_may_not_do_more_than_there_is(vouched: TestClient, asked: dict[str, str]) -> None:
    response = vouched.options("/v1/ask", headers={"Origin": PLAYER, **asked})
    assert code(response) == (403, "forbidden_origin")


def test_a_stranger_s_page_reads_nothing_and_every_answer_differs_by_origin(vouched: TestClient) -> None:
    for path, headers in (("/healthz", {"Origin": EVIL}), ("/healthz", {}), ("/demo", {"Origin": EVIL}), ("/v1/search?q=x", {"Origin": EVIL})):
        response = vouched.get(path, headers=headers)
        assert "access-control-allow-origin" not in response.headers
        assert "Origin" in response.headers["Vary"]


def test_who_is_no_browser_is_not_affected(vouched: TestClient, client: TestClient) -> None:
    assert ask(vouched, **bearer(good())).status_code == 200
    assert ask(client).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OWN},
        {"Origin": OWN, "Sec_Fetch_Site": "same-origin"},
        {"Origin": DEMO},
        {"Origin": DEMO, "Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
    ],
)
def test_with_open_doors_own_and_allowed_pages_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert ask(client, **headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://127.0.0.1:8002"},
        {"Origin": "http://localhost:8000"},
        {"Origin": f"{OWN}.evil.example"},
        {"Origin": "http://127.0.0.1:8001@evil.example"},
        {"Origin": f"{EVIL}\x1b[31m"},
        {"Origin": EVIL, "Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://127.0.0.1:8002", "Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_with_open_doors_a_stranger_s_page_cannot_use_the_cookie(client: TestClient, headers: dict[str, str]) -> None:
    """Whoever is tricked onto such a page neither asks nor judges nor erases anything by it."""
    mine = ask(client).json()
    assert client.cookies
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    judgement = {"answer_id": mine["answer_id"], "helpful": False}
    for response in (
        ask(client, **headers),
        client.post("/v1/feedback", json=judgement, headers=named),
        client.delete("/v1/me", headers=named),
        client.post("/v1/ask", content=json.dumps({"question": GROUNDED}), headers=named | {"Content-Type": "text/plain"}),
    ):
        assert code(response) == (403, "forbidden_origin")
        assert "set-cookie" not in response.headers
    assert client.post("/v1/feedback", json=judgement).status_code == 200, "nothing was erased"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000", "127.8.9.1:1"])
def test_with_open_doors_this_machine_s_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/v1/search?q=rocket", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.168.1.7:8000",
        "0.0.0.0:8000",
        "[::]:8000",
        "[",
        "127.0.0.1:x@evil",
        "a b",
    ],
)
def test_a_stranger_s_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: a page at that name would be the server's own to the browser, and could ask and read."""
    for path in ("/v1/search?q=rocket", "/demo", "/staff", "/healthz"):
        response = client.get(path, headers={"Host": host})
        assert code(response) == (403, "forbidden_host")
        assert "NAVIGATOR_AUTH=token" in response.json()["error"]["message"]


def test_with_tokens_the_server_has_whatever_names_it_is_given(vouched: TestClient) -> None:
    assert vouched.get("/v1/search?q=rocket", headers=bearer(good(), Host="school.example")).status_code == 200
