"""Who gets in, and what is refused before anything is begun."""

import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from loopback import serving
from small_course import library_over
from staff_rig import BEARER, StaffClient, staffed, staffed_app
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.staff.guard import SlowDown
from api.staff.receive import receive
from knowledge_base.errors import DataFolderUnusable
from knowledge_base.release.layout import DataFolder

ROUTES = [
    ("GET", "/v1/releases"),
    ("POST", "/v1/releases/rollback"),
    ("POST", "/v1/releases/nothing/publish"),
    ("GET", "/v1/releases/a/diff/b"),
    ("GET", "/v1/documents"),
    ("POST", "/v1/documents"),
    ("DELETE", "/v1/documents/no/such.md"),
    ("DELETE", "/v1/withdrawals/no/such.md"),
    ("POST", "/v1/jobs"),
    ("GET", "/v1/jobs/nothing"),
    ("DELETE", "/v1/jobs/nothing"),
    ("GET", "/v1/gaps"),
    ("GET", "/v1/feedback"),
]
FILE = ("files", ("a.md", b"Some words."))


@pytest.fixture(scope="module")
def staff(published: DataFolder) -> Iterator[StaffClient]:
    with staffed(published) as app, TestClient(app) as client:
        yield StaffClient(client)


@pytest.mark.parametrize("token", [None, "wrong", "", "let-the-staff-enteR", "火箭".encode().decode("latin-1")])
def test_without_the_token_every_route_says_the_same(published: DataFolder, token: str | None) -> None:
    headers = {} if token is None else {b"Authorization": f"Bearer {token}".encode("latin-1")}
    seen = set()
    for some in (ROUTES[:7], ROUTES[7:]):  # of an app each, since attempts are counted
        with staffed(published) as app:
            for method, path in some:
                response = TestClient(app).request(method, path, headers=headers)
                assert response.status_code == 401
                assert response.headers["WWW-Authenticate"] == "Bearer"
                seen.add(response.text)
    assert len(seen) == 1
    assert json.loads(seen.pop())["error"]["code"] == "unauthorized"


@pytest.mark.parametrize("scheme", ["Basic let-the-staff-enter", "let-the-staff-enter", "Bearer"])
def test_another_scheme_is_no_token(published: DataFolder, scheme: str) -> None:
    with staffed(published) as app:
        assert TestClient(app).get("/v1/releases", headers={"Authorization": scheme}).status_code == 401


def test_where_no_token_is_set_nobody_gets_in(published: DataFolder) -> None:
    with library_over(published) as library:
        client = TestClient(staffed_app(library, token=None))
        for headers in (BEARER, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}, {}):
            assert client.get("/v1/releases", headers=headers).status_code == 401


def test_who_guesses_has_to_wait(published: DataFolder) -> None:
    with staffed(published) as app:
        client = TestClient(app)
        for _ in range(10):
            assert client.get("/v1/releases", headers={"Authorization": "Bearer guess"}).status_code == 401
        for headers in ({"Authorization": "Bearer guess"}, BEARER):
            response = client.get("/v1/releases", headers=headers)
            assert response.status_code == 429
            assert 0 < int(response.headers["Retry-After"]) <= 60
    actions = [json.loads(line) for line in (published.root / "staff.log").read_text().splitlines()]
    assert {"action": "wrong token", "subject": "/v1/releases", "client": "testclient"}.items() <= actions[-1].items()
    assert "guess" not in (published.root / "staff.log").read_text()


def test_the_wait_is_over_a_minute_after_the_tenth_failure_from_behind() -> None:
    now = 1000.0
    clock: Callable[[], float] = lambda: now  # noqa: E731
    slow_down = SlowDown(clock)
    for _ in range(10):
        slow_down.failed("here")
        now += 1
    assert (slow_down.wait("here"), slow_down.wait("there")) == (50, 0)
    now += 50
    assert slow_down.wait("here") == 0


def sent(staff: StaffClient, parts: list[tuple[str, tuple[str | None, bytes]]]) -> httpx2.Response:
    return staff.http.post("/v1/documents", headers=BEARER, files=parts)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([("wrong", ("a.md", b"x"))], "wrong"),
        ([FILE, ("more", (None, b"x"))], "more"),
        ([("files", (None, b"text"))], "files"),
        ([FILE, ("dry_run", (None, b"perhaps"))], "dry_run"),
        ([("dry_run", (None, b"true"))], "files"),
        ([("files", ("../a.md", b"x"))], "files"),
        ([("files", ("/etc/a.md", b"x"))], "files"),
        ([("files", ("a\\b.md", b"x"))], "files"),
        ([("files", ("火" * 67 + ".md", b"x"))], "files"),
        ([("files", ("photo.png", b"x"))], "files"),
        ([("files", (".hidden.md", b"x"))], "files"),
        ([("files", ("broken.zip", b"PK"))], "files"),
    ],
)
def test_an_upload_that_cannot_be_is_refused_by_its_field(staff: StaffClient, parts: list[tuple[str, tuple[str | None, bytes]]], field: str) -> None:
    response = sent(staff, parts)
    assert (response.status_code, response.json()["error"]["field"]) == (422, field)
    assert response.json()["error"]["message"].endswith(".")
    assert not list(staff.get("/v1/documents")["uploads"])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"files=a"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"nonsense"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\ncut off'),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="files"; filename="\xff.md"\r\n\r\nx\r\n--x--\r\n'),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
    ],
)
def test_a_body_that_is_no_form_is_refused(staff: StaffClient, kind: str, body: bytes) -> None:
    response = staff.http.post("/v1/documents", headers=BEARER | {"Content-Type": kind}, content=body)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "invalid"


def form_of(megabytes: int) -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n'
    for _ in range(megabytes):
        yield b"x" * 1_000_000
    yield b"\r\n--x--\r\n"


def announcing(address: str, size: int, headers: dict[str, str]) -> http.client.HTTPResponse:
    """The answer to a request that announces a body and sends nothing of it yet."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest("POST", "/v1/documents")
    for name, value in (headers | {"Content-Length": str(size)}).items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_more_than_200_mb_are_refused_by_the_announced_length_and_while_they_are_read(published: DataFolder) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with staffed(published) as app, serving(app) as address, httpx2.Client(base_url=address, trust_env=False, timeout=60) as client:
        assert announcing(address, 201_000_000, BEARER | kind).status == 413
        assert announcing(address, 201_000_000, kind).status == 401
        streamed = client.post("/v1/documents", headers=BEARER | kind, content=form_of(201))
    assert (streamed.status_code, streamed.json()["error"]["code"]) == (413, "too_large")
    assert "200 MB" in streamed.json()["error"]["message"]
    assert list(published.jobs.iterdir()) == []


def test_an_upload_that_finds_no_room_is_told_as_the_operator_s(tmp_path: Path) -> None:
    async def upload(request: Request) -> PlainTextResponse:
        with pytest.raises(DataFolderUnusable, match="make room"):
            await receive(request, tmp_path / "gone")
        return PlainTextResponse("told")

    client = TestClient(Starlette(routes=[Route("/", upload, methods=["POST"])]))
    assert client.post("/", files={"files": ("moon.md", b"The Moon is grey.")}).text == "told"
