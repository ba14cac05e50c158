"""Counting within bounds, in a process and in a real Redis: all or nothing, true waits, and a Redis in trouble that stops nobody."""

import asyncio
import logging
import time
from collections.abc import Iterator

import pytest
from redis_server import PATIENT_S, RedisServer, redis_running

from api.counting import Bound, Counts, OwnCounts
from api.shared_counting import CONNECTIONS, PAUSE_S, SharedCounts

TWICE, WIDE = Bound("one", 2, 60), Bound("all", 100, 60)
HURRIED_S = 2.0  # that long a Redis that hangs is waited for here; more than this machine may stand still


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def running() -> Iterator[RedisServer]:
    with redis_running() as server:
        yield server


@pytest.fixture
def redis(running: RedisServer) -> RedisServer:
    """A server of which nobody has counted anything."""
    with running.client() as client:
        client.flushall()
    return running


@pytest.fixture(params=["own", "shared"])
def counts(request: pytest.FixtureRequest) -> Counts:
    return OwnCounts() if request.param == "own" else SharedCounts(request.getfixturevalue("redis").url, patience_s=PATIENT_S)


async def spent(counts: Counts, *bounds: Bound) -> bool:
    return await counts.spend(bounds) is None


async def test_what_is_beyond_a_bound_is_refused_until_its_time_is_over(counts: Counts) -> None:
    second = Bound("one", 2, 2)
    async with counts.running():
        assert [await spent(counts, second) for _ in range(3)] == [True, True, False]
        full = await counts.spend([second])
        assert full is not None
        assert full.bound == second
        assert 1 <= full.wait <= 2
        await asyncio.sleep(full.wait)
        assert await spent(counts, second)


async def test_a_refused_question_costs_nothing_on_any_bound(counts: Counts) -> None:
    other = Bound("two", 3, 60)
    async with counts.running():
        assert await spent(counts, TWICE)
        assert await spent(counts, TWICE)
        for _ in range(5):
            assert not await spent(counts, other, TWICE)
        assert [await spent(counts, other) for _ in range(4)] == [True, True, True, False]


async def test_the_wait_is_the_longest_of_all_bounds_that_are_full(counts: Counts) -> None:
    minute, day = Bound("one", 1, 60), Bound("one-day", 1, 86_400)
    async with counts.running():
        assert await spent(counts, minute, day)
        full = await counts.spend([minute, day])
    assert full is not None
    assert full.bound == day
    assert 86_390 < full.wait <= 86_400


async def test_many_at_once_do_not_get_beyond_a_bound(counts: Counts) -> None:
    async with counts.running():
        went = await asyncio.gather(*(spent(counts, TWICE, WIDE) for _ in range(40)))
    assert went.count(True) == 2


async def test_several_servers_count_together_and_what_they_count_goes_by_itself(redis: RedisServer) -> None:
    one, other = (SharedCounts(redis.url, patience_s=PATIENT_S) for _ in range(2))
    async with one.running(), other.running():
        assert [await spent(counts, TWICE, WIDE) for counts in (one, other, one)] == [True, True, False]
    with redis.client() as client:
        keys = list(client.scan_iter())
        assert len(keys) == 2
        assert all(key.startswith("navigator") and 0 < client.ttl(key) <= 60 for key in keys)


async def test_a_redis_that_has_ended_stops_nobody_and_counts_again_when_it_is_back(redis: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    counts = SharedCounts(redis.url, patience_s=PATIENT_S, clock=clock)
    async with counts.running():
        assert await spent(counts, TWICE)
        redis.end()
        try:
            assert [await spent(counts, TWICE) for _ in range(3)] == [True, True, False]
            clock.now += PAUSE_S
            assert not await spent(counts, TWICE)  # looked again, and not there yet
        finally:
            redis.start()
        assert not await spent(counts, TWICE)  # left alone for the pause
        clock.now += PAUSE_S
        assert [await spent(counts, TWICE) for _ in range(3)] == [True, True, False]  # it has forgotten
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 2
    assert "counts questions for itself" in lines[0]
    assert "is back" in lines[1]


async def test_whether_it_answers_is_told_in_time(redis: RedisServer) -> None:
    counts = SharedCounts(redis.url, patience_s=HURRIED_S)
    async with counts.running():
        assert await counts.answers()
        redis.freeze()
        began = time.monotonic()
        try:
            assert not await counts.answers()
            assert time.monotonic() - began < 2 * HURRIED_S
        finally:
            redis.thaw()


async def test_a_restart_between_two_questions_is_not_noticed(redis: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    counts = SharedCounts(redis.url, patience_s=PATIENT_S)
    async with counts.running():
        assert await spent(counts, TWICE)
        redis.end()
        redis.start()
        assert await spent(counts, TWICE)
    assert not caplog.records


async def test_a_redis_that_hangs_keeps_a_question_waiting_once_and_not_long(redis: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    counts = SharedCounts(redis.url, patience_s=HURRIED_S, clock=clock)
    async with counts.running():
        assert await spent(counts, WIDE)
        redis.freeze()
        try:
            started = time.perf_counter()
            assert all(await asyncio.gather(*(spent(counts, WIDE) for _ in range(20))))
            assert time.perf_counter() - started < 2 * HURRIED_S
            started = time.perf_counter()
            assert await spent(counts, WIDE)
            assert time.perf_counter() - started < HURRIED_S / 2
        finally:
            redis.thaw()
        clock.now += PAUSE_S
        assert await spent(counts, WIDE)
    assert [record.getMessage().partition("(")[2][:9] for record in caplog.records] == ["no answer", ""]


async def test_a_full_redis_stops_nobody(redis: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    counts = SharedCounts(redis.url, patience_s=PATIENT_S)
    with redis.client() as client:
        client.config_set("maxmemory", "1")
        async with counts.running():
            try:
                assert [await spent(counts, TWICE) for _ in range(3)] == [True, True, False]
            finally:
                client.config_set("maxmemory", "0")
    assert len(caplog.records) == 1


async def test_what_is_no_redis_at_all_stops_nobody_and_its_password_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    counts = SharedCounts(f"redis://user:secret-word@127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
    async with server, counts.running():
        assert [await spent(counts, TWICE) for _ in range(3)] == [True, True, False]
    assert len(caplog.records) == 1
    assert "secret-word" not in caplog.text


async def test_more_questions_at_once_than_connections_wait_for_one(redis: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    counts = SharedCounts(redis.url, patience_s=PATIENT_S)
    async with counts.running():
        assert all(await asyncio.gather(*(spent(counts, WIDE) for _ in range(CONNECTIONS + 10))))
    assert not caplog.records
