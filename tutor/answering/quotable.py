"""Which sentences tell something by themselves: one that asks, or only leads on to the next, answers nobody."""

import re

_ASKS = ("?", "？")
_FIGURE = re.compile(r"(?<![A-Za-z-])\d")  # not the 5 of Chang'e-5
_LEADS_ON = re.compile(
    r"(?:(?:so|now|next|first|then|but|and|well),? )*let(?:'s| us| me)\b|today,? we (?:ask|fly|go|learn|talk|travel)\b|"
    r"(?:(?:now|next|today|at last),? )?we (?:(?:will|shall|now) )?(?:talk about|turn to|come to|look at|follow|meet|visit)\b|"
    r"now (?:to|comes?)\b|"
    r"(?:(?:好了?|那么?|首先|现在|下面|接下来|最后|今天)，?)*(?:让我们|(?:我们|咱们)(?:先|再|来|接着|一起)|请(?:大家|同学们)|要回答这个问题)",
    re.IGNORECASE,
)


def quotable(sentence: str) -> bool:
    """Whether it may be quoted: no question, and not "Let us meet a few real rockets", unless that gives a figure."""
    return bool(sentence) and not sentence.endswith(_ASKS) and (_LEADS_ON.match(sentence) is None or bool(_FIGURE.search(sentence)))
