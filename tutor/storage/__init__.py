"""Where what the tutor remembers is kept: SQL, and the only room for it."""

from tutor.storage.database import Database
from tutor.storage.engine import postgresql, sqlite
from tutor.storage.store import SqlStore

__all__ = ["Database", "SqlStore", "postgresql", "sqlite"]
