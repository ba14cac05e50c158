"""What a message is: small talk, or a question with its language, its words and what it wants."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge_base.language import detect
from knowledge_base.words import words
from tutor.quantities import Quantity, asked_quantity
from tutor.types import Language
from tutor.wants import Wants, fit, wanted

_END = r"[\s!.。！~～,，]*"
_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|你好|您好|嗨|早上好|下午好|晚上好|大家好)" r"(?:\s*(?:there|navigator|呀|啊))?" + _END,
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\s*(?:(?:ok(?:ay)?,? )?thanks?|thank you|thx|谢谢|多谢|谢啦|感谢)" r"(?:\s*(?:you|so much|a lot|very much|你|您|啦|老师))*" + _END,
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Understood:
    """A question as the tutor sees it; `reply_language` is the one asked for, else the question's own."""

    text: str
    reply_language: Language
    wants: Wants
    quantity: Quantity | None
    words: tuple[str, ...]

    @property
    def most_sentences(self) -> int:
        """Two, or three where an explanation is wanted."""
        return 3 if self.wants in ("reason", "manner") else 2

    def fit(self, sentence: str) -> int:
        """1 when the sentence holds the kind of thing asked for, -1 when it does not, 0 when that cannot be told."""
        return fit(self.wants, self.text, sentence)


def understand(text: str, language: Language | None) -> Understood:
    """Reads a question."""
    return Understood(text, language or detect(text), wanted(text), asked_quantity(text), tuple(dict.fromkeys(words(text))))


def small_talk(text: str) -> Literal["greeting", "thanks"] | None:
    """Whether the whole message is a greeting or thanks."""
    if _GREETING.fullmatch(text):
        return "greeting"
    return "thanks" if _THANKS.fullmatch(text) else None
