"""What every store keeps, finds and forgets, on SQLite and on a real PostgreSQL alike."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from kept_turns import CITATION, NOON, answer, judgement, turn
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from tutor.errors import MemoryUnavailable
from tutor.remembered import JudgedAnswer, KeptAnswer, RefusedQuestion
from tutor.storage import SqlStore
from tutor.storage.tables import answers, citations

LATER = NOON + dt.timedelta(hours=1)
BEFORE = NOON - dt.timedelta(days=31)
BEIJING = dt.timezone(dt.timedelta(hours=8))


async def test_a_new_store_is_empty(store: SqlStore) -> None:
    assert (await store.refused(9), await store.judged(9), await store.tallies()) == ((), (), {})
    await store.erase("nobody")
    assert await store.forget_before(LATER) == 0
    assert await store.forget_passages([]) == 0


async def test_refused_questions_come_newest_first_with_their_nearest_document(store: SqlStore) -> None:
    old, new = turn(answer("refused"), question="old", at=BEFORE), turn(answer("refused", language="zh"), caller="bo", question="新的？")
    await store.add([new, turn(), turn(answer("chat")), turn(answer("blocked")), old])
    expected = RefusedQuestion(new.answer.answer_id, "bo", NOON, "zh", "新的？", "rockets.en")
    assert await store.refused(1) == (expected,)
    assert [one.question for one in await store.refused(9)] == ["新的？", "old"]


async def test_times_come_back_aware_and_in_utc_whatever_zone_they_were_given_in(store: SqlStore) -> None:
    await store.add([turn(answer("refused"), at=NOON.astimezone(BEIJING))])
    asked_at = (await store.refused(1))[0].asked_at
    assert (asked_at, asked_at.tzinfo) == (NOON, dt.UTC)


async def test_a_judgement_is_kept_beside_its_answer_and_the_next_replaces_it(store: SqlStore) -> None:
    asked = turn()
    await store.add([asked])
    assert await store.judge("anna", judgement(asked, comment="good"))
    changed = judgement(asked, helpful=False, at=LATER)
    assert await store.judge("anna", changed)
    assert await store.judged(9) == (JudgedAnswer(changed, "grounded", "en", "rockets.en"),)
    assert await store.tallies() == {"rockets.en": (0, 1)}


async def test_nobody_judges_another_s_answer_or_one_that_is_not_there(store: SqlStore) -> None:
    asked = turn()
    await store.add([asked])
    assert not await store.judge("bo", judgement(asked))
    assert not await store.judge("anna", replace(judgement(asked), answer_id="' OR 1=1; DROP TABLE answers; --"))
    assert await store.judged(9) == ()


async def test_judgements_are_counted_for_each_document(store: SqlStore) -> None:
    turns = [turn(), turn(caller="bo"), turn(answer("refused")), turn(answer("chat"))]
    await store.add(turns)
    for number, one in enumerate(turns):
        await store.judge(one.caller, judgement(one, helpful=number != 1, at=NOON + dt.timedelta(seconds=number)))
    assert await store.tallies() == {"rockets.en": (2, 1), None: (1, 0)}
    assert [one.kind for one in await store.judged(3)] == ["chat", "refused", "grounded"]


async def test_whatever_is_written_is_kept_as_it_is_but_for_what_no_database_takes(store: SqlStore) -> None:
    for text in ("x" * 2000, "🚀" * 2000, "Robert'); DROP TABLE answers;--", "100 % %s :name ? $1 {}", "\\", "a\0b", "half \ud83d", "\u202e\x07"):
        asked = turn(answer("refused", text=text), question=text)
        await store.add([asked])
        await store.judge("anna", judgement(asked, comment=text))
        kept = text.replace("\0", "").replace("\ud83d", "?")
        assert [one.question for one in await store.refused(99) if one.answer_id == asked.answer.answer_id] == [kept]
        assert [one.judgement.comment for one in await store.judged(99) if one.judgement.answer_id == asked.answer.answer_id] == [kept]


async def test_erasing_a_caller_leaves_the_others(store: SqlStore) -> None:
    mine, others = turn(answer("refused")), turn(answer("refused"), caller="bo")
    await store.add([mine, others])
    for one in (mine, others):
        await store.judge(one.caller, judgement(one))
    for _again in range(2):
        await store.erase("anna")
        assert [one.caller for one in await store.refused(9)] == ["bo"]
        assert [one.judgement.answer_id for one in await store.judged(9)] == [others.answer.answer_id]
    assert not await store.judge("anna", judgement(mine))


async def test_what_is_too_old_goes_and_what_is_not_stays_even_in_one_conversation(store: SqlStore) -> None:
    old, new, other = turn(answer("refused"), at=BEFORE), turn(answer("refused")), turn(answer("refused"), caller="bo", at=BEFORE)
    await store.add([old, other])
    await store.judge("anna", judgement(old))
    await store.add([new])
    assert await store.forget_before(NOON) == 2
    assert [one.answer_id for one in await store.refused(9)] == [new.answer.answer_id]
    assert await store.judged(9) == ()
    assert await store.forget_before(NOON) == 0
    await store.add([turn(caller="bo")])


async def test_withdrawn_passages_are_blanked_with_the_answers_that_quote_them(store: SqlStore, engine: AsyncEngine) -> None:
    other = replace(CITATION, n=2, passage_id="p2", quote="Thrust pushes.")
    both, second = turn(answer(citations=(CITATION, other))), turn(answer(citations=(other,), text="Thrust pushes. [2]"), caller="bo")
    await store.add([both, second])
    assert await store.forget_passages(["p1", *(f"x{number}" for number in range(1200))]) == 1
    assert await store.forget_passages(["p1"]) == 0
    async with engine.connect() as connection:
        texts = dict((await connection.execute(select(answers.c.answer_id, answers.c.answer))).all())
        quotes = (await connection.execute(select(citations.c.passage_id, citations.c.quote, citations.c.title, citations.c.url))).all()
    assert texts == {both.answer.answer_id: "", second.answer.answer_id: "Thrust pushes. [2]"}
    assert set(quotes) == {("p1", "", "", None), ("p2", other.quote, other.title, other.url)}


async def test_the_last_answer_of_a_conversation_comes_back_as_it_was_cited_and_small_talk_is_none(store: SqlStore) -> None:
    first, last = turn(answer("refused")), turn(answer(citations=(CITATION, replace(CITATION, n=2, page=None, position_s=None))), at=LATER)
    await store.add([first, turn(answer("chat"), at=LATER + dt.timedelta(minutes=1)), turn(caller="bo", at=LATER), last])
    given = last.answer
    expected = KeptAnswer(given.answer_id, LATER, "grounded", "en", given.text, given.citations)
    assert await store.last_answer("anna's talk") == expected == await store.answer("anna", given.answer_id)
    assert await store.last_answer("nobody's talk") is None
    for caller, answer_id in (("bo", given.answer_id), ("anna", "a0"), ("anna", "'; --\0")):
        assert await store.answer(caller, answer_id) is None
    await store.erase("anna")
    assert await store.last_answer("anna's talk") is None


async def test_what_was_withdrawn_is_not_cited_again(store: SqlStore) -> None:
    other = replace(CITATION, n=2, passage_id="p2")
    await store.add([turn(answer(citations=(CITATION, other), text="Two. [1] [2]"))])
    await store.forget_passages(["p1"])
    last = await store.last_answer("anna's talk")
    assert last is not None
    assert (last.citations, last.text) == ((other,), "")
    assert (last.citation(1), last.citation(2)) == (None, other)


async def test_a_batch_is_kept_whole_or_not_at_all(store: SqlStore) -> None:
    twice = answer("refused")
    with pytest.raises(MemoryUnavailable) as refused:
        await store.add([turn(answer("refused")), turn(twice, question="hush"), turn(twice, question="hush")])
    assert "hush" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert await store.refused(9) == ()


async def test_fifty_turns_recorded_at_once_are_all_kept(store: SqlStore) -> None:
    turns = [turn(answer("refused"), caller=f"caller {number % 7}") for number in range(50)]
    await asyncio.gather(*(store.add([one]) for one in turns))
    await asyncio.gather(*(store.judge(one.caller, judgement(one)) for one in turns))
    assert len(await store.refused(99)) == len(await store.judged(99)) == 50


async def test_a_closed_store_opens_again(store: SqlStore) -> None:
    await store.add([turn(answer("refused"))])
    await store.close()
    assert len(await store.refused(9)) == 1
