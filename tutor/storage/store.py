"""Turns and judgements in a SQL database; the same statements on SQLite and PostgreSQL."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.remembered import Exchange, JudgedAnswer, Judgement, KeptAnswer, RefusedQuestion, Turn
from tutor.storage.aging import forget_aged
from tutor.storage.database import IDS_AT_ONCE, Database
from tutor.storage.rows import answer_row, citation_rows, conversation_rows, kept_answer, storable
from tutor.storage.tables import answers, citations, conversations, counts, feedback, learners, notes


class SqlStore:
    """A store in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, turns: Sequence[Turn]) -> None:
        """Keeps these turns, all or none."""
        kept = self._database.insert(conversations)
        kept = kept.on_conflict_do_update(index_elements=["conversation"], set_={"latest": kept.excluded.latest})
        cited = [row for turn in turns for row in citation_rows(turn)]
        async with self._database.transaction() as connection:
            await connection.execute(kept, conversation_rows(turns))
            await connection.execute(insert(answers), [answer_row(turn) for turn in turns])
            if cited:
                await connection.execute(insert(citations), cited)

    async def recent(self, conversation: str, since: dt.datetime, most: int) -> tuple[Exchange, ...]:
        """The newest turns of a conversation, by its key, that were asked since then; newest last."""
        names = (answers.c.answer_id, answers.c.asked_at, answers.c.question, answers.c.kind, answers.c.language, answers.c.topic)
        own = select(*names).where(answers.c.conversation == conversation, answers.c.asked_at >= since)
        wanted = own.order_by(answers.c.asked_at.desc(), answers.c.answer_id).limit(most)
        async with self._database.transaction() as connection:
            return tuple(Exchange(*row) for row in reversed((await connection.execute(wanted)).all()))

    async def last_answer(self, conversation: str) -> KeptAnswer | None:
        """The newest answer of a conversation, by its key, that is no small talk."""
        own = (answers.c.conversation == conversation) & (answers.c.kind != "chat")
        wanted = select(answers).where(own).order_by(answers.c.asked_at.desc(), answers.c.answer_id).limit(1)
        return await self._database.in_time(self._kept_answer(wanted))

    async def answer(self, caller: str, answer_id: str) -> KeptAnswer | None:
        """One of the caller's answers."""
        own = (answers.c.answer_id == storable(answer_id)) & (answers.c.caller == caller)
        return await self._database.in_time(self._kept_answer(select(answers).where(own)))

    async def _kept_answer(self, wanted: Select[Any]) -> KeptAnswer | None:
        async with self._database.transaction() as connection:
            row = (await connection.execute(wanted)).one_or_none()
            if row is None:
                return None
            cited = select(citations).where(citations.c.answer_id == row.answer_id, citations.c.quote != "").order_by(citations.c.n)
            return kept_answer(row, (await connection.execute(cited)).all())

    async def judge(self, caller: str, judgement: Judgement) -> bool:
        """Keeps what the caller thinks of an answer, in place of what was thought before; False when the caller has no such answer."""
        values = {
            "helpful": literal(judgement.helpful, feedback.c.helpful.type),
            "comment": literal(storable(judgement.comment) if judgement.comment else None, feedback.c.comment.type),
            "at": literal(judgement.at, feedback.c.at.type),
        }
        own = select(answers.c.answer_id, *values.values()).where(answers.c.answer_id == storable(judgement.answer_id), answers.c.caller == caller)
        kept = self._database.insert(feedback).from_select(["answer_id", *values], own)
        kept = kept.on_conflict_do_update(index_elements=["answer_id"], set_={name: kept.excluded[name] for name in values})
        async with self._database.transaction() as connection:
            return (await connection.execute(kept)).rowcount == 1

    async def erase(self, caller: str) -> None:
        """Deletes everything of one caller."""
        async with self._database.transaction() as connection:
            for table in (conversations, learners, counts, notes):
                await connection.execute(delete(table).where(table.c.caller == caller))
        await self._database.scrub()

    async def forget_before(self, moment: dt.datetime) -> int:
        """Deletes the turns asked before that with all that hangs on them, and the learners not seen since; how many turns."""
        async with self._database.transaction() as connection:
            gone = await connection.execute(delete(answers).where(answers.c.asked_at < moment))
            await connection.execute(delete(conversations).where(conversations.c.latest < moment))
            await connection.execute(delete(learners).where(learners.c.seen < moment))
        await self._database.scrub()
        return gone.rowcount

    async def forget_aged(self, now: dt.datetime) -> None:
        """Deletes what is kept for an hour or a day at most."""
        async with self._database.transaction() as connection:
            await forget_aged(connection, now)

    async def forget_passages(self, passage_ids: Sequence[str]) -> int:
        """Blanks what is quoted of these passages, and the answers that quote them; how many quotes."""
        blanked = 0
        async with self._database.transaction() as connection:
            for start in range(0, len(passage_ids), IDS_AT_ONCE):
                blanked += await _blank(connection, passage_ids[start : start + IDS_AT_ONCE])
        await self._database.scrub()
        return blanked

    async def refused(self, most: int) -> tuple[RefusedQuestion, ...]:
        """The newest refused questions, newest first."""
        names = (answers.c.answer_id, answers.c.caller, answers.c.asked_at, answers.c.language, answers.c.question, answers.c.topic)
        wanted = select(*names).where(answers.c.kind == "refused").order_by(answers.c.asked_at.desc(), answers.c.answer_id).limit(most)
        async with self._database.transaction() as connection:
            return tuple(RefusedQuestion(*row) for row in await connection.execute(wanted))

    async def judged(self, most: int) -> tuple[JudgedAnswer, ...]:
        """The newest judgements, newest first."""
        names = (feedback.c.answer_id, feedback.c.helpful, feedback.c.comment, feedback.c.at, answers.c.kind, answers.c.language, answers.c.topic)
        wanted = select(*names).join(answers).order_by(feedback.c.at.desc(), feedback.c.answer_id).limit(most)
        async with self._database.transaction() as connection:
            return tuple(JudgedAnswer(Judgement(*row[:4]), *row[4:]) for row in await connection.execute(wanted))

    async def tallies(self) -> dict[str | None, tuple[int, int]]:
        """For each document, how many of the judged answers about it helped and how many did not."""
        helpful = func.sum(case((feedback.c.helpful, 1), else_=0))
        wanted = select(answers.c.topic, helpful, func.count() - helpful).select_from(feedback.join(answers)).group_by(answers.c.topic)
        async with self._database.transaction() as connection:
            return {topic: (int(yes), int(no)) for topic, yes, no in await connection.execute(wanted)}

    async def close(self) -> None:
        """Frees everything; the next call opens it again."""
        await self._database.close()


async def _blank(connection: AsyncConnection, passage_ids: Sequence[str]) -> int:
    quoting = select(citations.c.answer_id).where(citations.c.passage_id.in_(passage_ids))
    await connection.execute(update(answers).where(answers.c.answer_id.in_(quoting)).values(answer=""))
    quoted = update(citations).where(citations.c.passage_id.in_(passage_ids), citations.c.quote != "")
    return (await connection.execute(quoted.values(quote="", title="", section=None, url=None))).rowcount
