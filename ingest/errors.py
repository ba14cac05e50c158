"""What can go wrong while reading materials, and whose fault it is.

IngestError
├── NothingToRead     the caller's: a path that does not exist, cannot be listed or holds no material
└── Unreadable        the content's: one file, with the line where it goes wrong
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
