"""What an answering sentence must hold for questions of some kinds, whatever they are about."""

import re
from dataclasses import dataclass

import rjieba

from knowledge_base.language import fold
from knowledge_base.words import words
from tutor.question.comparisons import compares, tells_comparison
from tutor.question.patterns import pattern


@dataclass(frozen=True)
class _Demand:
    """Questions that match `asked` are answered only by sentences that match `told`."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_DEMANDS = (
    # a time of day
    _Demand(
        pattern(r"\b(?:what|exact|which) time\b(?! (?:of|did it take|does it take))", r"\bo'clock\b", "几点"),
        pattern(r"\d{1,2}:\d\d", r"\bo'clock\b", "点钟?"),
    ),
    # a company
    _Demand(
        pattern(r"\b(?:which|what) (?:compan(?:y|ies)|firms?)\b", "(?:哪|什么)[家个]?(?:公司|企业|厂)"),
        pattern(r"\bcompan", r"\bfirms?\b", r"\b(?:inc|corporation|aerospace|industries|systems)\b", "公司|企业|集团|厂"),
    ),
    # how often
    _Demand(
        pattern(r"\bhow often\b", "(?:多久|多长时间|隔多久).{0,3}一[次回]|隔多久"),
        pattern(r"\b(?:every|each|once|twice|times|per|daily|yearly|apart|a (?:day|week|month|year|minute|second))\b", "每|次|一回"),
    ),
    # what has not happened yet
    _Demand(
        pattern(r"\bwho will\b", r"\bwhen will\b", r"\bwhat will\b", "会是(?:谁|哪)|将会|将来谁"),
        pattern(r"\b(?:will|plan|planned|plans|expect|expected|due|target|scheduled|proposed|aims?|would|meant)\b", "计划|预计|将|拟|目标|有望"),
    ),
)


# Somebody by name, where a person is asked for: not "who built it", which a company may have.
_PERSON = r"(?:astronaut|cosmonaut|taikonaut|pilot|commander|crew|man|woman|men|women|person|people|human|human being|boy|girl)s?"
_ONE = "哪[一几]?(?:位|个(?=人|航天员|宇航员|\\W|$))"
_WHO = pattern(
    rf"\bwho(?:'s)?\b.*\b{_PERSON}\b",
    rf"\b(?:which|what) (?:\w+ )?{_PERSON}\b",
    f"(?:航天员|宇航员|指令长|乘组|驾驶员|的人|女性|女的|男的).{{0,8}}(?:谁|{_ONE})|(?:谁|{_ONE}).{{0,8}}(?:航天员|宇航员|指令长|乘组|驾驶员|的人)",
)
_LATIN_NAME = re.compile(r"(?<![\w-])(?!The |In |On |At |As )[A-Z][a-zé'-]+(?: [A-Z][a-zé'-]+)+(?![\w-]| \d)")
_NO_PERSON = re.compile(
    r"\b(?:Agency|Administration|Space|Center|Centre|Cosmodrome|Satellite|Launch|Station|Company|Corporation|University|Institute|Mission|Project|"
    r"Programme|Program|Telescope|Test|Orbit|Moon|Mars|Earth|Sun|Mare|Oceanus|Crater|Cape|Ocean|Sea|March|Treasure|Island|States|Union|Kingdom)\b"
)
_DOTTED = re.compile("[一-龥]+·[一-龥]+")
_HAN_TAGS = ("nr", "nrt", "nrfg")


def _people(text: str) -> list[tuple[str, ...]]:
    """The words of each name that looks like a person's."""
    han = [(word,) for word, tag in rjieba.tag(fold(text)) if tag in _HAN_TAGS and len(word) > 1]
    latin = (name for name in _LATIN_NAME.findall(text) if not _NO_PERSON.search(name))
    return [*(tuple(words(name)) for name in (*latin, *_DOTTED.findall(text))), *han]


@dataclass(frozen=True)
class Demands:
    """What one question demands of its answering sentences."""

    comparison: bool
    person_but: frozenset[str] | None  # a person whose name has none of these words, the question's own; None where no person is asked for
    told: tuple[re.Pattern[str], ...]

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence holds all that is demanded; true when nothing is."""
        if self.comparison and not tells_comparison(sentence):
            return False
        if self.person_but is not None and all(set(name) & self.person_but for name in _people(sentence)):
            return False
        folded = fold(sentence) if self.told else ""
        return all(told.search(folded) for told in self.told)


def demands(question: str) -> Demands:
    """Reads a question."""
    asked = fold(question)
    person_but = frozenset(words(question)) if _WHO.search(asked) else None
    return Demands(compares(question), person_but, tuple(demand.told for demand in _DEMANDS if demand.asked.search(asked)))
