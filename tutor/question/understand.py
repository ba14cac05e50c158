"""What a message is: small talk, or a question with its language, its words and what it wants."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge_base.language import detect
from knowledge_base.words import words
from tutor.question.quantities import Quantity, asked_quantity
from tutor.question.wants import Wants, fit, wanted
from tutor.types import Language

_END = r"[\s!.。！~～,，]*"
_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|你好|您好|嗨|早上好|下午好|晚上好|大家好)" r"(?:\s*(?:there|navigator|呀|啊))?" + _END,
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\s*(?:(?:ok(?:ay)?,? )?thanks?|thank you|thx|谢谢|多谢|谢啦|感谢)" r"(?:\s*(?:you|so much|a lot|very much|你|您|啦|老师))*" + _END,
    re.IGNORECASE,
)


_WHO_ARE_YOU = re.compile(
    r"\s*(?:(?:who|what) are you|what(?:'s| is) your name|what can you do|你是谁|你是什么|你叫什么(?:名字)?|你[会能](?:做|干)?什么)",
    re.IGNORECASE,
)
SmallTalk = Literal["greeting", "thanks", "introduction"]


@dataclass(frozen=True)
class Understood:
    """A question as the tutor sees it; `reply_language` is the one asked for, else the question's own."""

    text: str
    reply_language: Language
    wants: Wants
    quantity: Quantity | None
    words: tuple[str, ...]

    @property
    def asks_of_something(self) -> bool:
        """Whether any word names what is asked about; "What is 2+2?" holds figures alone."""
        return any(not word.isdigit() for word in self.words)

    @property
    def most_sentences(self) -> int:
        """Two, or three where an explanation is wanted."""
        return 3 if self.wants in ("reason", "manner") else 2

    def fit(self, sentence: str) -> float:
        """1 when the sentence holds the kind of thing asked for, -1 when it does not, 0 when that cannot be told, or between them."""
        return fit(self.wants, self.text, sentence)


def understand(text: str, language: Language | None) -> Understood:
    """Reads a question."""
    return Understood(text, language or detect(text), wanted(text), asked_quantity(text), tuple(dict.fromkeys(words(text))))


def small_talk(text: str) -> SmallTalk | None:
    """Whether the whole message is a greeting, thanks, or asks who is answering."""
    bare = text.rstrip(" \t\n?？!！.。~～呀啊呢")
    kinds: tuple[tuple[SmallTalk, re.Pattern[str]], ...] = (("greeting", _GREETING), ("thanks", _THANKS), ("introduction", _WHO_ARE_YOU))
    return next((kind for kind, pattern in kinds if pattern.fullmatch(text) or pattern.fullmatch(bare)), None)
