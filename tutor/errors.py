"""What can go wrong in the tutor's memory, with its model and in practice, and whose fault it is.

OperatorError (knowledge_base.errors)
├── MemoryUnavailable       the operator's: the database of conversations cannot be read or written just now
├── BadPseudonymKey         the operator's: the key of the pseudonyms cannot be read, made, or is too short
├── BadModel                the operator's: the language model that the settings name cannot be used as they stand
└── ModelUnavailable        the operator's, or a vendor's: the language model does not answer just now, or not to the end
    └── AnswerTooLong       nobody's: it answered, and was cut off at the length that it may have
KnowledgeError (knowledge_base.errors)
└── NotHere                 the course's: the published release does not ask this check question, which an older one may have
"""

from knowledge_base.errors import KnowledgeError, OperatorError


class MemoryUnavailable(OperatorError):
    """The database of conversations cannot be read or written just now. Its text holds nothing that anybody wrote."""


class BadPseudonymKey(OperatorError):
    """The key of the pseudonyms cannot be read or made, or is too short."""


class BadModel(OperatorError):
    """The language model that the settings name cannot be used as they stand."""


class ModelUnavailable(OperatorError):
    """The language model does not answer just now, or not to the end. Its text holds nothing that anybody wrote, and no key.

    `reason` is one of a few words for who counts failures: resting, slow, rate_limited, unreachable, cut_off, too_long, and error for others.
    """

    def __init__(self, what: str, reason: str = "error") -> None:
        super().__init__(what)
        self.reason = reason


class AnswerTooLong(ModelUnavailable):
    """The language model was cut off at the length that an answer may have; it is well otherwise."""


class NotHere(KnowledgeError):
    """The published release does not ask this check question; an older one may have."""
