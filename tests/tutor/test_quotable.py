"""Which sentences may be quoted as an answer."""

import pytest

from tutor.answering.quotable import quotable


@pytest.mark.parametrize(
    "sentence",
    [
        "Staging means that a rocket drops what is empty.",
        "Let us compare two rockets of 100 t.",
        "We know today that ice lies at the poles.",
        "Today, we know that the dark plains are of basalt.",
        "We begin with mass, which measures how much matter there is.",
        "Lets of the tank are sealed.",
        "我们今天知道，月球两极有冰。",
        "我们来算一算，这里的5,000除以10是500。",
        "接下来，火箭扔掉第一级。",
    ],
)
def test_what_tells_something_may_be_quoted(sentence: str) -> None:
    assert quotable(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Why is that?",
        "Let us meet a few real rockets.",
        "So now, let's look at the engine.",
        "Let me tell you about a man who liked to look.",
        "Today we fly to the Moon.",
        "Now to Chang'e-5 itself.",
        "We shall follow two missions from the launch pad to the laboratory.",
        "为什么呢？",
        "我们来看看真实的火箭。",
        "好，我们一起回顾一下。",
        "接下来，我们来算推力。",
        "让我们看一看月球。",
        "请大家准备好计算器。",
        "要回答这个问题，就得请出火箭公式。",
    ],
)
def test_what_asks_or_leads_on_may_not(sentence: str) -> None:
    assert not quotable(sentence)
