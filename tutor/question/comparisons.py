"""Questions that compare or ask about the first of all: which of several is the heaviest is told by no sentence that compares nothing."""

from knowledge_base.language import fold
from tutor.question.patterns import pattern

_STEMS = (
    "heav|light|bigg|larg|small|long|short|tall|high|low|fast|slow|old|young|earl|lat|clos|near|farth|furth|hott|cold|cheap|bright|wid|"
    "deep|strong|great"
)
_MORE = rf"(?:(?:{_STEMS})i?er|more|less|fewer|better|worse)"
_MOST = rf"(?:(?:{_STEMS}|hard|warm|new|quick|thick|thin|safe|loud|rich|dark)i?est|most(?! of\b)|least|best|worst)"
_ASKED = pattern(
    rf"\b(?:which|who|what)\b.*\b{_MORE}\b(?=.*(?:,|\bor\b|\bthan\b))",
    rf"\b(?:which|who|what)\b.*\b{_MOST}\b",
    rf"\b(?:does|do|did|is|are|was|were|has|have|had)\b.*\b{_MORE}\b.* than\b",
    "哪[个一].{0,6}(?:更|最|[造价重量速度]*(?:大|小|高|低|重|轻|快|慢|多|少|准|贵|便宜|远|近|早|晚|长|短|强)[些点]?(?=[呢啊呀？?，。]|$))",
    "谁.{0,8}[最更]|比.{1,14}更|[最更].{1,4}的是(?:谁|哪)",
)
_TOLD = pattern(
    rf"\b{_MOST}\b|\b{_MORE} than\b|\b(?:first|last|only|record|beyond|twice|half|times|another|while|whereas|before)\b|\b{_MORE}\b",
    "最|更|比|超过|多于|少于|大于|小于|高于|低于|首|第一|纪录|记录|唯一|倍|而",
)
_FIRST_ASKED = pattern(r"\bfirst\b(?! (?:stage|law|module|name|step))", "第一(?!宇宙|定律|级|步)|首[次个位颗枚艘架]|头一[回次个]|最早")
_FIRST_TOLD = pattern(r"\bfirst\b", r"\bearliest\b", "第一|首|最早")


def compares(question: str) -> bool:
    """Whether the question wants things compared."""
    return bool(_ASKED.search(fold(question)))


def tells_comparison(sentence: str) -> bool:
    """Whether the sentence compares anything."""
    return bool(_TOLD.search(fold(sentence)))


def asks_for_first(question: str) -> bool:
    """Whether the question is about the first of its kind."""
    return bool(_FIRST_ASKED.search(fold(question)))


def tells_first(sentence: str) -> bool:
    """Whether the sentence is about a first."""
    return bool(_FIRST_TOLD.search(fold(sentence)))
