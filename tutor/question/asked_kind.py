"""The kind of thing that a question asks for by name, as which *colour*, what *breed*, 什么*材料*, who *designed*."""

import re
from collections.abc import Iterator

import rjieba

from knowledge_base.language import fold, has_han
from knowledge_base.words import words
from tutor.question.asked_nouns import is_noun
from tutor.question.everyday import PLAIN

_HELPS = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)"
_ASKS = (
    # "Which famous song did it play": the noun is what stands before the verb that helps. "What breed of dog" opens with it.
    re.compile(rf"\b(?:what|which) (?:(?:kinds?|types?|sorts?) of )?(?:[a-z'-]+ ){{0,2}}?(?P<kind>[a-z'-]+) (?={_HELPS}\b|of\b)"),
    re.compile(r"\b(?:what|who)(?:'s| is| are| was| were) the (?:[a-z'-]+ ){0,2}?(?P<kind>[a-z'-]+) of\b"),
    re.compile(rf"\bwho (?!{_HELPS}\b)(?P<kind>[a-z]+ed)\b"),
)
_ASKS_HAN = re.compile(r"(?:什么样的|什么样|什么|啥|哪种)(?P<kind>\S+)")
_ASKS_BEHIND = re.compile(r"的(?P<kind>[一-鿿]{2,4})是(?:什么|啥)")
# An answer tells these without naming them.
_VAGUE = PLAIN | frozenset(
    words(
        "difference effect feature evidence step order consequence relation relationship advantage disadvantage benefit example else stuff point "
        "danger fraction value 关系 后果 区别 特点 影响 感觉 现象 过程 方式 条件 功能 困难 证据 顺序 规律 不同 原理 道理 例子 样子 优点 缺点 程度 "
        "意义 代价 状态 故事 妙招 力量"
    )
)


def asked_kinds(question: str) -> tuple[str, ...]:
    """The words for it, as `words` gives them; none where the question names no kind, or one that an answer need not name."""
    folded = fold(question)
    found = _han(folded) if has_han(folded) else (match["kind"] for asks in _ASKS for match in asks.finditer(folded))
    return tuple(word for kind in found for word in words(kind) if word not in _VAGUE and not word[0].isdigit())


def _han(folded: str) -> Iterator[str]:
    for match in _ASKS_HAN.finditer(folded):
        yield from (word for word, tag in rjieba.tag(match["kind"])[:1] if is_noun(word, tag))
    for match in _ASKS_BEHIND.finditer(folded):
        yield from (word for word, tag in rjieba.tag(match["kind"])[-1:] if is_noun(word, tag))
