"""What can go wrong in the tutor's memory, and whose fault it is.

OperatorError (knowledge_base.errors)
├── MemoryUnavailable       the operator's: the database of conversations cannot be read or written just now
└── BadPseudonymKey         the operator's: the key of the pseudonyms cannot be read, made, or is too short
"""

from knowledge_base.errors import OperatorError


class MemoryUnavailable(OperatorError):
    """The database of conversations cannot be read or written just now. Its text holds nothing that anybody wrote."""


class BadPseudonymKey(OperatorError):
    """The key of the pseudonyms cannot be read or made, or is too short."""
