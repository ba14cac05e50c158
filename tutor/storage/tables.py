"""The tables as they stand after the last migration.

What was asked hangs on a conversation and goes with it; so do a caller's row of `learners` and of `counts` and their `notes` when they are erased.
"""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware times in UTC, whatever the database makes of a time zone: SQLite forgets it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


metadata = MetaData()


def _answer_id() -> Column[str]:
    return Column("answer_id", String, ForeignKey("answers.answer_id", ondelete="CASCADE"), primary_key=True)


conversations = Table(
    "conversations",
    metadata,
    Column("conversation", String, primary_key=True),
    Column("caller", String, nullable=False, index=True),
    Column("created", UtcDateTime, nullable=False),
    Column("latest", UtcDateTime, nullable=False, index=True),
)

answers = Table(
    "answers",
    metadata,
    Column("answer_id", String, primary_key=True),
    Column("conversation", String, ForeignKey("conversations.conversation", ondelete="CASCADE"), nullable=False, index=True),
    Column("caller", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("answer", Text, nullable=False),
    Column("engine", String, nullable=False),
    Column("release", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("lesson", Text),
    Column("grade_band", String),
    Column("topic", Text),
    Index("ix_answers_kind_asked_at", "kind", "asked_at"),
)

citations = Table(
    "citations",
    metadata,
    _answer_id(),
    Column("n", Integer, primary_key=True),
    Column("passage_id", String, nullable=False, index=True),
    Column("doc_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("section", Text),
    Column("page", Integer),
    Column("position_s", Float),
    Column("url", Text),
    Column("quote", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("as_of", String),
    Column("score", Float, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    _answer_id(),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    Column("at", UtcDateTime, nullable=False, index=True),
)

learners = Table(
    "learners",
    metadata,
    Column("caller", String, primary_key=True),
    Column("language", String),
    Column("grade_band", String),
    Column("conversation_id", Text),
    Column("lesson", Text),
    Column("quiz", Text),
    Column("seen", UtcDateTime, nullable=False, index=True),
)

counts = Table(
    "counts",
    metadata,
    Column("caller", String, primary_key=True),
    Column("minute", UtcDateTime, nullable=False),  # when it began
    Column("in_minute", Integer, nullable=False),
    Column("day", UtcDateTime, nullable=False, index=True),
    Column("in_day", Integer, nullable=False),
)


def _update_key() -> tuple[Column[str], Column[int]]:
    return Column("bot", String, primary_key=True), Column("update_id", BigInteger, primary_key=True, autoincrement=False)


updates = Table("updates", metadata, *_update_key(), Column("taken", UtcDateTime, nullable=False, index=True))

# Those of the updates that are not done: few, however many were.
notes = Table(
    "notes",
    metadata,
    *_update_key(),
    Column("taken", UtcDateTime, nullable=False),
    Column("caller", String),
    Column("sealed", LargeBinary, nullable=False),
    Column("holder", String),  # the process that is at work on it, until its lease ends
    Column("lease", UtcDateTime),
)
