"""The limits on questions: whose they are, what a child is told, what counts as one address, and how many may be under way."""

import asyncio
import re
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from limited import Limited, limits_of
from loopback import serving
from redis_server import PATIENT_S, redis_running
from small_course import GROUNDED, doors_over, library_over
from token_desk import NOW, bearer, good, school

from api import create_app
from api.addresses import network_of
from api.limits import KINDS
from api.patience import CROWD, SUBJECT, UNDER_WAY, please_wait
from api.shared_counting import SharedCounts
from knowledge_base.release.layout import DataFolder

SLOW = 0.05  # seconds that a question needs to get to where it waits


def told(response: httpx2.Response) -> tuple[int, str]:
    """The seconds to wait and the sentence of a refusal."""
    assert response.status_code == 429
    error = response.json()["error"]
    assert error.keys() == {"code", "message"}
    assert error["code"] == "too_many_requests"
    return int(response.headers["retry-after"]), error["message"]


async def test_a_student_gets_so_many_questions_a_minute_and_others_theirs() -> None:
    door = Limited(subject_minute=2)
    assert [(await door.ask()).status_code for _ in range(3)] == [200, 200, 429]
    wait, said = told(await door.ask())
    assert 55 <= wait <= 60
    assert said.startswith("You have asked a lot of good questions!")
    assert (await door.ask("ben")).status_code == 200


async def test_a_day_has_its_own_limit_and_says_so_in_hours() -> None:
    door = Limited(subject_minute=9, subject_day=2)
    assert [(await door.ask()).status_code for _ in range(2)] == [200, 200]
    wait, said = told(await door.ask(locale="zh"))
    assert 86_000 < wait <= 86_400
    assert said == "你问了很多好问题！让我歇一会儿，请在24小时后再问我。"


async def test_a_tenant_and_an_address_have_theirs_whoever_asks() -> None:
    tenant, address = Limited(tenant_minute=2), Limited(address_minute=2)
    for door in (tenant, address):
        assert [(await door.ask(subject)).status_code for subject in "abc"] == [200, 200, 429]
        assert told(await door.ask())[1].startswith("Very many students are asking just now")
    assert (await tenant.ask(tenant="another")).status_code == 200
    assert (await tenant.ask(address="192.0.2.2")).status_code == 429
    assert (await address.ask(address="192.0.2.2")).status_code == 200
    assert (await address.ask(tenant="another")).status_code == 429


async def test_a_refused_question_costs_neither_its_student_nor_the_others_anything() -> None:
    door = Limited(subject_minute=2, address_minute=4, tenant_minute=4)
    for _ in range(6):
        await door.ask("anna")
    assert [(await door.ask("ben")).status_code for _ in range(3)] == [200, 200, 429]
    crowd = Limited(subject_minute=1, address_minute=1)
    assert [(await crowd.ask(subject)).status_code for subject in ("ben", "anna", "anna")] == [200, 429, 429]
    assert (await crowd.ask("anna", address="192.0.2.2")).status_code == 200


async def test_with_no_limit_and_for_nobody_known_nothing_of_a_student_is_counted() -> None:
    assert {(await Limited().ask()).status_code for _ in range(20)} == {200}
    door = Limited(subject_minute=1)
    assert {(await door.ask("")).status_code for _ in range(5)} == {200}


async def test_so_many_questions_of_one_student_may_be_under_way() -> None:
    door = Limited(subject_at_once=2)
    under_way = [asyncio.create_task(door.ask(path="/slow")) for _ in range(2)]
    await asyncio.sleep(SLOW)
    wait, said = told(await door.ask())
    assert wait == 5
    assert said.startswith("I am still answering your other questions.")
    assert (await door.ask("ben")).status_code == 200
    assert door.limits.refused == dict.fromkeys(KINDS, 0) | {"subject-at-once": 1}
    door.go.set()
    assert {response.status_code for response in await asyncio.gather(*under_way)} == {200}
    assert (await door.ask()).status_code == 200


async def test_so_many_from_one_address_too_and_one_that_fails_or_is_refused_is_not_under_way_any_longer() -> None:
    door = Limited(address_at_once=1, subject_minute=2)
    waiting = asyncio.create_task(door.ask(path="/slow"))
    await asyncio.sleep(SLOW)
    assert (await door.ask("ben")).status_code == 429
    waiting.cancel()
    await asyncio.wait([waiting])
    for status in (500, 500, 429, 429):
        assert (await door.ask("ben", path="/broken")).status_code == status
    assert door.limits.refused == dict.fromkeys(KINDS, 0) | {"address-at-once": 1, "subject": 2}
    assert (await door.ask("cora")).status_code == 200


async def test_a_stream_is_under_way_until_it_is_closed() -> None:
    door = Limited(subject_at_once=1)
    who = {"subject": "anna", "tenant": "school"}
    with serving(door.app) as address:
        async with httpx2.AsyncClient(base_url=address, headers=who, trust_env=False) as client:
            async with client.stream("GET", "/stream") as stream:
                lines = stream.aiter_lines()
                await anext(lines)
                assert (await client.get("/")).status_code == 429
            for _ in range(100):
                if (response := await client.get("/")).status_code == 200:
                    break
                await asyncio.sleep(0.02)
            assert response.status_code == 200


async def test_wrong_tokens_are_counted_by_address_and_right_ones_pass() -> None:
    door = Limited(wrong_tokens_minute=2)
    assert [await door.guess("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert await door.guess("192.0.2.2") == 200
    assert (await door.ask(address="192.0.2.1")).status_code == 200
    assert door.limits.refused == dict.fromkeys(KINDS, 0) | {"wrong-token": 1}


async def test_what_is_kept_in_redis_names_nobody() -> None:
    every = {"subject_minute": 9, "subject_day": 9, "tenant_minute": 9, "address_minute": 9}
    with redis_running() as redis:
        door = Limited(SharedCounts(redis.url, patience_s=PATIENT_S), **every)
        async with door.limits.running():
            assert (await door.ask("f" * 64, tenant="school-in-turin")).status_code == 200
        with redis.client() as client:
            keys = list(client.scan_iter())
    assert len(keys) == 4
    assert all(re.fullmatch(r"navigator:LIMITER/[a-z-]+:[0-9a-f]{64}/9/\d+/second", key) for key in keys)


async def test_the_language_is_the_tokens_else_the_browsers() -> None:
    door = Limited(subject_minute=1)
    await door.ask()
    for headers, begins in (
        ({}, "You"),
        ({"accept_language": "zh-CN,zh;q=0.9,en;q=0.8"}, "你"),
        ({"accept_language": "fr"}, "You"),
        ({"accept_language": "zh-CN", "locale": "en"}, "You"),
        ({"accept_language": "en", "locale": "zh"}, "你"),
    ):
        assert told(await door.ask(**headers))[1].startswith(begins)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [(1, "a second", "1秒"), (59, "59 seconds", "59秒"), (119, "119 seconds", "119秒"), (121, "3 minutes", "3分钟"), (7201, "3 hours", "3小时")],
)
def test_a_wait_in_words_is_never_shorter_than_it_is(seconds: int, english: str, chinese: str) -> None:
    for said in (SUBJECT, CROWD, UNDER_WAY):
        assert f" in {english}." in please_wait(said, seconds, "en")
        assert f"在{chinese}后" in please_wait(said, seconds, "zh")


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(client: str, network: str) -> None:
    assert network_of(client) == network


def test_a_student_is_known_by_the_token_and_told_in_its_language(published: DataFolder, tmp_path: Path) -> None:
    with school(published, tmp_path, limits=limits_of(subject_minute=1)) as client:

        def ask(path: str, token: str) -> httpx2.Response:
            return client.post(path, json={"question": GROUNDED}, headers=bearer(token))

        assert ask("/v1/chat", good(locale="zh-CN")).status_code == 200
        for path in ("/v1/ask", "/v1/chat"):
            assert told(ask(path, good(locale="zh-CN")))[1].startswith("你问了很多好问题")
        assert ask("/v1/ask", good(sub="ben")).status_code == 200
        assert ask("/v1/ask", good("other-1")).status_code == 200  # another school's anna
        assert client.get("/v1/search", params={"q": GROUNDED}, headers=bearer(good())).status_code == 200


@pytest.mark.parametrize("door", ["/v1/ask", "/v1/chat"])
def test_an_answer_told_again_costs_no_question_and_neither_does_what_cannot_be_one(published: DataFolder, tmp_path: Path, door: str) -> None:
    with school(published, tmp_path, limits=limits_of(subject_minute=2)) as client:

        def ask(question: str, **more: str) -> int:
            return client.post(door, json={"question": question} | more, headers=bearer(good())).status_code

        assert [ask(GROUNDED, client_message_id="m1") for _ in range(5)] == [200] * 5
        assert [ask(" ") for _ in range(5)] == [422] * 5
        assert ask("Another question?", client_message_id="m1") == 409
        assert ask("Another question?", client_message_id="m2") == 429, "under an id that is taken another question costs one as ever"
        assert ask(GROUNDED, client_message_id="m1") == 200


def test_wrong_tokens_are_soon_told_to_wait_and_those_that_are_only_old_are_not(published: DataFolder, tmp_path: Path) -> None:
    with school(published, tmp_path, limits=limits_of(wrong_tokens_minute=2)) as client:

        def look(token: str) -> int:
            return client.get("/v1/search", params={"q": GROUNDED}, headers=bearer(token)).status_code

        assert [look(good(now=NOW - 3600)) for _ in range(4)] == [401] * 4
        assert [look("nonsense") for _ in range(4)] == [401, 401, 429, 429]
        assert look(good()) == 200


def test_the_door_to_the_tutor_is_limited_and_reading_is_not(published: DataFolder) -> None:
    with library_over(published) as library:
        app = create_app(doors_over(library, limits=limits_of(address_minute=1)))
        with TestClient(app) as client:
            assert [client.post("/v1/ask", json={"question": GROUNDED}).status_code for _ in range(2)] == [200, 429]
            assert client.get("/v1/search", params={"q": GROUNDED}).status_code == 200
