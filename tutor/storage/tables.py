"""The tables as they stand after the last migration. Everything of a caller hangs on a conversation and goes with it."""

import datetime as dt

from sqlalchemy import Boolean, Column, DateTime, Dialect, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text
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
