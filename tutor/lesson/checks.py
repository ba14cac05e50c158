"""The open lesson's check questions: whoever asks one of them is given its hint, and the answer is not given away."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge_base.language import fold
from knowledge_base.library import Reader
from knowledge_base.types import Check, Document
from knowledge_base.words import number, words
from tutor import texts
from tutor.lesson.place import Place
from tutor.lesson.pointing import pointing
from tutor.question.patterns import pattern
from tutor.turn import Turn
from tutor.types import Answer, Language, Suggestion

# Of the words of a question and of a check question, weighed by their rarity, the share in common from which they are the same. Of the course's 282
# check questions 254 of 281 are known with a word (two characters of Chinese) left out, and 77 of 84 reworded by hand. Of 84 questions on the same
# matters in other words none is taken for one, of 306 golden questions asked inside their lesson 3, of which one is a check question word for word.
LIKE = 0.65
# Of a check question's letters the share from which a message that stands in it word for word is that question. Of the course's 282, cut to their
# first or last three fifths, 264 and 273 are known, by their likeness alone 181 and 211; of the golden questions no other, of 4,480 names one.
PART = 0.5
NAMED = 60  # characters of a message that names a question by its number and says nothing else
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMERALS = {name: n for names in (_CARDINALS, _ORDINALS) for n, name in enumerate(names, 1)}
_NAMED = (
    re.compile(rf"\b(?:questions?|q|number|no\.?|#)\s*(?:number|no\.?|#)?\s*(?P<n>\d{{1,2}}|{'|'.join(_NUMERALS)})\b"),
    re.compile(rf"\b(?P<n>{'|'.join(_NUMERALS)}) question\b"),
    re.compile(r"第(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})[道个]?(?:小?题|问题?)"),
)
_ASKS_ANSWER = pattern(
    r"[^\W\d]*(?:answer|solution|solve)[^\W\d]*|\b(?:what|what's|whats|is|the|to|of|for|in|on|this|lesson'?s?|check|quiz|right|correct|a|tell|give|show|me|"
    r"please|pls|can|could|you|i'm|i|we|need|want|a|hint|help|with|am|im|stuck|at|do|how|and|hey|hi|test|exercise)\b",
    "答案|选项|是|什么|啥|怎么|咋|如何|告诉|说|给|我|们|你|的|提示|请|一下|一个|选|哪个?|做|不会|帮忙?|啊|呢|吧|呀|多少|写|这节?课|本课|练习|检查|老师|要|想|能|可以|吗|解",
)


@dataclass(frozen=True)
class Asked:
    """A check question that is asked, in the language of the reply where the lesson has it there, and the document that asks it."""

    document: Document
    check: Check


def asked_check(text: str, place: Place, language: Language, reader: Reader) -> Asked | None:
    """The check question of the open lesson that a message asks: by its number, word for word, with its choices, half of it, or nearly so.

    What is asked of the recording or is a heading of the lesson is none that is nearly so.
    """
    asked = [Asked(document, check) for document in place.texts for check in document.checks]
    found = _numbered(text, place, language) or next(_whole(text, asked), None)
    if found is None:
        found = _nearest(text, asked, reader) or _halved(text, asked)
        pointed = pointing(text) if found is not None else None
        if (pointed is not None and pointed.heard) or (found is not None and _is_heading(text, place, reader)):
            return None
    if found is None:
        return None
    mine = (one for one in asked if one.check.check_id == found.check.check_id and one.document.language == language)
    return next(mine, found)


def hinted(turn: Turn, place: Place) -> Answer | None:
    """Where the question is one of the open lesson's check questions, its hint and where to read, as a reply without citations; else None.

    It is a `chat` and no refusal: the course has the answer, so that staff have no gap to fill, and there is nothing to be sorry for.
    """
    language = turn.understood.reply_language
    asked = asked_check(turn.question.text, place, language, turn.reader)
    if asked is not None:
        title, section, hint = asked.document.title, asked.check.section, asked.check.hint
        told = turn.reply("chat", texts.HINT[language].format(hint=hint, title=title, section=section))
        where = f"{title} · {section.rstrip('?？')}"  # no question mark: it is to be read, not to be asked
        return replace(told, suggestions=(Suggestion(where, asked.document.doc_id),))
    document = place.text(language)
    if document is None or not document.checks or named_number(turn.question.text) is None:
        return None
    return turn.reply("chat", texts.NO_SUCH_CHECK[language].format(n=len(document.checks)))


def named_number(text: str) -> int | None:
    """The number of the check question that a message names, from one, where it is about nothing else."""
    asked = " ".join(fold(text).split())
    match = next((match for one in _NAMED if (match := one.search(asked))), None)
    if match is None or len(asked) > NAMED:
        return None
    rest = _ASKS_ANSWER.sub(" ", f"{asked[: match.start()]} {asked[match.end() :]}")
    return None if re.search(r"\w", rest) else _value(match["n"])


def _numbered(text: str, place: Place, language: Language) -> Asked | None:
    document, n = place.text(language), named_number(text)
    return Asked(document, document.checks[n - 1]) if document is not None and n is not None and 0 < n <= len(document.checks) else None


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else _NUMERALS.get(numeral) or number(numeral)


def _whole(text: str, asked: list[Asked]) -> Iterator[Asked]:
    bare = _bare(text)
    return (one for one in asked if _bare_check(one.check.question) and _bare_check(one.check.question) in bare)


def _halved(text: str, asked: list[Asked]) -> Asked | None:
    bare = _bare(text)
    return next((one for one in asked if len(bare) >= PART * len(check := _bare_check(one.check.question)) and bare in check), None)


def _is_heading(text: str, place: Place, reader: Reader) -> bool:
    """Whether it is a heading of the lesson, which its text answers and which is offered to be asked."""
    headings = (heading for document in place.texts for passage in reader.passages_of(document.doc_id) for heading in passage.headings(document))
    return _bare(text) in {_bare(heading) for heading in headings}


def _nearest(text: str, asked: list[Asked], reader: Reader) -> Asked | None:
    """The check question most like the message, alone or with its choices; none that is not like it, or when the message has other figures."""
    ours, figures = set(words(text)), set(_FIGURE.findall(text))
    told = [(one, set(words(each))) for one in asked for each in _told(one.check) if figures <= set(_FIGURE.findall(each))]
    rarity = reader.rarity(sorted(ours.union(*(theirs for _one, theirs in told))))
    likeness = [(_likeness(ours, theirs, rarity), one) for one, theirs in told]
    like, best = max(likeness, key=lambda one: one[0], default=(0.0, None))
    return best if like >= LIKE else None


def _told(check: Check) -> Iterator[str]:
    yield check.question
    if check.choices:
        yield "\n".join([check.question, *(choice.text for choice in check.choices)])


def _likeness(ours: set[str], theirs: set[str], rarity: Mapping[str, float]) -> float:
    """Dice's coefficient of two sets of words, weighed by their rarity."""
    whole = sum(rarity[word] for word in ours) + sum(rarity[word] for word in theirs)
    return 2 * sum(rarity[word] for word in ours & theirs) / whole if whole else 0.0


@functools.lru_cache(maxsize=1_000)
def _bare_check(question: str) -> str:
    return _bare(question)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
