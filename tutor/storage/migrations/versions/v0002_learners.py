"""Learners with their choices, how much they asked lately, and what messengers delivered."""

import sqlalchemy as sa
from alembic import op

from tutor.storage.tables import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "learners",
        sa.Column("caller", sa.String, primary_key=True),
        sa.Column("language", sa.String),
        sa.Column("grade_band", sa.String),
        sa.Column("conversation_id", sa.Text),
        sa.Column("lesson", sa.Text),
        sa.Column("quiz", sa.Text),
        sa.Column("seen", UtcDateTime, nullable=False, index=True),
    )
    op.create_table(
        "counts",
        sa.Column("caller", sa.String, primary_key=True),
        sa.Column("minute", UtcDateTime, nullable=False),
        sa.Column("in_minute", sa.Integer, nullable=False),
        sa.Column("day", UtcDateTime, nullable=False, index=True),
        sa.Column("in_day", sa.Integer, nullable=False),
    )
    op.create_table(
        "updates",
        sa.Column("bot", sa.String, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("taken", UtcDateTime, nullable=False, index=True),
    )
    op.create_table(
        "notes",
        sa.Column("bot", sa.String, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("taken", UtcDateTime, nullable=False),
        sa.Column("caller", sa.String),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("holder", sa.String),
        sa.Column("lease", UtcDateTime),
    )


def downgrade() -> None:
    """Forgets them."""
    for table in ("notes", "updates", "counts", "learners"):
        op.drop_table(table)
