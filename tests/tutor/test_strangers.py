"""Missions and craft that the course does not write of are known as strangers."""

import pytest

from tutor.question.strangers import strangers

WRITTEN = ("Huygens landed on Titan.", "Apollo 17 and Voskhod 2 flew.", "墨子号于2016年发射，玉兔二号在月球上。", "嫦娥五号 F-22")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How long did the Huygens 2 probe survive?", "huygens2"),
        ("What did Apollo 18 find?", "apollo18"),
        ("How fast is the F-35?", "f35"),
        ("墨子二号是从哪里发射的？", "墨子2号"),
        ("拂晓号探测器是哪年发射的？", "拂晓号"),
        ("歼-20能飞多快？", "歼20"),
    ],
)
def test_a_name_that_nothing_writes_is_a_stranger(question: str, name: str) -> None:
    assert strangers(question, WRITTEN) == (name,)


@pytest.mark.parametrize(
    "question",
    [
        "What did Apollo 17 find?",
        "when did voskhod 2 fly",
        "Did it fly in May 2020 or on 14 December?",
        "Did Titan take 12 days?",
        "玉兔二号和墨子号有多重？",
        "嫦娥5号带回了什么？",
        "信号要走几号线？",
        "3号那天发生了什么？",
        "",
    ],
)
def test_known_names_dates_and_figures_are_none(question: str) -> None:
    assert strangers(question, WRITTEN) == ()
