"""What the tutor says in its own voice, in both languages. Everything else that it says is quoted."""

from collections.abc import Sequence
from typing import Literal

from tutor.types import Kind, Language

REFUSAL: dict[Language, str] = {
    "en": "I could not find that in the course, so I would rather not guess. Try other words, or ask your teacher.",
    "zh": "课程里没有找到这个问题的答案，我不想乱猜。可以换个问法，或者问问老师。",
}
MEANT: dict[Language, str] = {"en": "Did you mean: {questions}", "zh": "你想问的是不是：{questions}"}
NEAREST: dict[Language, str] = {"en": "These lessons come closest: {titles}.", "zh": "最接近的课程内容有：{titles}。"}
HINT: dict[Language, str] = {
    "en": "That is one of this lesson's own questions, so here is a hint and not the answer. {hint} You can read on in “{title}”, under “{section}”.",
    "zh": "这是本课的练习题，我先不说答案，给你一个提示：{hint}可以再读一读《{title}》的“{section}”这一节。",
}
NO_SUCH_CHECK: dict[Language, str] = {
    "en": "This lesson has {n} questions of its own, and that is none of them.",
    "zh": "这一课一共有{n}道练习题，没有这一道。",
}
UNHEARD: dict[Language, str] = {
    "en": "I cannot tell which part of the lesson you mean. Name the thing or the word, and I will look it up.",
    "zh": "我不知道你指的是这一课的哪个地方。说出那个词或那件事，我就去查。",
}
GREETING: dict[Language, str] = {
    "en": "Hello! Ask me about rockets, the Moon, Mars, space stations or navigation, and I will answer from the course.",
    "zh": "你好！可以问我火箭、月球、火星、空间站或卫星导航的问题，我会用课程里的内容来回答。",
}
INTRODUCTION: dict[Language, str] = {
    "en": "I am Navigator, a machine that answers questions from the school's aerospace course and shows where each answer stands.",
    "zh": "我是“领航员”，一个机器助教：只用学校航天课程里的内容回答问题，并注明出处。",
}
THANKS: dict[Language, str] = {"en": "You are welcome. Ask on whenever you like.", "zh": "不客气，有问题随时再问。"}
NOTICE: dict[Language, str] = {
    "en": "Put together by a machine from the course's own sentences.",
    "zh": "本回答由机器从课程原文中摘取生成。",
}
NOTICE_WRITTEN: dict[Language, str] = {
    "en": "Written by a machine from the course, each sentence checked against its source. It can still be wrong: look at the sources.",
    "zh": "本回答由机器根据课程内容撰写，每句话都与出处核对过，但仍可能有错，请看出处。",
}
NOTICE_WITHOUT_SOURCE: dict[Language, str] = {"en": "Said by a machine, not by a person.", "zh": "本消息由机器生成，不是真人回复。"}
OTHER_LANGUAGE: dict[Language, str] = {"en": "(in Chinese in the course)", "zh": "（课程原文为英文）"}


def notice(kind: Kind, language: Language) -> str:
    """The line beside every answer which says that a machine made it."""
    return (NOTICE if kind == "grounded" else NOTICE_WITHOUT_SOURCE)[language]


def refusal(language: Language, questions: Sequence[str], titles: Sequence[str]) -> str:
    """The refusal, with the questions that may be meant and the titles of the nearest lessons when there are any."""
    separator = "" if language == "zh" else " "
    quoted = "、".join(f"《{title}》" for title in titles) if language == "zh" else "; ".join(titles)
    meant = [MEANT[language].format(questions=separator.join(questions))] if questions else []
    nearest = [NEAREST[language].format(titles=quoted)] if titles else []
    return separator.join([REFUSAL[language], *meant, *nearest])


def small_talk(kind: Literal["greeting", "thanks", "introduction"], language: Language) -> str:
    """The answer to a greeting, to thanks, or to a question who is answering."""
    return {"greeting": GREETING, "thanks": THANKS, "introduction": INTRODUCTION}[kind][language]
