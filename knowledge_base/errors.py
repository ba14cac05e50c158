"""What can go wrong with knowledge, and whose fault it is.

KnowledgeError
├── ContentError            the content's: a file that cannot be read as what it claims to be
├── OperatorError           the operator's: set up, repaired or published differently, it works
│   ├── NoRelease               nothing is published yet
│   ├── UnknownRelease          a release id that is not on disk
│   ├── EmbedderMismatch        the release was built by another embedder
│   ├── ReleaseDamaged          a release's files do not match its manifest
│   ├── ModelUnavailable        the embedding model cannot be read or prepared
│   ├── DataFolderUnusable      the data folder cannot be written
│   ├── ChromaUnreachable       the Chroma server does not answer, or not as one
│   └── Busy                    another writer holds the data folder
├── UnknownPassage          the caller's: no release ever held this passage
└── PassageWithdrawn        the course's: it held this passage, and does no more
"""


class KnowledgeError(Exception):
    """Anything this room raises on purpose; its text is one line that says what to do."""


class ContentError(KnowledgeError):
    """A file that cannot be read as what it claims to be."""


class OperatorError(KnowledgeError):
    """Set up, repaired or published differently, it works."""


class NoRelease(OperatorError):
    """Nothing is published yet."""


class UnknownRelease(OperatorError):
    """A release id that is not on disk."""


class EmbedderMismatch(OperatorError):
    """The release was built by another embedder than the one in use."""


class ReleaseDamaged(OperatorError):
    """A release's files do not match its manifest."""


class ModelUnavailable(OperatorError):
    """The embedding model cannot be read or prepared."""


class DataFolderUnusable(OperatorError):
    """The data folder cannot be written."""


class ChromaUnreachable(OperatorError):
    """The Chroma server does not answer, or not as one: could not look, which is not nothing found."""


class Busy(OperatorError):
    """Another writer holds the data folder."""


class UnknownPassage(KnowledgeError):
    """No release ever held this passage."""


class PassageWithdrawn(KnowledgeError):
    """The course held this passage and does no more; `title` is its document's while a release on disk still tells it."""

    def __init__(self, passage_id: str, title: str | None) -> None:
        super().__init__(f"passage {passage_id!r} was withdrawn from the course")
        self.title = title
