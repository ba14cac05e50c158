"""English pronouns that lead nowhere outside their question: "How does it rain on Titan?", "Why do rockets drop their stages?"."""

import re

_DUMMY_BEFORE = re.compile(r"\b(?:up|down|out|over|in|around) $|\b(?:is|are|was|were|be|been|will|has|have|had) $", re.IGNORECASE)
_EXISTS = re.compile(r" (?:is|are|was|were|will|has|have|had|any|be|been)\b", re.IGNORECASE)
_WEATHER = (
    "cold|hot|warm|dark|windy|light|bright|quiet|noisy|safe|dangerous|dusty|wet|dry|like|possible|hard|easy|difficult|important|necessary|good|bad"
)
_DUMMY_AFTER = re.compile(
    r" (?:true|a fact|possible|impossible|right)\b|"
    rf" (?:really |always |so |very |too |ever )*(?:{_WEATHER})\b(?=.*\b(?:on|in|at|to|that|for|inside|near) (?!there))|"
    r" (?:rain|snow|matter|seem|happen that|feel|help to|depend)\w*\b|"
    r" (?:takes?|took|cost|need|mean)s? (?!.*\bthere\b)(?:.* )?to [a-z]+|"
    r" (?:called|mean|like) (?:when|if)\b|"
    r" (?:is|was) (?:that|who)\b",
    re.IGNORECASE,
)
_MEASURES = re.compile(r"\b(?:what (?:time|day|year) (?:is|was) it|how far (?:is|was) it (?:from|to))\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?<=\w)(?:,| (?:and|but|when|while|if|because|before|after|until|that|which|where|who|whose|why|how|as|since))(?= )", re.IGNORECASE
)
_DOES = re.compile(
    r"\b(?:do|does|did|can|could|will|would|should|has|have|had) "
    r"(?!it\b|I\b|we\b|you\b|he\b|she\b|they\b|not\b|that\b|this\b|the (?:crew|mission|rover|lander|rocket|spacecraft|probe|astronauts?)\b)\w+",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere) (?:(?:the |an? )[a-z]|[A-Z])")
_CAPITAL = re.compile(r"(?<=[\w,] )[A-Z][\w'-]+")
_LINKED = re.compile(r"\b(?:of|for|in|on|inside|with|by|to|from|about|behind|after) $", re.IGNORECASE)


def is_dummy(question: str, pronoun: re.Match[str]) -> bool:
    """Whether the pronoun stands for nothing at all."""
    before, after = question[: pronoun.start()], question[pronoun.end() :]
    if pronoun["there"]:
        return bool(_DUMMY_BEFORE.search(before) or _EXISTS.match(after))
    return pronoun["it"] == "it" and bool(_DUMMY_AFTER.match(after) or _MEASURES.search(question))


def has_own_subject(question: str, at: int) -> bool:
    """Whether what the pronoun at `at` stands for is named before it in the question itself."""
    before = question[:at]
    if _CLAUSE.search(before) or _CAPITAL.search(before) or _DOES.search(before):
        return True
    return bool(_IS.search(before)) and not _LINKED.search(before)
