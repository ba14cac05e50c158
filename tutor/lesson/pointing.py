"""Questions that point at what was just said in a lesson: "What did she just say about staging?", "Why is that?", 什么意思？"""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge_base.language import detect, fold
from knowledge_base.words import words
from tutor.question.patterns import pattern

MOST = 160  # characters: what is longer says itself what it is about
Wants = Literal["said", "explained", "reason"]


@dataclass(frozen=True)
class Pointing:
    """`topic` is the question without its pointing, None when nothing else is in it; `heard` says that it names the speaker or the recording."""

    wants: Wants
    topic: str | None
    heard: bool


_WHO = r"(?:she|he|they|the (?:teacher|speaker|lady|woman|man|voice|video|film|clip|recording|lesson|talk|narrator|presenter))"
_SAYS = (
    r"(?:say|said|says|saying|mean|meant|means|talk(?:ed|s|ing)?|explain(?:ed|s|ing)?|tell|told|telling|mention(?:ed|s|ing)?|"
    r"speak(?:ing)?|spoke|describ(?:e|ed|ing))"
)
_LATELY = r"(?:just now|right now|just then|just|now|earlier|before|a (?:moment|minute|second) ago|recently)"
_HEARD = (
    re.compile(
        rf"(?:\b(?:did|does|do|was|is|were|are|has|have|had) )?\b{_WHO}(?:'s)? (?:(?:was|is|were|are|has|have|had|{_LATELY}) )*{_SAYS}\b"
        rf"(?: {_LATELY}\b)*"
    ),
    re.compile(rf"\b(?:was|were|is) {_LATELY} (?:said|explained|mentioned|told)\b|\b(?:just (?:said|explained|mentioned)|said just now)\b"),
    re.compile(r"\b(?:last|previous) (?:part|bit|thing|point|sentence) (?:about|on|with)\b"),
    re.compile(
        r"(?:她|他|老师|视频里?|录像里?)?(?:刚才|刚刚|刚|方才)(?:她|他|老师|视频里?|录像里?)?(?:说|讲|提|谈|解释)(?:到|起|过|的|了)*(?:的|那[个句段]|这[个句段])?"
        r"|(?:她|他|老师|视频里?|录像里?)(?:说|讲|提到|讲到|说到|谈到|提|解释)(?:到|起|过|的|了)*(?:的|那[个句段]|这[个句段])?"
        r"|(?:刚才|刚刚|上面|前面|最后)(?:那|这|一)?(?:一)?(?:句话?|段话?|部分|点|里)"
    ),
)
# What holds these words alone has no subject of its own.
_SAYS_NOTHING = """
a about again ago ah am an and any are at back before bit bits but by can catch come confused could did didn't didnt do does doesn't don't dont
eh exactly explain explained for get go got had happened has have he he's hear help here hey how huh i i'm im in is isn't it it's its just last
lost me mean meaning means meant minute miss missed moment more my no not now of oh ok okay on once one part please pls point previous quite
really repeat right said saw say saying says second see sentence she she's slower slowly so sorry still tell that that's the then they thing
this to too um understand understood us wait was wasn't we were what what's whats which who why with word words would wut you your
"""
_GLUE_EN = frozenset(_SAYS_NOTHING.split())
_POINTS = {
    "en": pattern(
        r"\b(?:that|that's|this|it|again|what|what's|whats|wut|why|huh|eh|understand|get|got|hear|catch|lost|confused|miss|missed|last|how|explain|repeat)\b"
    ),
    "zh": pattern("什么|啥|为|怎么|意思|懂|明白|听|再|刚|最后|解释|理解|这|那|漏|清"),
}
_GLUE_ZH = re.compile(
    r"(?:刚才|刚刚|刚|方才|前面|上面|里面|这里|那里|这儿|那儿|这个|那个|这些|那些|这|那|她|他|它|老师|视频|录像|说明|说|讲|提|谈|解释|表示|的|地|得|了|过|到|是|就|都|还|"
    r"什么|啥|意思|为什么|为啥|为何|怎么|咋|回事|会|要|样|么|吗|呢|啊|呀|吧|嘛|我|没有|没|不|太|很|听|懂|明白|理解|清楚|清|看|再|重新|重复|来|遍|次|一下|能|可以|可不可以|"
    r"能不能|请|你|您|给|最后|有点|有些|有|一|句|话|段|部分|部份|个|点|想|知道|内容|在|错过|漏|啦|哦|嗯|等等|等|对不起|不好意思|帮忙|帮|麻烦|完全|还是|跟|和|做|怎"
    r")*+"  # possessive: what reads in several ways is read in one
)
_ASKS_ZH = re.compile("[那这](?:里|儿|边|个|些)?|(?:到底|究竟)?(?:是?(?:什么|啥)(?:意思|东西)?|指的?是?什么|怎么回事)|没听[清懂]|听不懂|不[懂明]白?")
_TAIL_ZH = re.compile(r"[，,\s]*的?(?:[那这](?:个|句|段|部分))?(?:没听[清懂]楚?|听不懂|没听明白|不[懂明]白?|我)*[？?。！!~\s]*$")
_LEAD_EN = re.compile(
    r"^(?:(?:what|which|so|and|but|wait|sorry|hey|um|ok|okay|please|about|by|with|on|of|that|can|could|you|i|don't|didn't|did|do|not|get|understand|catch|hear|"
    r"missed|explain|repeat|tell|me|again|when|is|was|the|thing|part|bit)\b\W*)+|\W*\b(?:just now|a (?:moment|minute|second) ago|again|please)\b"
)


def subject_words(topic: str) -> tuple[str, ...]:
    """The words of a topic that say what it is about, as `knowledge_base.words` gives them."""
    plain = _ASKS_ZH.sub(" ", topic) if detect(topic) == "zh" else " ".join(one for one in topic.split() if one not in _GLUE_EN)
    return tuple(dict.fromkeys(words(plain)))


def pointing(text: str) -> Pointing | None:
    """What a question points at; None for one that stands for itself."""
    asked = " ".join(fold(text).split())
    if len(asked) > MOST:
        return None
    heard = next((match for one in _HEARD if (match := one.search(asked))), None)
    if _subjectless(asked):
        return Pointing(_wants(asked), None, heard is not None)
    if heard is None:
        return None
    return Pointing(_wants(asked), _rest(asked, heard), heard=True)


def _subjectless(asked: str) -> bool:
    """Whether it says nothing of what it is about, and yet asks."""
    language = detect(asked)
    bare = re.sub(r"[^\w']+", "" if language == "zh" else " ", asked).strip()
    alone = bool(_GLUE_ZH.fullmatch(bare)) if language == "zh" else set(bare.split()) <= _GLUE_EN
    return alone and bool(_POINTS[language].search(asked))


def _wants(asked: str) -> Wants:
    if re.search(r"\bwhy\b|\bhow come\b|为什么|为啥|为何", asked):
        return "reason"
    return "explained" if re.search(r"\b(?:mean|explain|understand|get|confused|lost)|意思|解释|懂|明白|理解", asked) else "said"


def _rest(asked: str, heard: re.Match[str]) -> str | None:
    """What is left of the question, as it stands; the whole where only words that point are left."""
    rest = f"{asked[: heard.start()].rstrip()} {asked[heard.end() :].lstrip()}".strip()
    rest = _TAIL_ZH.sub("", rest) if detect(asked) == "zh" else _LEAD_EN.sub("", rest)
    return rest.strip(" ?？!！.。,，") or None
