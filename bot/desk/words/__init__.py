"""What the desk itself says to students, in both languages."""

from bot.desk.words.chinese import CHINESE
from bot.desk.words.english import ENGLISH
from bot.desk.words.types import Words
from tutor.types import Language

__all__ = ["WORDS", "Words"]

WORDS: dict[Language, Words] = {"en": ENGLISH, "zh": CHINESE}
