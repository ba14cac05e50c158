"""The part of a mission whose figure a question asks for: of "How heavy was Philae's harpoon?" the harpoon."""

import re

from knowledge_base.language import fold
from knowledge_base.words import words
from tutor.question.asked_nouns import asked_nouns
from tutor.question.names import Names
from tutor.question.quantities import asked_quantity

# What is asked for is no part of anything: "which launch site", "哪个发射中心".
_ASKED_FOR = re.compile(r"\b(?:which|what)(?: [a-z-]+){1,2}|(?:哪|什么)[\u4e00-\u9fff]{1,6}")


def asked_parts(question: str, missions: Names) -> tuple[str, ...]:
    """Words, as `words` gives them, that a sentence must hold to tell of the part; empty when the whole mission is meant."""
    outside = missions.beside(question)
    quantity = asked_quantity(question)
    measure = quantity.asked.search(question) if quantity is not None else None  # in whatever spelling it is recognised
    asked_for = set(words(" ".join([*_ASKED_FOR.findall(fold(question)), measure[0] if measure else ""])))
    return tuple(noun for noun in asked_nouns(question) if noun in outside and noun not in asked_for)
