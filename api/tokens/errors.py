"""What can be wrong with a token or with the keys, and whose fault it is.

BadToken            the host's: its server signs tokens that are not as docs/tokens.md describes them
├── TokenExpired    nobody's: nothing else is wrong with it, and the host gives out another
└── WrongOrigin     the host's, or a thief's: a good token in a page that it was not made for
BadKeys             the operator's: a JWK Set that cannot be read, or holds a key that cannot be used
"""

from knowledge_base.errors import OperatorError


class BadToken(Exception):
    """A token that lets nobody in; its text is a sentence for the host's programmer, and holds nothing secret."""


class TokenExpired(BadToken):
    """A token that was good, and is too old."""


class WrongOrigin(BadToken):
    """A good token that a page of another origin brings."""


class BadKeys(OperatorError):
    """A JWK Set that is of no use; its text is one line that names the key and holds nothing of it."""
