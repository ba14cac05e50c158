"""What is kept of a learner, and the limits on questions, on SQLite and on a real PostgreSQL alike."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from database_at import database_at
from kept_turns import NOON, answer, judgement, turn
from set_clock import Clock

from tutor.learners import Kept, Learner
from tutor.storage import Database, Limits, SqlLearners, SqlStore

ANNA = Learner(language="zh", grade_band="4-6", conversation_id="talk", lesson="rockets", quiz='{"asked": ["q1"]}')


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def learners(database: Database, clock: Clock) -> SqlLearners:
    return SqlLearners(database, Limits(3, 5), clock=clock)


async def admitted(learners: SqlLearners, count: int, caller: str = "anna") -> list[float]:
    return [await learners.admit(caller) for _ in range(count)]


async def test_nobody_known_is_a_learner_who_chose_nothing(learners: SqlLearners) -> None:
    assert await learners.learner("anna") == Learner()
    assert (await learners.kept("anna")).nothing


async def test_what_is_kept_comes_back_and_the_next_takes_its_place(learners: SqlLearners) -> None:
    await learners.keep("anna", ANNA)
    await learners.keep("bo", Learner(language="en"))
    assert await learners.learner("anna") == ANNA
    await learners.keep("anna", replace(ANNA, quiz=None, lesson="moon"))
    assert await learners.learner("anna") == replace(ANNA, quiz=None, lesson="moon")
    assert await learners.learner("bo") == Learner(language="en")


async def test_of_a_learner_who_chose_nothing_any_more_nothing_is_kept(learners: SqlLearners) -> None:
    await learners.keep("anna", ANNA)
    assert (await learners.kept("anna")).learner
    await learners.keep("anna", Learner())
    assert (await learners.kept("anna")).nothing


async def test_any_text_is_kept_but_for_what_no_database_takes_and_none_that_is_too_long(learners: SqlLearners) -> None:
    for text in ("🚀" * 4000, "'); DROP TABLE learners;--", "a\0b", "half \ud83d", "\u202e\x07", ""):
        await learners.keep("anna", Learner(quiz=text))
        assert (await learners.learner("anna")).quiz == text.replace("\0", "").replace("\ud83d", "?")
    for long in (Learner(quiz="x" * 4001), Learner(lesson="x" * 201), Learner(conversation_id="x" * 201)):
        with pytest.raises(ValueError, match="characters: keep"):
            await learners.keep("anna", long)


async def test_how_much_is_kept_is_counted_for_each_caller(learners: SqlLearners, store: SqlStore) -> None:
    mine = [turn(answer("refused")), turn()]
    await store.add([*mine, turn(caller="bo")])
    await store.judge("anna", judgement(mine[0]))
    assert await learners.kept("anna") == Kept(answers=2, judgements=1, learner=False)
    await learners.keep("anna", ANNA)
    assert await learners.kept("anna") == Kept(answers=2, judgements=1, learner=True)
    assert await learners.kept("bo") == Kept(answers=1, judgements=0, learner=False)


async def test_erasing_leaves_nothing_of_a_caller_and_all_of_the_others(learners: SqlLearners, store: SqlStore) -> None:
    for caller in ("anna", "bo"):
        await store.add([turn(caller=caller)])
        await learners.keep(caller, ANNA)
        await admitted(learners, 3, caller)
    await store.erase("anna")
    assert (await learners.kept("anna")).nothing
    assert await learners.admit("anna") == 0.0
    assert await learners.kept("bo") == Kept(answers=1, judgements=0, learner=True)
    assert await learners.admit("bo") > 0.0


async def test_a_minute_begins_with_its_first_question_and_the_wait_is_what_is_left_of_it(learners: SqlLearners, clock: Clock) -> None:
    assert await learners.admit("anna") == 0.0
    clock.move(seconds=20)
    assert await admitted(learners, 3) == [0.0, 0.0, 40.0]
    assert await learners.admit("bo") == 0.0
    clock.move(seconds=39)
    assert await learners.admit("anna") == 1.0
    clock.move(seconds=1)
    assert await learners.admit("anna") == 0.0


async def test_a_day_has_its_own_limit_and_what_was_refused_is_not_counted(learners: SqlLearners, clock: Clock) -> None:
    assert await admitted(learners, 9) == [0.0] * 3 + [60.0] * 6
    clock.move(minutes=1)
    assert await admitted(learners, 3) == [0.0, 0.0, 24 * 3600 - 60.0]
    clock.move(hours=23, minutes=59)
    assert await admitted(learners, 4) == [0.0] * 3 + [60.0]


@pytest.mark.parametrize(("per_minute", "per_day", "free"), [(0, 0, 50), (0, 4, 4), (2, 0, 2)])
async def test_0_sets_no_limit(database: Database, clock: Clock, per_minute: int, per_day: int, free: int) -> None:
    waits = await admitted(SqlLearners(database, Limits(per_minute, per_day), clock=clock), 50)
    assert [wait == 0.0 for wait in waits] == [True] * free + [False] * (50 - free)


async def test_a_clock_that_is_set_back_locks_nobody_out_for_long(learners: SqlLearners, clock: Clock) -> None:
    await admitted(learners, 3)
    clock.move(seconds=-30)
    assert await learners.admit("anna") == 60.0
    clock.move(days=-400)
    assert await admitted(learners, 4) == [0.0] * 3 + [60.0]
    clock.move(days=800)
    assert await learners.admit("anna") == 0.0


async def test_questions_at_once_are_counted_one_by_one_whichever_server_hears_them(place: str, database: Database, clock: Clock) -> None:
    other = SqlLearners(database_at(place), Limits(0, 20), clock=clock)
    async with other.running():
        servers = [SqlLearners(database, Limits(0, 20), clock=clock), other]
        waits = await asyncio.gather(*(servers[number % 2].admit("anna") for number in range(60)))
    assert waits.count(0.0) == 20
    assert len(set(waits)) == 2


async def test_learners_who_stay_away_are_forgotten_and_those_who_ask_are_not(learners: SqlLearners, store: SqlStore, clock: Clock) -> None:
    for caller in ("anna", "bo"):
        await learners.keep(caller, ANNA)
    clock.move(days=20)
    await learners.admit("anna")
    await store.forget_before(NOON + dt.timedelta(days=1))
    assert [(await learners.kept(caller)).learner for caller in ("anna", "bo")] == [True, False]


async def test_counts_are_forgotten_after_a_day(learners: SqlLearners, store: SqlStore, clock: Clock) -> None:
    await admitted(learners, 3)
    clock.move(seconds=10)
    await store.forget_aged(clock())
    assert await learners.admit("anna") == 50.0
    clock.move(days=1)
    await store.forget_aged(clock())
    clock.move(days=-1)
    assert await learners.admit("anna") == 0.0
