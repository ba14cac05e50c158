"""Alembic's entry: migrates the connection that it is handed. ``render_as_batch`` because SQLite alters a table by copying it."""

from alembic import context

from tutor.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
