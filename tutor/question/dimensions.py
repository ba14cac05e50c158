"""Which measure a question asks for: a crater's depth is told by no other length, a craft's mass by that of no sample, nor theirs by it."""

import re
from dataclasses import dataclass

from knowledge_base.language import fold
from tutor.question.patterns import pattern


@dataclass(frozen=True)
class Dimension:
    """How questions ask for a measure, the words beside its figure, and what the figure must not be of."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    of_another: re.Pattern[str] | None = None

    def tells(self, sentence: str) -> bool:
        """Whether the sentence tells this measure."""
        return bool(self.told.search(sentence)) and not (self.of_another and self.of_another.search(sentence))


_SAMPLE = r"\b(?:samples?|soil|rocks?|dust|regolith)\b(?![ -](?:return|capsule|container|tube|canister))"
_SAMPLE_ZH = "(?:样品|样本|月壤|月岩|岩石|石头|土壤|土(?!星))(?!返回|容器|舱|罐|管)"
_WEIGHT = r"(?:\bhow heavy\b|\b(?:mass|weight|weighs?|weighed)\b)"
_WEIGHT_ZH = "(?:多重(?!要)|多沉|质量|重量)"

_DIMENSIONS = (
    Dimension(
        pattern(f"{_WEIGHT}.*{_SAMPLE}", f"{_SAMPLE}.*{_WEIGHT}", f"{_SAMPLE_ZH}.*{_WEIGHT_ZH}", f"{_WEIGHT_ZH}.*{_SAMPLE_ZH}"),
        pattern(_SAMPLE, _SAMPLE_ZH),
    ),
    Dimension(
        pattern(r"\bhow heavy\b", r"\b(?:mass|weight) of\b", "多重(?!要)|有多沉"),
        pattern(r"\bmass", r"\bweigh", r"\bheav", "质量|重"),
        pattern(r"\bsamples?\b", r"\bsoil\b", "样品|样本|月壤"),
    ),
    Dimension(
        pattern(r"\bhow deep\b", r"\bdepth\b", "多深|深度"), pattern(r"\bdeep", r"\bdepth", r"\bdrill", r"\bcore\b", r"\bbelow\b", "深|钻|岩芯|以下")
    ),
    Dimension(pattern(r"\bhow thick\b", r"\bthickness\b", "多厚|厚度"), pattern(r"\bthick", "厚")),
    Dimension(pattern(r"\bhow tall\b"), pattern(r"\btall\b", r"\bhigh\b", r"\bheight\b", r"\blong\b", "高|长")),
    Dimension(
        pattern(r"\bhow (?:wide|broad)\b", r"\bdiameter\b", "多宽|多粗|直径"),
        pattern(r"\bwid", r"\bdiameter", r"\bacross\b", r"\bradius", r"\bspan", "宽|直径|半径|口径|跨度|翼展"),
    ),
    Dimension(
        pattern(r"\bhow (?:far|many \w+) .*\bdr(?:ive[ns]?|ove)\b", "(?:走|开|行驶|跑)了?.{0,4}(?:多少|多远|几)(?:千?米|公里|远)?"),
        pattern(r"\bdr(?:ive[ns]?|ove)\b", r"\btravel", r"\bcover", r"\bwalk", "行驶|走|行进|里程|跑"),
    ),
)


def asked_dimension(question: str) -> Dimension | None:
    """The measure that the question asks for, or None when it asks for none of them."""
    text = fold(question)
    return next((dimension for dimension in _DIMENSIONS if dimension.asked.search(text)), None)
