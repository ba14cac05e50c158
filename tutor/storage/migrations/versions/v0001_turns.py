"""Conversations, their answers with citations, and what callers thought of them."""

import sqlalchemy as sa
from alembic import op

from tutor.storage.tables import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "conversations",
        sa.Column("conversation", sa.String, primary_key=True),
        sa.Column("caller", sa.String, nullable=False, index=True),
        sa.Column("created", UtcDateTime, nullable=False),
        sa.Column("latest", UtcDateTime, nullable=False, index=True),
    )
    op.create_table(
        "answers",
        sa.Column("answer_id", sa.String, primary_key=True),
        sa.Column("conversation", sa.String, sa.ForeignKey("conversations.conversation", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("caller", sa.String, nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False, index=True),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("release", sa.String, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("lesson", sa.Text),
        sa.Column("grade_band", sa.String),
        sa.Column("topic", sa.Text),
        sa.Index("ix_answers_kind_asked_at", "kind", "asked_at"),
    )
    op.create_table(
        "citations",
        sa.Column("answer_id", sa.String, sa.ForeignKey("answers.answer_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("passage_id", sa.String, nullable=False, index=True),
        sa.Column("doc_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("page", sa.Integer),
        sa.Column("position_s", sa.Float),
        sa.Column("url", sa.Text),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("as_of", sa.String),
        sa.Column("score", sa.Float, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.String, sa.ForeignKey("answers.answer_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    """Forgets everything."""
    for table in ("feedback", "citations", "answers", "conversations"):
        op.drop_table(table)
