"""Readiness, and releases that are missing, unfit, or swapped while students ask."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from loopback import serving
from small_course import GROUNDED, REFUSED, OtherEmbedder, app_over, client_over, library_over, publish

from knowledge_base.release.layout import DataFolder

MOON = "Where does the Moon turn around the Earth?"
QUESTIONS = (GROUNDED, REFUSED, "火箭为什么要分级？", "hello", MOON)


def refusals(client: TestClient) -> list[httpx2.Response]:
    return [
        client.post("/v1/ask", json={"question": GROUNDED}),
        client.get("/v1/search?q=rocket"),
        client.get("/v1/passages/p"),
        client.get("/readyz"),
    ]


def test_a_server_with_a_release_is_alive_and_ready(client: TestClient, published: DataFolder) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json() == {"ready": True, "release": published.current.read_text().strip()}


def test_without_a_release_every_door_says_what_to_run(data: DataFolder) -> None:
    with client_over(data) as client:
        assert client.get("/healthz").status_code == 200
        for response in refusals(client):
            assert response.status_code == 503
            assert response.json() == {"error": {"code": "not_ready", "message": "no release is published yet: run navigator ingest content"}}


def test_a_release_of_another_embedder_is_not_answered_from(published: DataFolder) -> None:
    with client_over(published, embedder=OtherEmbedder()) as client:
        assert client.get("/healthz").status_code == 200
        for response in refusals(client):
            assert response.status_code == 503
            assert "run navigator ingest content" in response.json()["error"]["message"]


def test_the_first_release_is_noticed(data: DataFolder, course: Path) -> None:
    with client_over(data) as client:
        assert client.get("/readyz").status_code == 503
        release = publish(data, course)
        assert client.get("/readyz").json() == {"ready": True, "release": release}


def test_twenty_questions_at_once(server: str) -> None:
    with httpx2.Client(base_url=server, trust_env=False, timeout=30) as client, ThreadPoolExecutor(20) as pool:
        responses = list(pool.map(lambda question: client.post("/v1/ask", json={"question": question}), QUESTIONS * 4))
    kinds = [response.json()["kind"] for response in responses]
    assert kinds == ["grounded", "refused", "grounded", "chat", "grounded"] * 4
    assert len({response.json()["answer_id"] for response in responses}) == 20


def answered(seen: list[tuple[str, str]], release: str) -> None:
    """Waits until a student has had an answer from the release."""
    until = time.monotonic() + 30
    while not any(of == release for of, _answer in seen):
        assert time.monotonic() < until, "no student is answered"
        time.sleep(0.01)


def test_a_release_published_while_students_ask_takes_over_within_two_seconds(data: DataFolder, course: Path) -> None:
    first = publish(data, course)
    seen: list[tuple[str, str]] = []
    done = threading.Event()
    with library_over(data) as library, serving(app_over(library)) as address, httpx2.Client(base_url=address, trust_env=False) as client:

        def keep_asking() -> None:
            while not done.is_set():
                response = client.post("/v1/ask", json={"question": MOON})
                assert response.status_code == 200
                seen.append((response.json()["release"], response.json()["answer"]))

        with ThreadPoolExecutor(4) as pool:
            students = [pool.submit(keep_asking) for _ in range(4)]
            try:
                answered(seen, first)
                (course / "moon.md").write_text(
                    "---\nid: moon.en\nlanguage: en\ntitle: The Moon\n---\nThe Moon turns around the Earth and pulls the sea.\n"
                )
                second = publish(data, course)
                assert came(second, client, within=2.5)  # two, and the look at it
                answered(seen, second)
            finally:
                done.set()
        for student in students:
            student.result()
    assert {release for release, _answer in seen} == {first, second}
    assert all(("pulls the sea" in answer) == (release == second) for release, answer in seen)


def came(release: str, client: httpx2.Client, *, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if client.get("/readyz").json()["release"] == release:
            return True
        time.sleep(0.05)
    return False


def test_a_watch_that_dies_is_logged_and_the_server_lives(published: DataFolder, caplog: pytest.LogCaptureFixture) -> None:
    with library_over(published) as library:
        library.watch = dying  # type: ignore[method-assign]
        with TestClient(app_over(library)) as client:
            assert client.get("/readyz").status_code == 200
    assert "new releases are no longer noticed" in caplog.text


async def dying() -> None:
    raise OSError("no space left on device")
