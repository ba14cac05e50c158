"""What a child is told who has to wait, in both languages."""

from starlette.requests import Request

from api.standing import Caller
from tutor.types import Language

Said = dict[Language, str]

SUBJECT: Said = {
    "en": "You have asked a lot of good questions! Let me rest a little: ask me again in {}.",
    "zh": "你问了很多好问题！让我歇一会儿，请在{}后再问我。",
}
CROWD: Said = {
    "en": "Very many students are asking just now, so I need a moment. Please ask me again in {}.",
    "zh": "现在提问的同学特别多，我有点忙不过来，请在{}后再问我。",
}
UNDER_WAY: Said = {
    "en": "I am still answering your other questions. Wait for them, or ask me again in {}.",
    "zh": "我还在回答你前面的问题，请等一等，或者在{}后再问我。",
}
_UNITS: tuple[tuple[int, int, Said], ...] = (  # seconds, from how many of them on, and their names
    (3600, 2, {"en": "{} hours", "zh": "{}小时"}),
    (60, 2, {"en": "{} minutes", "zh": "{}分钟"}),
    (1, 2, {"en": "{} seconds", "zh": "{}秒"}),
)
_ONE: Said = {"en": "a second", "zh": "1秒"}


def please_wait(said: Said, wait: int, language: Language) -> str:
    """The sentence with `wait`, whole seconds, in words; never less than that."""
    for length, least, name in _UNITS:
        if wait >= length * least:
            return said[language].format(name[language].format(-(-wait // length)))
    return said[language].format(_ONE[language])


def language_of(request: Request, caller: Caller) -> Language:
    """What whoever vouches for the caller says that they speak, else what the browser asks for."""
    return caller.language or ("zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en")
