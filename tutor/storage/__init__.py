"""Where the memory is kept: SQL, and the only room for it."""

from tutor.storage.engine import postgresql, sqlite
from tutor.storage.store import SqlStore

__all__ = ["SqlStore", "postgresql", "sqlite"]
