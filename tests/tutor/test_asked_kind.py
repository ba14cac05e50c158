"""What kind of thing a question asks for by name, in both languages, and what it only seems to ask for."""

import pytest

from tutor.question.asked_kind import asked_kinds


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What colour is the sky on Mars?", ("colour",)),
        ("which songs are on the golden record", ("song",)),
        ("What breed of dog was Laika?", ("breed",)),
        ("What kind of battery does it use", ("batteri",)),
        ("which famous old tune did the satellite play", ("tune",)),
        ("What's the nickname of the rover?", ("nicknam",)),
        ("Who designed the capsule?", ("design",)),
        ("Who was the chief designer of the rocket?", ("design",)),
        ("月球车是什么颜色的", ("颜色",)),
        ("车轮用什么材料做的？", ("材料",)),
        ("电池是啥牌子的", ("牌子",)),
        ("嫦娥的宠物的品种是什么", ("品种",)),
    ],
)
def test_the_kind_is_named(question: str, kinds: tuple[str, ...]) -> None:
    assert asked_kinds(question) == kinds


@pytest.mark.parametrize(
    "question",
    [
        "",
        "What is a rocket?",
        "What did Laika eat?",
        "what happens to the air",
        "What year was it launched?",
        "Which rocket has the most stages?",
        "What is the difference between the two?",
        "What is the purpose of the heat shield?",
        "What is the point of a second stage?",
        "Who was the first?",
        "who went there",
        "为什么",
        "什么时候发射的",
        "是什么意思",
        "有什么区别",
        "这有什么好处？",
        "什么是轨道",
        "火箭的作用是什么",
    ],
)
def test_none_is_named_that_an_answer_must_name(question: str) -> None:
    assert asked_kinds(question) == ()
