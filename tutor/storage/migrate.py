"""Brings a database to the tables of this version, by as many processes at once as like to: one does it, the others wait."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_LOCK = 0x4E415649  # of PostgreSQL's advisory locks: the one for migrations


def migrate(connection: Connection, revision: str = "head") -> None:
    """Upgrades within the connection's transaction, which the caller commits."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "tutor.storage:migrations")
    command.upgrade(config, revision)
