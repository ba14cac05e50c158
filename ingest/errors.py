"""What can go wrong while reading materials, and whose fault it is.

IngestError
├── NothingToRead     the caller's: a path that does not exist, cannot be listed or holds no material
├── Unreadable        the content's: one file, with the line where it goes wrong
├── BadName           the caller's: an uploaded file's name that no folder should hold
└── UnknownJob        the caller's: no staff job of that id, or not one that this can be done to
"""


class IngestError(Exception):
    """Anything this room raises on purpose; its text is one line that says what to do."""


class NothingToRead(IngestError):
    """A path that does not exist, cannot be listed or holds no material."""


class Unreadable(IngestError):
    """One file that cannot be read as what it claims to be; `line` counts from one."""

    def __init__(self, what: str, *, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


class BadName(IngestError):
    """An uploaded file's name that leads out of its folder, is absolute, too long or not printable."""


class UnknownJob(IngestError):
    """No job has this id, or it is not in a state in which this can be done to it."""
