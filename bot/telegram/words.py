"""The few words that stand around what the desk says, in both languages."""

from tutor.types import Language

SOURCES: dict[Language, str] = {"en": "Sources", "zh": "来源"}
OPEN_CHAT: dict[Language, str] = {"en": "Ask Navigator your own question", "zh": "向 Navigator 提问"}


def language_of(code: str | None) -> Language:
    """The language of someone whose Telegram is set to `code`: Chinese for zh and its kinds, else English."""
    return "zh" if code is not None and code.lower().startswith("zh") else "en"
