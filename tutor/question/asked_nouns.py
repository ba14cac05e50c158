"""The things that a question asks about by a noun, such as a parachute's colour, in both languages."""

import re

import rjieba

from knowledge_base.language import fold, has_han
from knowledge_base.words import STOPWORDS, words
from tutor.question.everyday import PLAIN

# English marks its nouns by what stands before them; a verb ends the phrase that a determiner opens.
_OPENS = r"(?:the|an?|its|their|his|her|which|what|whose|how many|how much|for|with|of|from|kind of|type of)"
_CLOSES = (
    r"(?:is|are|was|were|be|been|did|does|do|has|have|had|can|could|will|would|should|that|which|who|when|where|while|before|after|"
    r"to|in|on|at|of|for|from|with|by|into|and|or|than|as|it|they|he|she|we|you|i|not|still|if|because|between|during|per|off|up|down|out|away|"
    r"above|below|behind|beyond|over|under|around|across|through|inside|outside|near|about|belong(?:s|ed)?|led|mean(?:s|t)?|called)"
)
_PHRASE = re.compile(rf"\b{_OPENS} ((?:(?!{_CLOSES}\b)[a-z][a-z'-]*(?: |$))+)")
_DOER = re.compile(r"\bwho (?!(?:is|are|was|were|did|does|has|have|had|will|can)\b)([a-z]+)")
_HAN_NOUNS = ("n", "nz", "nt", "nrt", "ng")
_NO_NOUN = re.compile("[能会可把被要想准颗个枚艘条只架台吗嘛呢着了过的哪几多]")  # what the segmenter took for one word is none
_WHERE = "里内中"  # 坑里 is a pit
_ADVERB = re.compile(r"[a-z]+(?:est|ly)")


def asked_nouns(question: str) -> tuple[str, ...]:
    """Words of the question, as `words` gives them, that name what it asks about and that not every text holds."""
    found = _han(question) if has_han(question) else _latin(question)
    return tuple(dict.fromkeys(word for noun in found for word in words(noun) if word not in PLAIN and not word[0].isdigit()))


def _latin(question: str) -> list[str]:
    text = re.sub(r"[^a-z' -]+", " . ", fold(question))
    # "The lander's harpoon" is two phrases.
    phrases = [part.split() for phrase in _PHRASE.findall(text) for part in re.split(r"(?<=\w)'s? ", phrase)]
    # Of the words behind a determiner the first two: later ones are its verb as often as not.
    return [word for phrase in phrases for word in phrase[:2] if word not in STOPWORDS and not _ADVERB.fullmatch(word)] + _DOER.findall(text)


def _han(question: str) -> list[str]:
    nouns = (word for word, tag in rjieba.tag(fold(question)) if is_noun(word, tag))
    return [noun.rstrip(_WHERE) or noun for noun in nouns]


def is_noun(word: str, tag: str) -> bool:
    """Whether a word of Han characters with the segmenter's tag is a noun that tells something."""
    return tag in _HAN_NOUNS and len(word) > 1 and not _NO_NOUN.search(word)
