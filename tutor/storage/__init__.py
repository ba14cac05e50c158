"""Where what the tutor remembers is kept: SQL, and the only room for it."""

from tutor.storage.database import Database
from tutor.storage.engine import postgresql, sqlite
from tutor.storage.inbox import SqlInbox
from tutor.storage.learners import Limits, SqlLearners
from tutor.storage.store import SqlStore

__all__ = ["Database", "Limits", "SqlInbox", "SqlLearners", "SqlStore", "postgresql", "sqlite"]
