"""What practice says of a reply in its own voice, in both languages."""

from dataclasses import dataclass

from tutor.types import Language


@dataclass(frozen=True)
class Texts:
    """`missing` names the ideas left out, `unit` a unit; the others are whole sentences."""

    choose_one: str
    number: str
    one_number: str
    unit_missing: str
    unit_other: str
    power: str
    sign: str
    part: str
    missing: str
    between: str


TEXTS: dict[Language, Texts] = {
    "en": Texts(
        choose_one="Choose one answer: its letter or its words.",
        number="Answer with a number in {unit}.",
        one_number="Give one number only.",
        unit_missing="The number is right. Its unit is missing.",
        unit_other="The number is right, but not in this unit.",
        power="The digits are right. Look again at the powers of ten and at the unit.",
        sign="The number is right, but look at its sign.",
        part="Part of it is there. Something is still missing.",
        missing="What was missing: {missing}.",
        between="; ",
    ),
    "zh": Texts(
        choose_one="请选一个答案：写它的字母或文字都可以。",
        number="请用数字回答，单位是{unit}。",
        one_number="只写一个数。",
        unit_missing="数对了，还少了单位。",
        unit_other="数对了，但单位不对。",
        power="数字对了，再看看是十的几次方，单位又是什么。",
        sign="数对了，再看看正负号。",
        part="说对了一部分，还差一点。",
        missing="还缺的是：{missing}。",
        between="；",
    ),
}
