"""Opens a database by where it is."""

from pathlib import Path

from tutor.storage import Database, postgresql, sqlite


def database_at(place: str) -> Database:
    """The database at an address, or in a file."""
    return postgresql(place) if "://" in place else sqlite(Path(place))
